using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void A() { throw new ArgumentException("thrown"); }
    static void Main() {
        try { A(); } catch (Exception e) { Console.Error.WriteLine(new Exception("made", e)); }
    }
}
}
