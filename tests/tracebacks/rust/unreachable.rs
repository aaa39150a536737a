enum Kind { A, B }

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::A => "a",
        Kind::B => unreachable!("no names for B"),
    }
}

fn main() {
    let _ = Kind::A;
    name(&Kind::B);
}
