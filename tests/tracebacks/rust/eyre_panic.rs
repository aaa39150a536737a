fn take(v: &[u8]) -> u8 {
    v[9]
}

fn main() -> color_eyre::eyre::Result<()> {
    color_eyre::install()?;
    take(&[1]);
    Ok(())
}
