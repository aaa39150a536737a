public class Cast {
    public static void main(String[] args) { Object o = "x"; Integer i = (Integer) o; }
}
