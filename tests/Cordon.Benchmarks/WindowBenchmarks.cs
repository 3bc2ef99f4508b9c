using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Cordon.Engine.Windows;

namespace Cordon.Benchmarks;

/// <summary>
/// What one signal costs in one window, for identifiers drawn evenly (their state is far) with a few signals each, and
/// for one busy identifier (its state is near, and full).
/// </summary>
[SimpleJob(RunStrategy.Throughput, launchCount: 1, warmupCount: 2, iterationCount: 8)]
[MemoryDiagnoser]
public class WindowBenchmarks
{
    private const int Identifiers = 1 << 20;
    private const int Batch = 1_024;
    private const int Group = 32;
    private const long Start = 1_772_352_000_000_000;

    private readonly int[] rows = new int[Batch];
    private readonly Random random = new(1);
    private WindowTable table = new(texts: false, WindowLimits.Default);
    private long at;

    [Params("Count", "Sum", "Average", "Min", "Distinct", "Share", "Last", "FirstSeen", "Gap", "Burst")]
    public string Measure { get; set; } = "";

    [GlobalSetup]
    public void Fill()
    {
        table = new WindowTable(texts: false, WindowLimits.Default);
        var measure = Enum.Parse<WindowMeasure>(Measure);
        var value = measure switch
        {
            WindowMeasure.Distinct => WindowValue.Hash,
            WindowMeasure.Share => WindowValue.Truth,
            WindowMeasure.Count or WindowMeasure.FirstSeen or WindowMeasure.Gap or WindowMeasure.Burst => WindowValue.None,
            _ => WindowValue.Whole,
        };
        table.AddWindow(WindowSpec.Of(measure, value, WindowSpec.Day, measure == WindowMeasure.Burst ? 10 * WindowSpec.Minute : 0));
        at = Start;
        for (var i = 0; i < Identifiers * 8; i++) Apply(random.Next(Identifiers), at += WindowSpec.Day / (Identifiers * 8L));
        // Row 0 is busy: a signal every 0.4 seconds of its day.
        for (var i = 0; i < 200_000; i++) Apply(0, at - WindowSpec.Day + (i * (WindowSpec.Day / 200_000)));
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public long ApplyAndReadFar()
    {
        for (var i = 0; i < Batch; i++) rows[i] = 1 + random.Next(Identifiers - 1);
        long sum = 0;
        for (var first = 0; first < Batch; first += Group)
        {
            table.Prefetch(rows.AsSpan(first, Group), [0]);
            foreach (var row in rows.AsSpan(first, Group))
            {
                at += WindowSpec.Day / (Identifiers * 8L);
                Apply(row, at);
                sum ^= table.Read(0, row, at);
            }
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void ApplyNear()
    {
        for (var i = 0; i < Batch; i++) Apply(0, at += 400_000);
    }

    [Benchmark]
    public long ReadNear() => table.Read(0, 0, at);

    private void Apply(int row, long instant) => table.Apply(0, row, instant, unchecked((long)KeyHash.Of(1, (ulong)instant)), (ulong)instant);
}
