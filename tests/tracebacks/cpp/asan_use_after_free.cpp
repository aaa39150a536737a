struct Mail { int id; };
int show(Mail* mail) { return mail->id; }
void forget(Mail* mail) { delete mail; }
int main() {
    Mail* mail = new Mail{7};
    forget(mail);
    return show(mail);
}
