#include <stdexcept>
void open_box() { throw std::runtime_error("box is locked"); }
int main() {
    try { open_box(); }
    catch (...) { std::throw_with_nested(std::logic_error("cannot deliver")); }
}
