public class MessageLikeFrames {
    static void f() {
        throw new IllegalStateException("remote said:\n\tat remote.A.b(A.java:3)\n\tat remote.A.c(A.java:4)\nend of it");
    }
    public static void main(String[] args) { f(); }
}
