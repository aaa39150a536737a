using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static int Price(string s) { if (s == "ten") throw new FormatException("not a number: " + s); return 1; }
    static void Main() { Price("ten"); }
}
}
