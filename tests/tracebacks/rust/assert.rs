fn check(a: i32, b: i32) {
    assert_eq!(a, b, "sums differ");
}

fn main() {
    check(1, 2);
}
