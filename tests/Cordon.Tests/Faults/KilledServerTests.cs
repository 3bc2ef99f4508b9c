using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cordon.Commands;
using Cordon.Tests.Program;

namespace Cordon.Tests.Faults;

/// <summary>kill -9 of a server while a command imports through it and members send: what was acknowledged is there, once.</summary>
public sealed class KilledServerTests
{
    private const int Rows = 16_000;
    private const int HeldBack = 3_000;
    private const int Senders = 3;
    private const int BatchLines = 60;
    private static readonly string[] Serve = ["serve", "--address", "http://127.0.0.1:0"];
    private static readonly string[] Import = ["import", "-", "--preset", "amlsim", "--set", "amlsim/served", "--json"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<long, int> Moments => Long.Asked ? new() { { 1, 1 }, { 200_000, 8 }, { 500_000, 30 } } : new() { { 1, 1 }, { 200_000, 8 } };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task What_was_acknowledged_is_there_once_after_a_restart(long journalBytes, int batches)
    {
        using var home = new CordonHome();
        var file = TransferFile.Made(Rows);
        var sent = new ConcurrentBag<Sent>();
        await KillAsync(home, file, journalBytes, batches, sent);
        Assert.True(sent.Count(s => s.Acknowledged) >= batches);
        (await CordonProcess.RunAsync(home, "verify", "--json")).Expect(0);

        await using (var server = await StartAsync(home))
        {
            var run = (await CordonProcess.RunWithInputAsync(home, file.Head(Rows), Import)).Expect(0).Json;
            Assert.Equal(Rows, run.GetProperty("accepted").GetProperty("transfer").GetInt64() + run.GetProperty("repeated").GetInt64());
            if (journalBytes > 1) Assert.NotEqual(0, run.GetProperty("repeated").GetInt64());
            using var client = Client(home);
            foreach (var batch in sent) await AssertThereAsync(client, batch);
            (await CordonProcess.RunAsync(home, "verify", "--json")).Expect(0);
            await server.KillAsync();
        }
        (await JournalContents.ReadAsync(home)).AssertWhole(Rows + (sent.Count * BatchLines));
        Assert.Equal(sent.Count, Reports.Received(home));
        var verified = (await CordonProcess.RunAsync(home, "verify", "--json")).Expect(0).Json;
        Assert.True(verified.GetProperty("leaves").GetInt64() + verified.GetProperty("waiting").GetInt64() >= sent.Count);
    }

    private static async Task KillAsync(CordonHome home, TransferFile file, long journalBytes, int batches, ConcurrentBag<Sent> sent)
    {
        await using var server = await StartAsync(home);
        await using var import = CordonProcess.Start(home, Import);
        var feeding = import.FeedAsync(file.Head(Rows - HeldBack));
        await server.UntilAsync(() => home.JournalLength >= journalBytes);
        using var client = Client(home);
        var senders = Enumerable.Range(0, Senders).Select(sender => SendAsync(client, sender, sent)).ToArray();
        await server.UntilAsync(() => sent.Count(s => s.Acknowledged) >= batches);
        await server.KillAsync();
        await Task.WhenAll(senders);
        await feeding;
        // Only now does its input end: it cannot have been done before the server was.
        await import.FeedAsync(file.Tail(Rows - HeldBack));
        import.Input.Close();
        var run = (await import.EndAsync()).Expect(1);
        Assert.Contains("does not answer", run.Notes, StringComparison.Ordinal);
        Assert.Contains("run the same import again", run.Notes, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    private static async Task<CordonProcess> StartAsync(CordonHome home)
    {
        var server = CordonProcess.Start(home, Serve);
        await server.NoteAsync(line => line.StartsWith("Cordon serves http://127.0.0.1:", StringComparison.Ordinal));
        return server;
    }

    private static HttpClient Client(CordonHome home)
    {
        var note = DataFolder.ReadNote(home.Data)!;
        var client = new HttpClient { BaseAddress = note.Server };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", note.Token);
        return client;
    }

    /// <summary>A member that sends until the server is gone, and remembers what was acknowledged.</summary>
    private static async Task SendAsync(HttpClient client, int sender, ConcurrentBag<Sent> sent)
    {
        for (var batch = 0; ; batch++)
        {
            var one = new Sent($"s{sender}b{batch}");
            sent.Add(one);
            try
            {
                await PostAsync(client, "api/v1/signals/transfer", one.Lines, "application/x-ndjson");
                one.Acknowledged = true;
                await PostAsync(client, "api/v1/reports", Reports.Report(one.Name, 0), "application/json");
                one.ReportAcknowledged = true;
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static async Task AssertThereAsync(HttpClient client, Sent batch)
    {
        var answer = await PostAsync(client, "api/v1/signals/transfer", batch.Lines, "application/x-ndjson");
        var repeats = answer.GetProperty("repeats").GetInt32();
        Assert.Equal(BatchLines, repeats + answer.GetProperty("accepted").GetInt32());
        if (batch.Acknowledged) Assert.Equal(BatchLines, repeats);
        var report = await PostAsync(client, "api/v1/reports", Reports.Report(batch.Name, 0), "application/json");
        if (batch.ReportAcknowledged) Assert.True(report.GetProperty("repeat").GetBoolean());
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string text, string media)
    {
        using var body = new StringContent(text, Encoding.UTF8, media);
        using var answer = await client.PostAsync(path, body, Cancel);
        var told = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, told);
        return JsonSerializer.Deserialize<JsonElement>(told);
    }

    private sealed class Sent(string name)
    {
        public string Name => name;

        public string Lines { get; } = string.Join('\n', Enumerable.Range(0, BatchLines).Select(i => Reports.Transfer(name, i)));

        public bool Acknowledged { get; set; }

        public bool ReportAcknowledged { get; set; }
    }
}
