fn main() {
    panic!("bad frames:\n   0: not::a::frame\n             at x.rs:1:1\nend");
}
