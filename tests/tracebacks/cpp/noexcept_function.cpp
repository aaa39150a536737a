#include <stdexcept>
void close() noexcept { throw std::runtime_error("still open"); }
int main() { close(); }
