public class ToString {
    static class Odd extends RuntimeException { @Override public String toString() { return "something very odd"; } }
    public static void main(String[] args) { throw new Odd(); }
}
