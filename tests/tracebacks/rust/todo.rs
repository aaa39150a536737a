trait Send {
    fn send(&self);
}

struct Mail;

impl Send for Mail {
    fn send(&self) {
        todo!()
    }
}

fn main() {
    Mail.send();
}
