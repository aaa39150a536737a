using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static async Task Fail() { await Task.Yield(); throw new TimeoutException("late"); }
    static void Main() {
        try { Fail().Wait(); } catch (Exception e) { Console.Error.WriteLine("worker: " + e); }
    }
}
}
