#include <csignal>
#include <cstdlib>
#include <execinfo.h>
#include <unistd.h>
void on_abort(int) {
    void* frames[32];
    backtrace_symbols_fd(frames, backtrace(frames, 32), 2);
    _exit(1);
}
#include <stdexcept>
namespace mail {
void deliver(int id) { if (id) throw std::runtime_error("queue is closed"); }
void run(int id) { deliver(id); }
}
int main() {
    std::signal(SIGABRT, on_abort);
    mail::run(7);
}
