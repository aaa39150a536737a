use anyhow::{Result, bail};

fn check(n: u32) -> Result<()> {
    bail!("{n} is too much");
}

fn main() -> Result<()> {
    check(7)
}
