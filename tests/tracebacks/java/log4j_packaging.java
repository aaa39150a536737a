import org.apache.logging.log4j.*;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.*;
import org.apache.logging.log4j.core.config.builder.api.*;
public class Log4jPackaging {
    static class Conn implements AutoCloseable { public void close() throws Exception { throw new java.io.IOException("close | again"); } }
    static void read() throws Exception { throw new java.net.SocketTimeoutException("Read | timed out"); }
    static void send() throws Exception {
        try (Conn c = new Conn()) {
            try { read(); } catch (Exception e) { throw new IllegalStateException("to | bob", e); }
        }
    }
    public static void main(String[] args) {
        var b = ConfigurationBuilderFactory.newConfigurationBuilder();
        var a = b.newAppender("E", "CONSOLE").addAttribute("target", "SYSTEM_ERR");
        a.add(b.newLayout("PatternLayout").addAttribute("pattern", "%d %p %c{1.} [%t] %m%n%xEx"));
        b.add(a); b.add(b.newRootLogger(Level.ERROR).add(b.newAppenderRef("E")));
        Configurator.initialize(b.build());
        try { send(); } catch (Exception e) { LogManager.getLogger("shop").error("send failed", e); }
    }
}
