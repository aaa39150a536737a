public class ThreadName {
    static void run() { Object o = null; o.hashCode(); }
    public static void main(String[] args) throws Exception {
        Thread t = new Thread(ThreadName::run, "worker \"2\" of 3");
        t.start(); t.join();
    }
}
