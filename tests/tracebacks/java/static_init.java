public class StaticInit {
    static class Table { /*#2*/ static int size = 1 / zero(); static int zero() { return 0; } }
    public static void main(String[] args) { System.out.println(Table.size); }
}
