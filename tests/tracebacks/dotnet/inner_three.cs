using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void A() { throw new ArgumentException("a ---> b"); }
    static void B() { try { A(); } catch (Exception e) { throw new ApplicationException("b\nsecond line", e); } }
    static void C() { try { B(); } catch (Exception e) { throw new Exception("c", e); } }
    static void Main() { C(); }
}
}
