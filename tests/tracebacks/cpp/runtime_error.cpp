#include <stdexcept>
#include <string>
void deliver(const std::string& to) {
    throw std::runtime_error("no recipient: " + to);
}
int main() { deliver("bob"); }
