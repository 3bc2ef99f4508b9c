using System.Xml.Linq;

namespace Cordon.Tests.Program;

/// <summary><c>cordon trace</c> answers the same whether it has the folder to itself or asks the server that has it.</summary>
public sealed class TraceCommandTests
{
    private const string Signals = """
        {"kind":"accountOpening","id":"o2","member":"bank-b","at":"2026-03-01T08:00:00Z","account":"bank-b:2","accountKind":"personal","identity":"verified","openingBalance":{"amount":"10.00","currency":"CNY"}}
        {"kind":"transfer","id":"t1","member":"bank-a","at":"2026-03-02T08:00:00Z","payer":"bank-a:1","payee":"bank-b:2","amount":"500.00","currency":"CNY"}
        {"kind":"transfer","id":"t2","member":"bank-b","at":"2026-03-02T09:00:00Z","payer":"bank-b:2","payee":"bank-b:3","amount":"300.00","currency":"CNY"}
        {"kind":"transfer","id":"t2","member":"bank-a","at":"2026-03-02T09:30:00Z","payer":"bank-a:7","payee":"bank-a:8","amount":"3.00","currency":"CNY"}
        {"kind":"transfer","id":"bank-a/t1","member":"bank-b","at":"2026-03-02T10:00:00.000001Z","payer":"bank-b:3","amount":"100.00","currency":"CNY","means":"cashWithdrawal"}

        """;

    private static readonly (string[] Arguments, int Exit, string Says)[] Questions =
    [
        (["--transfer", "t1"], 0, ""),
        (["--transfer", "bank-b/t2"], 0, ""),
        (["--transfer", "bank-a/t1"], 0, ""),
        (["--transfer", "t1", "--until", "2026-03-02T09:15:00Z", "--depth", "1"], 0, ""),
        (["--account", "bank-b:2", "--at", "2026-03-02", "--amount", "400"], 0, ""),
        (["--transfer", "t1", "--method", "rolling-charge"], 0, ""),
        (["--transfer", "t1", "--method", "Poison"], 0, ""),
        (["--back", "--transfer", "bank-b/t2"], 0, ""),
        (["--back", "--account", "bank-b:3"], 0, ""),
        (["--back", "--account", "bank-z:9"], 1, "No money came"),
        (["--transfer", "t2"], 2, "Several members"),
        (["--transfer", "nowhere"], 1, "No member told of a transfer nowhere"),
        (["--transfer", "t1", "--depth", "0"], 2, "1 to 1,000"),
        (["--transfer", "t1", "--until", "soon"], 2, "A time is"),
        (["--account", "bank-b:2", "--at", "2026-03-02", "--amount", "5.001"], 2, "not a sum in CNY"),
        (["--account", "bank-b:2", "--at", "2026-03-02", "--amount", "0"], 2, "not a sum in CNY"),
        (["--account", "bank-b:2", "--at", "yesterday", "--amount", "5"], 2, "A time is"),
        (["--account", "2", "--at", "2026-03-02", "--amount", "5"], 2, "member:number"),
        (["--account", "bank-z:2", "--at", "2026-03-02", "--amount", "5"], 1, "No money came"),
    ];

    [Fact]
    public async Task A_server_that_has_the_folder_answers_to_the_letter_as_the_folder_does()
    {
        using var home = new CordonHome();
        (await CordonProcess.RunAsync(home, "import", home.Write("signals.ndjson", Signals), "--strict")).Expect(0);
        var alone = new List<string> { await TableAsync(home) };
        foreach (var question in Questions) alone.Add(await AskAsync(home, question));
        await using var server = CordonProcess.Start(home, "serve", "--address", "http://127.0.0.1:0");
        var note = await server.NoteAsync(l => l.StartsWith("Cordon serves", StringComparison.Ordinal));
        Assert.Equal(alone, [await TableAsync(home), .. await Task.WhenAll(Questions.Select(q => AskAsync(home, q)))]);
        // Named by its address, the server is let in by the same lock file; the folder of another server is no key.
        string[] named = ["--server", note.Split(' ')[2]];
        Assert.Equal([alone[1], alone[7]], [await AskAsync(home, Questions[0], named), await AskAsync(home, Questions[6], named)]);
        (await CordonProcess.RunAsync(home, ["trace", "--transfer", "t1", .. named, "--data", home.Files])).Expect(2);
    }

    [Fact]
    public async Task Who_paid_an_account_is_told_with_where_that_came_from()
    {
        using var home = new CordonHome();
        (await CordonProcess.RunAsync(home, "import", home.Write("signals.ndjson", Signals), "--strict")).Expect(0);

        var told = (await CordonProcess.RunAsync(home, "trace", "--back", "--account", "bank-b:3")).Expect(0).Output;
        Assert.Matches(@"bank-b:2\s+1\s+300\.00 CNY", told);
        Assert.Matches(@"bank-b:2\s+money from before the first transfer told of\s+10\.00 CNY", told);
        Assert.Matches(@"bank-a:1\s+money from before the first transfer told of\s+290\.00 CNY", told);
        (await CordonProcess.RunAsync(home, "trace", "--back", "--transfer", "t1", "--svg")).Expect(2);
    }

    [Fact]
    public async Task A_trace_is_drawn_and_compared()
    {
        using var home = new CordonHome();
        (await CordonProcess.RunAsync(home, "import", home.Write("signals.ndjson", Signals), "--strict")).Expect(0);

        var svg = XDocument.Parse((await CordonProcess.RunAsync(home, "trace", "--transfer", "t1", "--svg")).Expect(0).Output);
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        var words = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Contains("bank-b:2", words);
        Assert.Contains("lost 500.00 CNY", words);

        var dot = (await CordonProcess.RunAsync(home, "trace", "--transfer", "t1", "--dot")).Expect(0).Output;
        Assert.StartsWith("digraph trace {", dot, StringComparison.Ordinal);
        Assert.Contains("\"bank-b:2\" -> \"bank-b:3\"", dot, StringComparison.Ordinal);
        Assert.EndsWith("}\n", dot, StringComparison.Ordinal);

        var compared = (await CordonProcess.RunAsync(home, "trace", "--transfer", "t1", "--compare")).Expect(0).Output;
        foreach (var said in new[] { "fifo", "rolling-charge", "lowest-balance", "pari-passu", "By poison at most" }) Assert.Contains(said, compared, StringComparison.Ordinal);

        Assert.Contains("rolling-charge", (await CordonProcess.RunAsync(home, "trace", "--transfer", "t1", "--method", "haircut")).Expect(2).Notes, StringComparison.Ordinal);
        (await CordonProcess.RunAsync(home, "trace", "--transfer", "t1", "--svg", "--json")).Expect(2);
    }

    [Fact]
    public async Task A_server_that_is_not_there_any_more_is_said_to_be_so()
    {
        using var home = new CordonHome();
        Directory.CreateDirectory(home.Data);
        await File.WriteAllTextAsync(Path.Combine(home.Data, "cordon.lock"), """{"Process":1,"Server":"http://127.0.0.1:1","Token":"t"}""", TestContext.Current.CancellationToken);
        var run = (await CordonProcess.RunAsync(home, "trace", "--transfer", "t1", "--server", "http://127.0.0.1:1", "--json")).Expect(1);
        Assert.Equal("", run.Output);
        Assert.Contains("does not answer", run.Notes, StringComparison.Ordinal);
    }

    private static async Task<string> TableAsync(CordonHome home) => (await CordonProcess.RunAsync(home, ["trace", .. Questions[0].Arguments])).Expect(0).Output;

    private static async Task<string> AskAsync(CordonHome home, (string[] Arguments, int Exit, string Says) question, params string[] where)
    {
        var run = (await CordonProcess.RunAsync(home, ["trace", .. question.Arguments, .. where, "--json"])).Expect(question.Exit);
        Assert.Contains(question.Says, run.Notes, StringComparison.Ordinal);
        Assert.Equal(question.Exit != 0, run.Output.Length == 0);
        return question.Exit == 0 ? run.Json.GetRawText() : run.Notes;
    }
}
