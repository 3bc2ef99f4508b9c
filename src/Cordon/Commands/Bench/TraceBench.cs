using Cordon.Engine.Money;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Commands.Bench;

/// <summary>How long traces of one kind took.</summary>
/// <param name="What">Which.</param>
/// <param name="Traces">How many were made.</param>
/// <param name="P50">Half took no longer, µs.</param>
/// <param name="P99">99 of 100 took no longer, µs.</param>
/// <param name="Flows">Transfers in the answer, the median.</param>
/// <param name="Cut">The share that met a bound, 0 to 1.</param>
internal sealed record TraceTimes(string What, int Traces, double P50, double P99, int Flows, double Cut);

/// <summary>What <c>cordon bench trace</c> found.</summary>
/// <param name="Transfers">Transfers in the graph.</param>
/// <param name="Accounts">Accounts.</param>
/// <param name="BytesEach">Bytes a transfer: rows, indexes forward and backward and accounts.</param>
/// <param name="IdBytesEach">Bytes a transfer for its id, by which a repeat is known.</param>
/// <param name="HeapBytesEach">Bytes a transfer by which the heap grew, ids included.</param>
/// <param name="AddedPerSecond">Transfers put in a second, on one thread.</param>
/// <param name="DurablePerSecond">Transfers a second that were encoded, flushed to the disk and put in.</param>
/// <param name="Times">The traces.</param>
/// <param name="Pursuit">Traces kept alive.</param>
/// <param name="Postgres">The same traces by PostgreSQL; null where not asked for.</param>
internal sealed record TraceBenchReport(
    int Transfers, int Accounts, double BytesEach, double IdBytesEach, double HeapBytesEach, double AddedPerSecond, double DurablePerSecond,
    IReadOnlyList<TraceTimes> Times, PursuitTimes Pursuit, PostgresTraceReport? Postgres);

/// <summary>Fills a graph with a generated world and traces its cases.</summary>
internal sealed class TraceBench(TraceWorld world, TimeProvider time)
{
    private const int Batch = 32_768;
    private const int Rounds = 5;
    private const int MostDurable = 5_000_000;
    private const int HubCases = 300;

    // Accounts with more transfers are hubs; so are answers with more flows.
    private static readonly TraceBounds Bounds = new(MaxDepth: 10, MaxFlows: 20_000, MaxAccountTransfers: 10_000);

    private readonly ScreeningEngine engine = new(Rulebook.Empty);

    public MoneyGraph Graph => engine.Known.Money;

    public EngineKnowledge Known => engine.Known;

    /// <summary>Fills the graph.</summary>
    /// <param name="tell">Told the share done and the transfers.</param>
    /// <param name="cancel">Ends it between two batches.</param>
    /// <returns>Transfers put in a second, and bytes a transfer by which the heap grew.</returns>
    public (double PerSecond, double HeapBytes) Fill(Action<double, long> tell, CancellationToken cancel)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var account = 0; account < world.Accounts; account++) Graph.Open(world.ToOpening(account));
        var (batch, spent) = (new List<Transfer>(Batch), TimeSpan.Zero);
        foreach (var made in world.Transfers())
        {
            batch.Add(world.ToSignal(made));
            if (batch.Count < Batch && made.Number < world.Count - 1) continue;
            cancel.ThrowIfCancellationRequested();
            var start = time.GetTimestamp();
            Graph.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch));
            spent += time.GetElapsedTime(start);
            batch.Clear();
            tell((double)made.Number / world.Count, made.Number);
        }
        return (world.Count / spent.TotalSeconds, (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)world.Count);
    }

    /// <summary>Encodes transfers, has them flushed to the disk in groups, and puts each group into a graph once it is durable.</summary>
    public async Task<double> DurableAsync(string folder, CancellationToken cancel)
    {
        var graph = new MoneyGraph();
        await using var log = JournalLog.Open(Path.Combine(folder, "transfers"), JournalOptions.Default, null, null, out _);
        var (spent, waiting, told) = (TimeSpan.Zero, Task.CompletedTask, Array.Empty<Transfer>());
        foreach (var batch in world.Transfers().Take(MostDurable).Chunk(Batch))
        {
            var next = Array.ConvertAll(batch, made => world.ToSignal(made));
            var start = time.GetTimestamp();
            var records = new JournalBatch(Batch * 128);
            foreach (var transfer in next)
            {
                EngineRecordCodec.Write(records, new SignalAccepted(transfer));
                records.EndRecord();
            }
            // While the disk takes this group, the one before goes into the graph.
            await waiting;
            waiting = log.AppendAsync(records, cancel);
            graph.Add(told);
            told = next;
            spent += time.GetElapsedTime(start);
        }
        var last = time.GetTimestamp();
        await waiting;
        graph.Add(told);
        return graph.TransferCount / (spent + time.GetElapsedTime(last)).TotalSeconds;
    }

    /// <summary>Traces all cases forward and backward, and money from anywhere, which soon meets hubs.</summary>
    public IReadOnlyList<TraceTimes> Trace()
    {
        var forward = world.Cases.Select(one => RequestOf(one.Seed, one.Until)).ToArray();
        var backward = world.Cases.Select(one => RequestOf(one.Last, one.Until)).ToArray();
        var random = new Random(5);
        var anywhere = Enumerable.Range(0, HubCases).Select(_ => RequestOf(random.Next(world.Count / 2), Instant.Max)).ToArray();
        return
        [
            Time("mule cases forward", forward, Forward), Time("mule cases backward", backward, Backward),
            Time("from any transfer, for 30 days", anywhere, Forward),
        ];
    }

    public TraceRequest RequestOf(int number, Instant until) =>
        new([new TransferSeed(TellerOf(number), TraceWorld.IdOf(number))], until, Bounds);

    private MemberCode TellerOf(int number) => Graph.TellersOf(TraceWorld.IdOf(number))[0];

    private (int Flows, bool Cut) Forward(TraceRequest request)
    {
        Graph.Trace(request, out var trace);
        return (trace!.Least.Flows.Length, trace.Least.Cut);
    }

    private (int Flows, bool Cut) Backward(TraceRequest request)
    {
        Graph.TraceBack(request, out var trace);
        return (trace!.Least.Flows.Length, trace.Least.Cut);
    }

    private TraceTimes Time(string what, TraceRequest[] requests, Func<TraceRequest, (int Flows, bool Cut)> trace)
    {
        var (flows, cut, waits) = (new List<int>(), 0, new Waits(time));
        foreach (var request in requests)
        {
            var (found, bounded) = trace(request);
            flows.Add(found);
            if (bounded) cut++;
        }
        flows.Sort();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var request in requests)
            {
                var start = time.GetTimestamp();
                trace(request);
                waits.Since(start);
            }
        }
        var times = waits.Times();
        return new TraceTimes(what, requests.Length * Rounds, times.P50, times.P99, flows[flows.Count / 2], (double)cut / requests.Length);
    }
}
