import java.util.List;
public class Lambda {
    public static void main(String[] args) {
        List.of(3, 0).forEach(n -> System.out.println(1 / n));
    }
}
