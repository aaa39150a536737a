#include <cstdio>
#include <stdexcept>
int main() {
    std::fprintf(stderr, "starting\n2024-05-04 08:00:01 INFO loading box\n");
    throw std::out_of_range("box 7");
}
