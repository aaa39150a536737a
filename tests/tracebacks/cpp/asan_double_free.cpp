void drop(char* text) { delete[] text; }
int main() {
    char* text = new char[8];
    drop(text);
    drop(text);
}
