import ch.qos.logback.classic.*;
import ch.qos.logback.classic.encoder.*;
import ch.qos.logback.classic.spi.*;
import ch.qos.logback.core.*;
import org.slf4j.LoggerFactory;
public class LogbackOneLine {
    static class Conn implements AutoCloseable { public void close() throws Exception { throw new java.io.IOException("close"); } }
    static void read() throws Exception { throw new java.net.SocketTimeoutException("Read timed out"); }
    static void send() throws Exception {
        try (Conn c = new Conn()) {
            try { read(); } catch (Exception e) { throw new IllegalStateException("to bob", e); }
        }
    }
    public static void main(String[] args) {
        LoggerContext lc = (LoggerContext) LoggerFactory.getILoggerFactory();
        lc.getLogger("ROOT").detachAndStopAllAppenders();
        PatternLayoutEncoder enc = new PatternLayoutEncoder();
        enc.setContext(lc); enc.setPattern("%d %-5level %logger - %msg %replace(%ex){'[\\r\\n]+', '|'}%nopex%n"); enc.start();
        ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
        out.setContext(lc); out.setTarget("System.err"); out.setEncoder(enc); out.start();
        lc.getLogger("ROOT").addAppender(out);
        try { send(); } catch (Exception e) { lc.getLogger("shop").error("send failed", e); }
    }
}
