using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Benchmarks;

/// <summary>
/// What the journal costs above a bare file: the same bytes written and flushed by the same number of flushes is the baseline.
/// One operation is one record that is durable. Monitoring, because the engine keeps what it is told and each run costs real flushes.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 15)]
[MemoryDiagnoser]
public class JournalBenchmarks
{
    private const int Records = 10_000;
    private const int Callers = 64;

    private readonly byte[] payload = new byte[80];
    private string folder = "";
    private JournalLog log = null!;
    private JournaledEngine engine = null!;
    private long next;

    /// <summary>Records that one caller hands over at a time.</summary>
    [Params(100, 5_000)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Open()
    {
        folder = Directory.CreateTempSubdirectory("cordon-benchmark-").FullName;
        log = JournalLog.Open(Path.Combine(folder, "log"), JournalOptions.Default, null, null, out _);
        engine = JournaledEngine.Open(Path.Combine(folder, "engine"), JournalOptions.Default, null, out _);
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await log.DisposeAsync();
        await engine.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public void BareWriteAndFlush()
    {
        using var bare = new FileStream(Path.Combine(folder, "bare"), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var bytes = new byte[Batch * (payload.Length + 16)];
        for (var done = 0; done < Records; done += Batch)
        {
            bare.Write(bytes);
            bare.Flush(flushToDisk: true);
        }
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public async Task LogByOneCaller()
    {
        for (var done = 0; done < Records; done += Batch) await log.AppendAsync(NewBatch(Batch));
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public Task LogByManyCallers() => Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
    {
        for (var done = caller * Batch; done < Records; done += Batch * Callers) await log.AppendAsync(NewBatch(Batch));
    }));

    [Benchmark(OperationsPerInvoke = Records)]
    public async Task EngineByOneCaller()
    {
        for (var done = 0; done < Records; done += Batch)
        {
            var batch = new EngineRecord[Batch];
            for (var i = 0; i < Batch; i++) batch[i] = NewTransfer();
            await engine.SubmitAsync(batch);
        }
    }

    private JournalBatch NewBatch(int count)
    {
        var batch = new JournalBatch(count * (payload.Length + 16) + 512);
        for (var i = 0; i < count; i++) batch.Add(payload);
        return batch;
    }

    private SignalAccepted NewTransfer()
    {
        var n = next++;
        return new SignalAccepted(new Transfer(
            new SignalId($"T{n}"), MemberCode.Parse("bank-a"), new Instant(n * 1_000_000),
            new AccountNumber(MemberCode.Parse("bank-a"), $"{n % 10_000}"), new AccountNumber(MemberCode.Parse("bank-b"), $"{n * 7 % 10_000}"),
            new Amount((n % 100_000) + 1, Currency.Cny), TransferMeans.Account, null));
    }
}
