using System.Text.Json;
using Cordon.Casework.Members;
using Cordon.Tests.Api;

namespace Cordon.Tests.Program;

/// <summary>A row that looks sound and is refused further in stops nothing, in the folder and by way of a server alike.</summary>
public sealed class RefusedRowTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Loss = """{"payer":"bank-a:1","payee":"bank-b:1","amount":"5.00","currency":"CNY","at":"2026-03-02T08:00:00Z"}""";
    private const string Most = """{"payer":"bank-a:1","payee":"bank-b:1","amount":"92233720368547758.07","currency":"CNY","at":"2026-03-02T08:00:00Z"}""";

    private static readonly string[] Reports =
    [
        Report("first", Loss),
        Report("two-currencies", Loss, Loss.Replace("CNY", "USD", StringComparison.Ordinal)),
        Report("overflows", Most, Most),
        Report("half-a-character", Loss).Replace("told", @"\ud83d", StringComparison.Ordinal),
        Report("whole-character", Loss).Replace("told", @"\ud83d\ude00 \\ud800", StringComparison.Ordinal),
        Report("nul", Loss).Replace("told", @"a\u0000b", StringComparison.Ordinal),
        Report("before-all", Loss.Replace("2026-03-02T08:00:00Z", "0001-01-01T00:00:00Z", StringComparison.Ordinal)),
        Report("after-all", Loss.Replace("2026-03-02T08:00:00Z", "9999-12-31T23:59:59.999999Z", StringComparison.Ordinal)),
        Report("with/a-slash", Loss),
        Report("first", Loss),
        Report("first", Loss).Replace("told", "told otherwise", StringComparison.Ordinal),
        Report("last", Loss),
    ];

    private static readonly string[] Transfers =
    [
        Transfer("t1"),
        Transfer("t2").Replace("\"payee\"", @"""\udc00""", StringComparison.Ordinal),
        Transfer("t3").Replace("1.00", "92233720368547758.07", StringComparison.Ordinal),
        Transfer("t4").Replace("1.00", "92233720368547758.07", StringComparison.Ordinal),
        Transfer("t5").Replace("2026-03-02T08:00:00Z", "9999-12-31T23:59:59.999999Z", StringComparison.Ordinal),
        Transfer("t1").Replace("1.00", "2.00", StringComparison.Ordinal),
        Transfer("t6"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_row_is_taken_or_stands_in_quarantine_with_line_field_and_reason(bool overServer)
    {
        using var home = new CordonHome();
        await using var server = overServer ? CordonProcess.Start(home, "serve", "--address", "http://127.0.0.1:0") : null;
        if (server is not null) await server.NoteAsync(l => l.StartsWith("Cordon serves", StringComparison.Ordinal));
        var signals = await ImportAsync(home, "signals.ndjson", Transfers, 0);
        Assert.Equal(4, signals.GetProperty("accepted").GetProperty("transfer").GetInt64());
        Assert.Equal([(2, "", "bad-encoding"), (5, "at", "future"), (6, "id", "conflict")], Quarantined(signals));
        var reports = await ImportAsync(home, "reports.ndjson", Reports, 0, "--as", "reports");
        Assert.Equal((6, 1), (reports.GetProperty("reports").GetInt64(), reports.GetProperty("repeated").GetInt64()));
        (long, string, string)[] bad =
        [
            (2, "losses[1].currency", "mixed-currencies"), (3, "losses[0].amount", "amount-too-large"), (4, "", "bad-encoding"),
            (6, "text", "format"), (11, "id", "conflict"),
        ];
        Assert.Equal(bad, Quarantined(reports));
        var again = await ImportAsync(home, "reports.ndjson", Reports, 1, "--as", "reports", "--strict");
        Assert.Equal((0, 7), (again.GetProperty("reports").GetInt64(), again.GetProperty("repeated").GetInt64()));
        Assert.Equal(bad, Quarantined(again));
    }

    [Fact]
    public async Task What_a_server_refuses_of_a_members_key_is_quarantined_with_the_servers_reason()
    {
        using var home = new CordonHome();
        string[] to = ["--server", host.Address.ToString(), "--key", await host.TokenAsync(ApiHost.BankA, KeyScopes.SignalsWrite, KeyScopes.ReportsWrite)];
        string[] rows = [Transfer("own"), Transfer("foreign").Replace("\"member\":\"bank-a\"", "\"member\":\"bank-b\"", StringComparison.Ordinal), Transfer("own-2")];
        var summary = await ImportAsync(home, "signals.ndjson", rows, 1, ["--strict", .. to]);
        Assert.Equal(2, summary.GetProperty("accepted").GetProperty("transfer").GetInt64());
        Assert.Equal([(2, "member", "member-not-yours")], Quarantined(summary));
    }

    [Fact]
    public async Task A_key_that_may_not_send_stops_the_import_because_no_row_could_pass()
    {
        using var home = new CordonHome();
        var file = home.Write("signals.ndjson", Transfer("t") + "\n");
        var run = await CordonProcess.RunAsync(home, "import", file, "--server", host.Address.ToString(), "--key", await host.TokenAsync(ApiHost.BankA, KeyScopes.OrdersRead), "--json");
        Assert.Equal("", run.Expect(1).Output);
        Assert.Contains("(403)", run.Notes, StringComparison.Ordinal);
        (await CordonProcess.RunAsync(home, "import", file, "--server", host.Address.ToString())).Expect(2);
    }

    private static async Task<JsonElement> ImportAsync(CordonHome home, string name, string[] rows, int exit, params string[] options)
    {
        var file = home.Write(name, string.Join('\n', rows) + "\n");
        var summary = (await CordonProcess.RunAsync(home, ["import", file, "--json", .. options])).Expect(exit).Json;
        Assert.Equal(rows.Length, summary.GetProperty("rows").GetInt64());
        var taken = summary.GetProperty("accepted").EnumerateObject().Sum(kind => kind.Value.GetInt64()) + summary.GetProperty("reports").GetInt64() + summary.GetProperty("repeated").GetInt64();
        Assert.Equal(rows.Length, taken + summary.GetProperty("quarantinedRows").GetInt64());
        return summary;
    }

    private static List<(long, string, string)> Quarantined(JsonElement summary) =>
        [.. File.ReadAllLines(summary.GetProperty("quarantinePath").GetString()!).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).Select(row =>
            (row.GetProperty("line").GetInt64(), row.GetProperty("field").GetString()!, row.GetProperty("reason").GetString()!)).OrderBy(row => row.Item1)];

    private static string Report(string id, params string[] losses) =>
        $$"""{"id":"{{id}}","channel":"hotline","text":"told","losses":[{{string.Join(',', losses)}}],"reportedAt":"2026-03-02T09:00:00Z"}""";

    private static string Transfer(string id) =>
        $$"""{"kind":"transfer","id":"{{id}}","member":"bank-a","at":"2026-03-02T08:00:00Z","payer":"bank-a:1","payee":"bank-b:2","amount":"1.00","currency":"CNY"}""";
}
