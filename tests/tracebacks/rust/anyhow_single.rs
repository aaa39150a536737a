use anyhow::{Context, Result};

fn main() -> Result<()> {
    "x1".parse::<u16>().context("read the port")?;
    Ok(())
}
