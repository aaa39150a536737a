public class SuppressedTwo {
    static Exception made(String name) { return new Exception(name); }
    static void work() throws Exception {
        Exception e = new Exception("main");
        e.addSuppressed(made("one"));
        Exception two = made("two");
        two.addSuppressed(made("deep"));
        e.addSuppressed(two);
        throw e;
    }
    public static void main(String[] args) throws Exception { work(); }
}
