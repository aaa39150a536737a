use anyhow::{Context, Result};

fn read() -> Result<u16> {
    "x1".parse::<u16>().context("read the port")
}

fn main() {
    read().unwrap();
}
