use anyhow::{Context, anyhow};

fn main() {
    let error = anyhow!("refused").context("connect").context("deliver");
    eprintln!("2024-05-04T08:00:01Z ERROR mail: {error:?}");
}
