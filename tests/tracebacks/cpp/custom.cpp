#include <exception>
namespace mail {
struct SendError : std::exception {
    const char* what() const noexcept override { return "mx1 refused\nthe mail: 550"; }
};
}
int main() { throw mail::SendError(); }
