using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program { static void Main() { object o = "x"; int i = (int)o; } }
}
