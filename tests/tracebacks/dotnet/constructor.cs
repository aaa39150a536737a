using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
class Inner { public Inner(int n) { throw new ArgumentOutOfRangeException("n"); } }
static class Program { static void Main() { new Inner(1); } }
}
