using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
class SendException : Exception { public SendException(string m, Exception e) : base(m, e) {} }
static class Program {
    static void Connect() { throw new InvalidOperationException("refused"); }
    static void Send() { try { Connect(); } catch (Exception e) { throw new SendException("to bob", e); } }
    static void Main() { Send(); }
}
}
