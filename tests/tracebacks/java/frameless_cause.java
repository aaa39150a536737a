public class FramelessCause {
    static class Light extends RuntimeException { Light(String m) { super(m, null, false, false); } }
    public static void main(String[] args) { throw new IllegalStateException("heavy", new Light("light")); }
}
