fn each(run: impl Fn(u8)) {
    run(7);
}

fn main() {
    each(|n| panic!("n is {n}"));
}
