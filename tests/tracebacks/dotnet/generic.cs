using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
class Box<T> { public void Put<U>(T t, List<U> l) { throw new InvalidOperationException("full"); } }
static class Program {
    static void Main() { new Box<string>().Put(null, new List<int>()); }
}
}
