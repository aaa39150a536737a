public class Twice {
    static void f(String m) { throw new IllegalStateException(m); }
    public static void main(String[] args) {
        try { f("one"); } catch (RuntimeException e) { System.err.println("failed: " + e); e.printStackTrace(); }
        try { f("two"); } catch (RuntimeException e) { e.printStackTrace(); }
    }
}
