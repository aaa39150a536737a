using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program { static void Main() { var a = new int[2]; a[5] = 1; } }
}
