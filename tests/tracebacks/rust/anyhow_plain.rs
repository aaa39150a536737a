use anyhow::{Context, Result};

fn dial() -> Result<()> {
    std::fs::File::open("/srv/mail/none")?;
    Ok(())
}

fn main() -> Result<()> {
    dial().context("connect to mx1").context("could not deliver")
}
