using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Commands.Bench;

/// <summary>One part that was measured.</summary>
/// <param name="What">What ran.</param>
/// <param name="Clients">How many sent one record each at a time and waited for it.</param>
/// <param name="PerSecond">Durable records a second.</param>
/// <param name="Waits">How long they waited; null where nobody did.</param>
/// <param name="PerFlush">Records that shared a flush on average; null where not known.</param>
internal sealed record BenchPart(string What, int Clients, double PerSecond, WaitTimes? Waits, double? PerFlush);

/// <summary>What <c>cordon bench journal</c> found.</summary>
/// <param name="Seconds">How long each part ran.</param>
/// <param name="PayloadBytes">Bytes of a record.</param>
/// <param name="Parts">The parts in the order they ran.</param>
/// <param name="Flush">How long the flushes of the bare file took.</param>
/// <param name="ReadPerSecond">Records a second read back and checksummed, as a start does.</param>
/// <param name="Start">What a start after a crash is made of.</param>
/// <param name="PostgresRatio">The journal with 512 clients as a multiple of PostgreSQL's best; null where not compared.</param>
/// <param name="PostgresFsync">The server's setting.</param>
/// <param name="PostgresCommit">The server's setting.</param>
internal sealed record JournalBenchReport(
    double Seconds, int PayloadBytes, IReadOnlyList<BenchPart> Parts, WaitTimes Flush, double ReadPerSecond, StartReport Start, double? PostgresRatio, string? PostgresFsync, string? PostgresCommit);

/// <summary>Measures the journal: all parts on one disk, one after another, each for the same time.</summary>
internal sealed class JournalBench(string folder, TimeSpan span, StartBench start, TimeProvider time)
{
    private const int PayloadBytes = 100;
    private const int FrameBytes = 16;
    private const int MostClients = 512;
    private const long MostRecords = 50_000_000;

    private static readonly int[] ClientCounts = [1, 64, MostClients];

    private readonly byte[] payload = new byte[PayloadBytes];
    private readonly List<BenchPart> parts = [];
    private long sent;

    public async Task<JournalBenchReport> RunAsync(string? postgres, CancellationToken cancel)
    {
        new Random(7).NextBytes(payload);
        foreach (var clients in ClientCounts) await AddAsync(() => LogAsync(clients, cancel), "journal", clients);
        var log = parts[^1];
        await AddAsync(() => JudgedAsync(MostClients, cancel), "journal and engine", MostClients);
        var flush = new Waits(time);
        await AddAsync(() => Task.Run(() => Bare((int)Math.Max(1, log.PerFlush ?? 1), flush, cancel), cancel), "bare file", 0);
        var read = await Task.Run(Read, cancel);
        Terminal.Note("Measuring what a start is made of …");
        var begun = await Task.Run(() => start.Run(cancel), cancel);
        var (fsync, commit, best) = postgres is null ? (null, null, null) : await PostgresAsync(postgres, cancel);
        return new JournalBenchReport(span.TotalSeconds, PayloadBytes, parts, flush.Times(), read, begun, best is null ? null : log.PerSecond / best, fsync, commit);
    }

    private async Task AddAsync(Func<Task<BenchPart>> run, string what, int clients)
    {
        Terminal.Note(clients == 0 ? $"Measuring the {what} …" : $"Measuring {what} with {Terminal.Count(clients)} clients …");
        parts.Add(await run());
    }

    private async Task<BenchPart> LogAsync(int clients, CancellationToken cancel)
    {
        await using var log = JournalLog.Open(Path.Combine(folder, "log"), JournalOptions.Default, null, null, out _);
        var waits = new Waits(time);
        var (records, elapsed) = await ClientsAsync(clients, waits, (_, _) => log.AppendAsync(payload, cancel), cancel);
        return new BenchPart("journal", clients, records / elapsed.TotalSeconds, waits.Times(), (double)records / Math.Max(1, log.Flushes));
    }

    private async Task<BenchPart> JudgedAsync(int clients, CancellationToken cancel)
    {
        await using var engine = JournaledEngine.Open(Path.Combine(folder, "engine"), JournalOptions.Default, null, out _);
        var waits = new Waits(time);
        var (records, elapsed) = await ClientsAsync(clients, waits, (client, n) => engine.SubmitAsync(Transfer(client, n), cancel), cancel);
        return new BenchPart("journal and engine", clients, records / elapsed.TotalSeconds, waits.Times(), (double)records / Math.Max(1, engine.Flushes));
    }

    private async Task<(long Records, TimeSpan Elapsed)> ClientsAsync<T>(int clients, Waits waits, Func<int, int, ValueTask<T>> send, CancellationToken cancel)
    {
        sent = 0;
        var start = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var n = 0;
            for (; time.GetElapsedTime(start) < span && n < MostRecords / clients; n++)
            {
                cancel.ThrowIfCancellationRequested();
                var before = time.GetTimestamp();
                await send(client, n);
                waits.Since(before);
            }
            Interlocked.Add(ref sent, n);
        }, cancel)));
        return (sent, time.GetElapsedTime(start));
    }

    /// <summary>Writes and flushes the same bytes with nothing around: what the disk can do at most for one writer.</summary>
    private BenchPart Bare(int perFlush, Waits flush, CancellationToken cancel)
    {
        using var file = File.OpenHandle(Path.Combine(folder, "bare"), FileMode.CreateNew, FileAccess.Write);
        var group = new byte[perFlush * (PayloadBytes + FrameBytes)];
        var (start, at, groups) = (time.GetTimestamp(), 0L, 0L);
        for (; time.GetElapsedTime(start) < span && groups < MostRecords / perFlush; groups++)
        {
            cancel.ThrowIfCancellationRequested();
            RandomAccess.Write(file, group, at);
            at += group.Length;
            var before = time.GetTimestamp();
            RandomAccess.FlushToDisk(file);
            flush.Since(before);
        }
        return new BenchPart("bare file, same groups", 1, groups * perFlush / time.GetElapsedTime(start).TotalSeconds, null, perFlush);
    }

    private async Task<double> Read()
    {
        Terminal.Note("Reading the journal back …");
        var start = time.GetTimestamp();
        await using var log = JournalLog.Open(Path.Combine(folder, "log"), JournalOptions.Default, null, null, out var report);
        return report.Records / time.GetElapsedTime(start).TotalSeconds;
    }

    private async Task<(string Fsync, string Commit, double? Best)> PostgresAsync(string connection, CancellationToken cancel)
    {
        var commits = new PostgresCommits(connection, span, time);
        var (fsync, commit) = await commits.SettingsAsync(cancel);
        if (fsync != "on") Terminal.Note("That PostgreSQL runs with fsync off: its commits are not durable, and the comparison says nothing.");
        double? best = null;
        foreach (var clients in PostgresCommits.Clients)
        {
            Terminal.Note($"Measuring PostgreSQL with {clients} connections …");
            var part = await commits.RunAsync(clients, payload, cancel);
            if (part is null) Terminal.Note($"That PostgreSQL does not take {clients} connections more; they are left out.");
            else
            {
                parts.Add(part);
                best = Math.Max(best ?? 0, part.PerSecond);
            }
        }
        return (fsync, commit, best);
    }

    private static SignalAccepted Transfer(int client, int n) => new(new Transfer(
        new SignalId($"{client}-{n}"), MemberCode.Parse("bank-a"), new Instant(n * 1_000_000L),
        new AccountNumber(MemberCode.Parse("bank-a"), $"{n % 10_000}"), new AccountNumber(MemberCode.Parse("bank-b"), $"{n * 7L % 10_000}"),
        new Amount((n % 100_000) + 1, Currency.Cny), TransferMeans.Account, null));
}
