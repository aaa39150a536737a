fn open() -> std::fs::File {
    std::fs::File::open("/srv/mail/none").unwrap()
}

fn main() {
    open();
}
