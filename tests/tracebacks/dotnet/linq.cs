using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static int F(int n) { throw new KeyNotFoundException("n" + n); }
    static void Main() { new[] { 1 }.Select(F).ToList(); }
}
}
