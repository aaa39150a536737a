using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
class FehlerException : Exception { public FehlerException(string m) : base(m) {} }
static class Größe { public static void Öffne() { throw new FehlerException("Datei „x“ fehlt"); } }
static class Program { static void Main() { Größe.Öffne(); } }
}
