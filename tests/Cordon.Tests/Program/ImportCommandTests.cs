using System.Text.Json;
using Cordon.Tests.Faults;

namespace Cordon.Tests.Program;

/// <summary><c>cordon import</c> and what reads what it left, one process after another over one folder.</summary>
public sealed class ImportCommandTests
{
    private const string Good = """
        {"kind":"transfer","id":"t1","member":"bank-a","at":"2026-03-02T08:00:00Z","payer":"bank-a:1","payee":"bank-b:2","amount":"500.00","currency":"CNY"}
        {"kind":"transfer","id":"t2","member":"bank-b","at":"2026-03-02T09:00:00Z","payer":"bank-b:2","payee":"bank-b:3","amount":"300.00","currency":"CNY"}

        """;

    private const string Bad = """{"kind":"transfer","id":"t3","member":"bank-b","at":"2026-03-02T10:00:00Z","payer":"bank-b:3","payee":"bank-b:4","amount":"0.001","currency":"CNY"}""";

    [Fact]
    public async Task Twice_changes_nothing_and_json_is_one_document_on_standard_output()
    {
        using var home = new CordonHome();
        var file = home.Write("good.ndjson", Good);
        var first = (await CordonProcess.RunAsync(home, "import", file, "--json")).Expect(0).Json;
        Assert.Equal(2, first.GetProperty("accepted").GetProperty("transfer").GetInt64());
        Assert.False(first.TryGetProperty("quarantinePath", out _));
        var before = Journal(home);
        var second = (await CordonProcess.RunAsync(home, "import", file, "--json", "--strict")).Expect(0).Json;
        Assert.Equal((0, 2), (second.GetProperty("accepted").EnumerateObject().Count(), second.GetProperty("repeated").GetInt64()));
        Assert.Equal(before, Journal(home));
        var run = (await CordonProcess.RunAsync(home, "import", file)).Expect(0);
        Assert.Contains("there before, nothing changed", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home.Data, "quarantine")));
    }

    [Fact]
    public async Task A_bad_row_goes_to_quarantine_and_strict_ends_with_1()
    {
        using var home = new CordonHome();
        var file = home.Write("mixed.ndjson", Good + Bad + "\n");
        var lax = (await CordonProcess.RunAsync(home, "import", file, "--json")).Expect(0).Json;
        Assert.Equal(1, lax.GetProperty("quarantined").GetProperty("amount-too-fine").GetInt64());
        AssertQuarantined(lax.GetProperty("quarantinePath").GetString()!, Path.Combine(home.Data, "quarantine"));
        var elsewhere = Path.Combine(home.Files, "deep", "rejects.ndjson");
        var strict = (await CordonProcess.RunAsync(home, "import", file, "--json", "--strict", "--quarantine", elsewhere)).Expect(1).Json;
        Assert.Equal(2, strict.GetProperty("repeated").GetInt64());
        AssertQuarantined(strict.GetProperty("quarantinePath").GetString()!, Path.Combine(home.Files, "deep"));
    }

    [Fact]
    public async Task A_row_that_says_otherwise_than_before_is_a_conflict_and_the_first_stays()
    {
        using var home = new CordonHome();
        (await CordonProcess.RunAsync(home, "import", home.Write("a.ndjson", Good))).Expect(0);
        var other = (await CordonProcess.RunAsync(home, "import", home.Write("b.ndjson", Good.Replace("500.00", "501.00", StringComparison.Ordinal)), "--json", "--strict")).Expect(1).Json;
        Assert.Equal((1, 1), (other.GetProperty("conflicts").GetInt64(), other.GetProperty("repeated").GetInt64()));
        var trace = (await CordonProcess.RunAsync(home, "trace", "--transfer", "t1", "--json")).Expect(0).Json;
        Assert.Equal("500.00", trace.GetProperty("seeded").GetProperty("amount").GetString());
    }

    [Fact]
    public async Task A_report_without_a_loss_goes_to_quarantine_and_stops_nothing()
    {
        using var home = new CordonHome();
        const string Empty = """{"id":"r0","channel":"hotline","text":"t","reportedAt":"2026-03-02T09:00:00Z"}""";
        var run = (await CordonProcess.RunAsync(home, "import", home.Write("reports.ndjson", Empty + "\n" + Faults.Reports.Report("r", 1) + "\n"), "--as", "reports", "--json")).Expect(0).Json;
        Assert.Equal((1, 1), (run.GetProperty("reports").GetInt64(), run.GetProperty("quarantined").GetProperty("required").GetInt64()));
        (await CordonProcess.RunAsync(home, "verify")).Expect(0);
    }

    [Fact]
    public async Task A_file_that_nothing_can_be_read_from_is_refused_before_the_folder_is_made()
    {
        using var home = new CordonHome();
        var run = await CordonProcess.RunAsync(home, "import", home.Write("other.csv", "a,b\n1,2\n"), "--preset", "amlsim");
        Assert.NotEqual(0, run.Exit);
        Assert.StartsWith("cordon: other.csv: ", run.Notes, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.False(Directory.Exists(home.Data));
    }

    [Fact]
    public async Task Trace_follows_by_transfer_and_by_account()
    {
        using var home = new CordonHome();
        (await CordonProcess.RunAsync(home, "import", home.Write("good.ndjson", Good))).Expect(0);
        var json = (await CordonProcess.RunAsync(home, "trace", "--transfer", "bank-a/t1", "--json")).Expect(0).Json;
        Assert.Equal(2, json.GetProperty("least").GetProperty("flows").GetArrayLength());
        Assert.Equal(50_000, json.GetProperty("least").GetProperty("totals").EnumerateObject().Sum(t => t.Value.GetInt64()));
        var table = (await CordonProcess.RunAsync(home, "trace", "--account", "bank-b:2", "--at", "2026-03-02", "--amount", "500")).Expect(0);
        Assert.Contains("bank-b:3", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_commands_over_one_folder_do_not_meet()
    {
        using var home = new CordonHome();
        await using var first = CordonProcess.Start(home, "import", "-", "--preset", "amlsim", "--set", "s");
        // Its end is held back, so the first command has the folder until the test lets it go.
        await first.FeedAsync(TransferFile.Made(20_000).Head(19_000));
        await first.UntilAsync(() => home.JournalLength > 0);
        var file = home.Write("good.ndjson", Good);
        foreach (var command in new string[][] { ["import", file], ["trace", "--transfer", "t1"], ["serve", "--address", "http://127.0.0.1:0"] })
        {
            var run = (await CordonProcess.RunAsync(home, command)).Expect(1);
            Assert.Contains("in use", run.Notes, StringComparison.Ordinal);
        }
        first.Input.Close();
        (await first.EndAsync()).Expect(0);
        (await CordonProcess.RunAsync(home, "import", file)).Expect(0);
    }

    private static void AssertQuarantined(string path, string folder)
    {
        Assert.StartsWith(folder, path, StringComparison.Ordinal);
        var row = JsonSerializer.Deserialize<JsonElement>(Assert.Single(File.ReadAllLines(path)));
        Assert.Equal((3, "amount", "amount-too-fine"), (row.GetProperty("line").GetInt32(), row.GetProperty("field").GetString(), row.GetProperty("reason").GetString()));
        Assert.Equal(Bad, row.GetProperty("row").GetString());
        Assert.Contains("CNY", row.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static string Journal(CordonHome home) =>
        string.Join('\n', new DirectoryInfo(home.Journal).EnumerateFiles("*.log").OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f.FullName)))}"));
}
