using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Cordon.Engine.Windows;

namespace Cordon.Benchmarks;

/// <summary>
/// Look-ups of evenly drawn identifiers that are all there: one after another, each waiting for the memory of the one
/// before, and by batches that ask ahead. 50 million take 2 GB and a minute to fill: set CORDON_BENCHMARK_IDENTIFIERS.
/// </summary>
[SimpleJob(RunStrategy.Throughput, launchCount: 1, warmupCount: 2, iterationCount: 8)]
[MemoryDiagnoser]
public class IdentifierIndexBenchmarks
{
    private const int Batches = 64;
    private const int BatchSize = 1_024;

    private readonly KeyBatch[] batches = new KeyBatch[Batches];
    private readonly int[] rows = new int[BatchSize];
    private IdentifierIndex index = new(texts: false);
    private int next;

    [ParamsSource(nameof(Sizes))]
    public int Identifiers { get; set; }

    public static IEnumerable<int> Sizes =>
        int.TryParse(Environment.GetEnvironmentVariable("CORDON_BENCHMARK_IDENTIFIERS"), out var size) ? [size] : [1_000_000];

    [GlobalSetup]
    public void Fill()
    {
        index = new IdentifierIndex(texts: false);
        var batch = new KeyBatch();
        for (var first = 0; first < Identifiers; first += BatchSize)
        {
            batch.Clear();
            for (var i = first; i < Math.Min(first + BatchSize, Identifiers); i++) batch.AddNumber(0, Number(i), 0);
            index.Intern(batch, rows);
        }
        var random = new Random(1);
        for (var b = 0; b < Batches; b++)
        {
            batches[b] = new KeyBatch();
            for (var i = 0; i < BatchSize; i++) batches[b].AddNumber(0, Number(random.Next(Identifiers)), 0);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = BatchSize)]
    public long OneByOne()
    {
        var batch = batches[next++ % Batches];
        long sum = 0;
        for (var i = 0; i < BatchSize; i++) sum += index.Find(batch, i);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public int ByBatches()
    {
        index.Find(batches[next++ % Batches], rows);
        return rows[0];
    }

    private static ulong Number(int i) => 8_613_000_000_000 + ((ulong)i * 17);
}
