package shop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What is logged through SLF4J, inside a trace as Micrometer names it. */
final class Checkout {
    private static final Logger LOG = LoggerFactory.getLogger("shop.checkout");

    public static void main(String[] arguments) {
        MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        MDC.put("spanId", "00f067aa0ba902b7");
        checkout();
    }

    static void checkout() {
        LOG.atDebug().addKeyValue("key", "user:42").log("cache miss");
        LOG.atInfo().addKeyValue("order_id", 4711).addKeyValue("amount", 99.5).addKeyValue("customer", "acme").addKeyValue("express", true).log("order placed");
        LOG.atWarn().addKeyValue("attempt", 2).addKeyValue("gateway", Payment.gateway()).log("retrying payment");
        try {
            Payment.pay();
        } catch (PaymentError error) {
            LOG.error("payment failed", error);
        }
        LOG.info("größe 10 µm “ok”\nsecond line");
    }
}
