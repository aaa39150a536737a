public class HiddenFrames {
    public static void main(String[] args) {
        Runnable r = () -> { throw new RuntimeException("x"); };
        r.run();
    }
}
