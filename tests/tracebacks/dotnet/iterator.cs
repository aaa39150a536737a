using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static IEnumerable<int> Items() { yield return 1; throw new Exception("items"); }
    static void Main() { foreach (int i in Items()) {} }
}
}
