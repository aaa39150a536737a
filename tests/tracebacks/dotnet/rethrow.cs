using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void A() { throw new Exception("x"); }
    static void Main() { try { A(); } catch (Exception) { throw; } }
}
}
