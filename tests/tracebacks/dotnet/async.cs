using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static async Task Inner() { await Task.Delay(1); throw new TimeoutException("late"); }
    static async Task Outer() { await Inner(); }
    static void Main() { Outer().GetAwaiter().GetResult(); }
}
}
