#include <system_error>
int main() { throw std::system_error(std::make_error_code(std::errc::connection_refused), "mx1"); }
