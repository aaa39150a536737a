fn main() {
    panic!("no queue {}", 7);
}
