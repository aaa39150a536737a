import java.util.logging.*;
public class Jul {
    static void f() { throw new IllegalStateException("jul"); }
    public static void main(String[] args) {
        try { f(); } catch (RuntimeException e) { Logger.getLogger("shop").log(Level.SEVERE, "order failed: " + e, e); }
    }
}
