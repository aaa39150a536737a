#include <filesystem>
int main() { return std::filesystem::file_size("/srv/mail/missing"); }
