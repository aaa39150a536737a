using System; using System.Collections.Generic; using System.Threading.Tasks; using System.Linq;
namespace Mail {
class Table { public static int Size; static Table() { throw new Exception("no table"); } }
static class Program { static void Main() { Console.WriteLine(Table.Size); } }
}
