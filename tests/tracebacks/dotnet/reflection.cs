using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    public static void Hello() { throw new Exception("hello"); }
    static void Main() { typeof(Program).GetMethod("Hello").Invoke(null, null); }
}
}
