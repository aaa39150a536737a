public class Multiline {
    static void f() { throw new IllegalStateException("first\n\nthird:\n  - a\n  - b"); }
    public static void main(String[] args) { f(); }
}
