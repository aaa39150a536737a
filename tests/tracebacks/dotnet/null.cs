using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static int Length(string s) { return s.Length; }
    static void Main() { Length(null); }
}
}
