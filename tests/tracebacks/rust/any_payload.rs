fn main() {
    std::panic::panic_any(7_u64);
}
