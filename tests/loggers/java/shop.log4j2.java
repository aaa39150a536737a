package shop;

import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;

/** What is logged through Log4j 2, whose fields are the thread's context: texts all. */
final class Log4jCheckout {
    private static final Logger LOG = LogManager.getLogger("shop.checkout");

    public static void main(String[] arguments) {
        ThreadContext.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        ThreadContext.put("spanId", "00f067aa0ba902b7");
        checkout();
    }

    static void checkout() {
        try (var fields = CloseableThreadContext.put("key", "user:42")) {
            LOG.debug("cache miss");
        }
        try (var fields = CloseableThreadContext.put("order_id", "4711").put("amount", "99.5").put("customer", "acme").put("express", "true")) {
            LOG.info("order placed");
        }
        try (var fields = CloseableThreadContext.put("attempt", "2")) {
            LOG.warn("retrying payment");
        }
        try {
            Payment.pay();
        } catch (PaymentError error) {
            LOG.error("payment failed", error);
        }
        LOG.fatal("out of disk");
        LOG.info("größe 10 µm “ok”\nsecond line");
    }
}
