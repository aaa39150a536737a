public class FramelessMiddle {
    static class Light extends RuntimeException { Light(String m, Throwable c) { super(m, c, false, false); } }
    static Exception root() { return new Exception("root"); }
    public static void main(String[] args) {
        throw new IllegalStateException("heavy", new Light("light\nand bright", root()));
    }
}
