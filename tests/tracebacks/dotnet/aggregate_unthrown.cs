using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void Main() { throw new AggregateException("both", new Exception("a"), new Exception("b\nc")); }
}
}
