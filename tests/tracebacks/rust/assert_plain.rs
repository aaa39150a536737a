fn check(a: i32) {
    assert!(a > 3);
}

fn main() {
    check(1);
}
