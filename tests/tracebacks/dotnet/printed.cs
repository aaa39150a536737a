using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void A() { throw new ArgumentException("x"); }
    static void Main() {
        try { A(); } catch (Exception e) { Console.Error.WriteLine("2024-05-04 08:00:01 ERROR sending failed: " + e); }
        Console.Error.WriteLine("2024-05-04 08:00:02 INFO going on");
    }
}
}
