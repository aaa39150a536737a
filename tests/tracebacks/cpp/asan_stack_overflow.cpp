int sum(const int* values, int count) {
    int total = 0;
    for (int i = 0; i <= count; ++i) total += values[i];
    return total;
}
int main() {
    int values[4] = {1, 2, 3, 4};
    return sum(values, 4);
}
