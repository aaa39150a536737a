public class Circular {
    public static void main(String[] args) throws Exception {
        Exception a = new Exception("a");
        Exception b = new Exception("b", a);
        a.initCause(b);
        throw a;
    }
}
