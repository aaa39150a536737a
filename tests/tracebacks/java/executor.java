import java.util.concurrent.*;
public class Executor {
    static int load() throws Exception { throw new java.io.FileNotFoundException("/no/such"); }
    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        try { pool.submit(Executor::load).get(); } finally { pool.shutdown(); }
    }
}
