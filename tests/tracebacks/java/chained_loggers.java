public class ChainedLoggers {
    static void f() { throw new IllegalStateException("x"); }
    public static void main(String[] args) {
        try { f(); } catch (RuntimeException e) {
            Exception out = new java.io.UncheckedIOException("out", new java.io.IOException(e));
            System.err.print("2024-05-04 08:00:01,123 ERROR [main] ChainedLoggers - "); out.printStackTrace();
        }
    }
}
