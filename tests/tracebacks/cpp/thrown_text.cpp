int main() { throw "no config"; }
