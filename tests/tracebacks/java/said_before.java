public class SaidBefore {
    static void f(String m) { throw new IllegalStateException(m); }
    public static void main(String[] args) {
        try { f("one"); } catch (RuntimeException e) { System.err.println(e); e.printStackTrace(); }
    }
}
