fn down(n: u32) -> u32 {
    if n == 0 {
        panic!("deep");
    }
    down(n - 1) + 1
}

fn main() {
    down(150);
}
