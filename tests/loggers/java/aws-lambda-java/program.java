package shop;

import com.amazonaws.services.lambda.runtime.api.client.api.LambdaContext;
import com.amazonaws.services.lambda.runtime.api.client.logging.LambdaContextLogger;
import com.amazonaws.services.lambda.runtime.api.client.logging.StdOutLogSink;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The logger that the Lambda runtime for Java hands to a function. */
final class Program {
    public static void main(String[] arguments) {
        LambdaContextLogger logger =
                new LambdaContextLogger(new StdOutLogSink(), LogLevel.TRACE, LogFormat.valueOf(arguments[0]));
        logger.setLambdaContext(new LambdaContext(
                128, System.currentTimeMillis() + 60_000, "6f2d6f0e-6d1c-4b2b-9d3a-0d5d8a1c2b3e", "/aws/lambda/shop",
                "2026/11/24/[$LATEST]0123456789abcdef", "shop", null, "$LATEST",
                "arn:aws:lambda:eu-central-1:123456789012:function:shop", null, null, null));
        checkout(logger);
    }

    static void checkout(LambdaContextLogger logger) {
        logger.log("cache miss\n", LogLevel.DEBUG);
        logger.log("order placed\n", LogLevel.INFO);
        logger.log("retrying payment\n", LogLevel.WARN);
        try {
            Payment.pay();
        } catch (PaymentError error) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            logger.log("payment failed\n" + trace, LogLevel.ERROR);
        }
        logger.log("out of disk\n", LogLevel.FATAL);
        logger.log("größe 10 µm “ok”\nsecond line\n", LogLevel.INFO);
    }
}
