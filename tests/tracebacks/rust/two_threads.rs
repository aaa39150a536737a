fn main() {
    let worker = std::thread::spawn(|| panic!("lost"));
    worker.join().unwrap();
}
