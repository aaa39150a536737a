public class MessageLikeHeads {
    static class Many extends RuntimeException { Many(String m) { super(m); } }
    static void f() { throw new Many("2 errors:\njava.io.IOException: a\njava.lang.Error: b"); }
    public static void main(String[] args) {
        try { f(); } catch (Many e) { e.printStackTrace(); }
    }
}
