public class OutOfBounds {
    static int at(int[] a, int i) { return a[i]; }
    public static void main(String[] args) { at(new int[2], 5); }
}
