using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
class Outer { public class Lost : Exception { public Lost() : base("lost: 3") {} } }
static class Program { static void Main() { throw new Outer.Lost(); } }
}
