package shop;

import java.util.LinkedHashMap;
import java.util.Map;

/** The shop whose logs all programs write: a payment that fails two frames deep, with a cause. */
final class Payment {
    static void pay() {
        charge();
    }

    static void charge() {
        try {
            connect();
        } catch (IllegalStateException error) {
            throw new PaymentError("card declined", error);
        }
    }

    static void connect() {
        throw new IllegalStateException("gateway unreachable");
    }

    static Map<String, Object> gateway() {
        Map<String, Object> gateway = new LinkedHashMap<>();
        gateway.put("name", "stripe");
        gateway.put("timeout_ms", 1500);
        return gateway;
    }
}

final class PaymentError extends RuntimeException {
    PaymentError(String message, Throwable cause) {
        super(message, cause);
    }
}
