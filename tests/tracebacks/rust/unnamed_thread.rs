fn main() {
    let worker = std::thread::spawn(|| panic!("lost"));
    let _ = worker.join();
}
