package shop;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What is logged through java.util.logging, in the format of its SimpleFormatter. */
final class Program {
    private static final Logger LOG = Logger.getLogger("shop.checkout");

    public static void main(String[] arguments) {
        ConsoleHandler console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        LOG.setUseParentHandlers(false);
        LOG.addHandler(console);
        LOG.setLevel(Level.ALL);
        checkout();
    }

    static void checkout() {
        LOG.log(Level.FINE, "cache miss key={0}", "user:42");
        LOG.log(Level.INFO, "order placed order_id={0,number,#} amount={1} customer={2}", new Object[] {4711, 99.5, "acme"});
        LOG.warning("retrying payment, attempt 2");
        try {
            Payment.pay();
        } catch (PaymentError error) {
            LOG.log(Level.SEVERE, "payment failed", error);
        }
        LOG.info("größe 10 µm “ok”\nsecond line");
    }
}
