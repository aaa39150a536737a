fn main() {
    let caught = std::panic::catch_unwind(|| panic!("inner"));
    if let Err(payload) = caught {
        std::panic::resume_unwind(payload);
    }
}
