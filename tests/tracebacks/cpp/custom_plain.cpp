namespace mail { template <class T> struct Failure { T code; }; }
int main() { throw mail::Failure<int>{7}; }
