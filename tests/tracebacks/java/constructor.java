public class Constructor {
    static class Inner { Inner() { throw new IllegalArgumentException("in constructor"); } }
    public static void main(String[] args) { new Inner(); }
}
