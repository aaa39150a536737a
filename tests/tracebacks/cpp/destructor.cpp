#include <stdexcept>
struct Lock { ~Lock() { throw std::runtime_error("lost the lock"); } };
int main() { Lock lock; }
