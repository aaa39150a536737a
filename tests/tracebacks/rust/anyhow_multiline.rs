use anyhow::{Context, Result, anyhow};

fn main() -> Result<()> {
    Err(anyhow!("first\nsecond")).context("outer\nline two").context("top")
}
