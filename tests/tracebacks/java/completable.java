import java.util.concurrent.*;
public class Completable {
    public static void main(String[] args) {
        CompletableFuture.supplyAsync(() -> { throw new IllegalStateException("async"); }).join();
    }
}
