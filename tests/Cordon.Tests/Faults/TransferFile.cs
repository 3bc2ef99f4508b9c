using System.Globalization;
using System.Text;

namespace Cordon.Tests.Faults;

/// <summary>A file of transfers in the form of AMLSim's sample: no ids, and some rows are exact repeats that are transfers of their own.</summary>
/// <param name="Header">The first line.</param>
/// <param name="Rows">The rows, without line ends.</param>
internal sealed record TransferFile(string Header, IReadOnlyList<string> Rows)
{
    public const int Repeats = 254;

    public static TransferFile Made(int rows)
    {
        var random = new Random(254);
        var made = new List<string>(rows);
        while (made.Count < rows - Repeats)
            made.Add(string.Create(CultureInfo.InvariantCulture, $"{random.Next(20_000)},{random.Next(20_000)},{random.Next(1, 99_999)}.{random.Next(10, 99)},{made.Count / 500}"));
        for (var i = 0; i < Repeats; i++) made.Insert(random.Next(made.Count), made[random.Next(made.Count)]);
        return new TransferFile("sourceNodeId,targetNodeId,value,time", made);
    }

    public static TransferFile Read(string path)
    {
        var lines = File.ReadAllLines(path);
        return new TransferFile(lines[0], lines[1..]);
    }

    /// <summary>The header and rows up to one, each with its line end.</summary>
    public string Head(int rows) => Lines([Header, .. Rows.Take(rows)]);

    /// <summary>The rows from one on.</summary>
    public string Tail(int from) => Lines(Rows.Skip(from));

    private static string Lines(IEnumerable<string> lines) => lines.Aggregate(new StringBuilder(), (text, line) => text.Append(line).Append('\n')).ToString();
}
