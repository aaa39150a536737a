using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void A() { throw new ArgumentException("a"); }
    static void B() { throw new InvalidOperationException("b"); }
    static void Main() { Task.WaitAll(Task.Run((Action)A), Task.Run((Action)B)); }
}
}
