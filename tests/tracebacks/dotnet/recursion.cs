using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static int Deep(int n) { if (n == 0) throw new Exception("deep"); return Deep(n - 1) + 1; }
    static void Main() { Deep(300); }
}
}
