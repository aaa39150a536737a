package shop;
public class NoMessage {
    static void open() { throw new IllegalStateException(); }
    public static void main(String[] args) { open(); }
}
