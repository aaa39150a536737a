public class DefaultPackage {
    public static void main(String[] args) {
        try { throw new OrderFailed(7); } catch (OrderFailed e) { e.printStackTrace(); }
    }
}
class OrderFailed extends Exception { OrderFailed(int n) { super("order " + n, new Broken()); } }
class Broken extends Exception { }
