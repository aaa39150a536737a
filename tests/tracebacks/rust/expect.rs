fn parse(text: &str) -> u16 {
    text.parse().expect("a port")
}

fn main() {
    parse("x1");
}
