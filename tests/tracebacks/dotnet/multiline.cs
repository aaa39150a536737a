using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void Main() { throw new Exception("first\n\nthird\n  - at noon"); }
}
}
