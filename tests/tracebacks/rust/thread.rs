fn main() {
    let worker = std::thread::Builder::new().name("mailer 3".into());
    let worker = worker.spawn(|| panic!("lost {}", "it")).unwrap();
    let _ = worker.join();
}
