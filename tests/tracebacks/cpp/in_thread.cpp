#include <stdexcept>
#include <thread>
int main() {
    std::thread worker([] { throw std::invalid_argument("bad route"); });
    worker.join();
}
