use color_eyre::eyre::{Result, WrapErr};

fn dial() -> Result<()> {
    std::fs::File::open("/srv/mail/none")?;
    Ok(())
}

fn main() -> Result<()> {
    color_eyre::install()?;
    dial().wrap_err("connect to mx1").wrap_err("could not deliver")
}
