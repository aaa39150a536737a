fn take(queue: &[u32]) -> u32 {
    *queue.first().unwrap()
}

fn main() {
    println!("{}", take(&[]));
}
