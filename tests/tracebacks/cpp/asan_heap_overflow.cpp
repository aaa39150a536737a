#include <cstring>
namespace mail {
void copy(char* to, const char* from) { std::strcpy(to, from); }
}
int main() {
    char* box = new char[4];
    mail::copy(box, "too long");
    return box[0];
}
