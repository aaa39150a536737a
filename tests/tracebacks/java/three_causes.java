public class ThreeCauses {
    static void a() { throw new IllegalArgumentException("a"); }
    static void b() { try { a(); } catch (RuntimeException e) { throw new IllegalStateException("b", e); } }
    static void c() { try { b(); } catch (RuntimeException e) { throw new RuntimeException(e); } }
    public static void main(String[] args) { c(); }
}
