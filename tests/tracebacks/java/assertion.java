public class Assertion {
    static void check(int n) { assert n > 3 : "n is " + n; }
    public static void main(String[] args) { check(2); }
}
