using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
static class Program {
    static void Main() {
        try { new System.Net.Sockets.TcpClient("127.0.0.1", 1); } catch (Exception e) { Console.Error.WriteLine(e); }
    }
}
}
