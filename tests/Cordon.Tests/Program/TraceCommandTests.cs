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
        (["--transfer", "t2"], 2, "Several members"),
        (["--transfer", "nowhere"], 1, "No member told of a transfer nowhere"),
        (["--transfer", "t1", "--depth", "0"], 2, "1 to 1,000"),
        (["--transfer", "t1", "--until", "soon"], 2, "A time is"),
        (["--account", "bank-b:2", "--at", "2026-03-02", "--amount", "5.001"], 2, "not a sum in CNY"),
        (["--account", "bank-b:2", "--at", "2026-03-02", "--amount", "0"], 2, "not a sum in CNY"),
        (["--account", "2", "--at", "2026-03-02", "--amount", "5"], 2, "member:number"),
        (["--account", "bank-z:2", "--at", "2026-03-02", "--amount", "5"], 1, "No money came"),
    ];

    [Fact]
    public async Task A_server_that_has_the_folder_answers_to_the_letter_as_the_folder_does()
    {
        using var home = new CordonHome();
        (await CordonProcess.RunAsync(home, "import", home.Write("signals.ndjson", Signals), "--strict")).Expect(0);
        var alone = await AskAllAsync(home);
        await using (var server = CordonProcess.Start(home, "serve", "--address", "http://127.0.0.1:0"))
        {
            var note = await server.NoteAsync(l => l.StartsWith("Cordon serves", StringComparison.Ordinal));
            Assert.Equal(alone, await AskAllAsync(home));
            // Named by its address, the server is let in by the same lock file; the folder of another server is no key.
            var address = note.Split(' ')[2];
            Assert.Equal(alone, await AskAllAsync(home, "--server", address));
            (await CordonProcess.RunAsync(home, "trace", "--transfer", "t1", "--server", address, "--data", home.Files)).Expect(2);
        }
        Assert.Equal(alone, await AskAllAsync(home));
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

    private static async Task<List<string>> AskAllAsync(CordonHome home, params string[] where)
    {
        var answers = new List<string>();
        foreach (var (arguments, exit, says) in Questions)
        {
            var json = (await CordonProcess.RunAsync(home, ["trace", .. arguments, .. where, "--json"])).Expect(exit);
            Assert.Contains(says, json.Notes, StringComparison.Ordinal);
            Assert.Equal(exit != 0, json.Output.Length == 0);
            answers.Add(exit == 0 ? json.Json.GetRawText() : json.Notes);
            if (exit == 0) answers.Add((await CordonProcess.RunAsync(home, ["trace", .. arguments, .. where])).Expect(0).Output);
        }
        return answers;
    }
}
