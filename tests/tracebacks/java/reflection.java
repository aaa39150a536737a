public class Reflection {
    public static void hello() { throw new IllegalStateException("hello"); }
    public static void main(String[] args) throws Exception { Reflection.class.getMethod("hello").invoke(null); }
}
