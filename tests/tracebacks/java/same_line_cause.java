public class SameLineCause {
    static void all() throws Exception { throw new Exception("out", new Exception("in")); }
    public static void main(String[] args) throws Exception { all(); }
}
