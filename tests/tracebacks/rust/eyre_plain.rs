use eyre::{Result, WrapErr};

fn main() -> Result<()> {
    std::fs::File::open("/srv/mail/none").wrap_err("connect").wrap_err("deliver")?;
    Ok(())
}
