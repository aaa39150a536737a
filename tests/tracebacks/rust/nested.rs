struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        panic!("second");
    }
}

fn main() {
    let _guard = Guard;
    panic!("first");
}
