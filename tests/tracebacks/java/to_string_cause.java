public class ToStringCause {
    static class Odd extends RuntimeException { @Override public String toString() { return "odd: 7 of 9 failed"; } }
    static void odd() { throw new Odd(); }
    public static void main(String[] args) {
        try { odd(); } catch (Odd e) { throw new IllegalStateException("x", e); }
    }
}
