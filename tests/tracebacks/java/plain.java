package shop;
public class Plain {
    static int price(String name) { return Integer.parseInt(name); }
    public static void main(String[] args) { System.out.println(price("ten")); }
}
