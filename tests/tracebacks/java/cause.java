package shop;
public class Cause {
    static class MailException extends RuntimeException { MailException(String m, Throwable c) { super(m, c); } }
    static void connect() throws java.io.IOException { throw new java.io.IOException("refused"); }
    static void send() {
        try { connect(); } catch (java.io.IOException e) { throw new MailException("to bob", e); }
    }
    public static void main(String[] args) { send(); }
}
