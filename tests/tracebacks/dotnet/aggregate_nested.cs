using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void Main() {
        var inner = new AggregateException("in", new Exception("a"), new Exception("b"));
        throw new AggregateException("out", new Exception("c"), inner);
    }
}
}
