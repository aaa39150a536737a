public class NoDebug {
    static void f() { throw new IllegalStateException("no lines"); }
    public static void main(String[] args) { f(); }
}
