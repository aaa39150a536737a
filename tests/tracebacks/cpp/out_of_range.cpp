#include <vector>
int main() {
    std::vector<int> mails(3);
    return mails.at(7);
}
