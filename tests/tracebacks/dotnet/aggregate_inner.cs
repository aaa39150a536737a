using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void A() { throw new ArgumentException("a"); }
    static void B() { try { A(); } catch (Exception e) { throw new InvalidOperationException("b", e); } }
    static void Main() {
        try { Task.WaitAll(Task.Run((Action)A), Task.Run((Action)B)); } catch (Exception e) { throw new Exception("out", e); }
    }
}
}
