fn main() {
    std::panic::panic_any(String::from("as a string"));
}
