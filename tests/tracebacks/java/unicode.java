package größe;
public class Unicode {
    static class FehlerException extends RuntimeException { FehlerException(String m) { super(m); } }
    static void öffne() { throw new FehlerException("Datei „x“ fehlt"); }
    public static void main(String[] args) { öffne(); }
}
