struct Mail { int id; };
__attribute__((noinline)) int show(volatile Mail* mail) { return mail->id; }
int main() { return show(nullptr); }
