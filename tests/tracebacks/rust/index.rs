fn third(v: &[u8]) -> u8 {
    v[3]
}

fn main() {
    third(&[1, 2]);
}
