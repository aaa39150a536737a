using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void Main() { Func<int, int> f = n => { if (n == 0) throw new DivideByZeroException(); return 1; }; f(0); }
}
}
