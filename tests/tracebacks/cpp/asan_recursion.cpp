int walk(int depth) { volatile int here = depth; return walk(here + 1) + here; }
int main() { return walk(0); }
