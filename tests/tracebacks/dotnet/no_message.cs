using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
class Empty : Exception { public override string Message { get { return ""; } } }
static class Program {
    static void Main() { throw new Empty(); }
}
}
