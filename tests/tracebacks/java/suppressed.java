public class Suppressed {
    static class Conn implements AutoCloseable {
        public void close() throws java.io.IOException {
            try { flush(); } catch (RuntimeException e) { throw new java.io.IOException("close", e); }
        }
        void flush() { throw new UnsupportedOperationException("flush"); }
    }
    static void work() throws Exception {
        try (Conn conn = new Conn()) { throw new Exception("work", new Error("inner")); }
    }
    public static void main(String[] args) throws Exception { work(); }
}
