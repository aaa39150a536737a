char* keep() { return new char[32]; }
int main() { keep(); return 0; }
