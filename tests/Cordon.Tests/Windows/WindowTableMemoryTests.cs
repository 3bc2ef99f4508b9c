using Cordon.Engine.Windows;

namespace Cordon.Tests.Windows;

/// <summary>Measures what the process allocates, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(WindowTableMemoryTests), DisableParallelization = true)]
[Collection(nameof(WindowTableMemoryTests))]
public sealed class WindowTableMemoryTests(ITestOutputHelper output)
{
    private const long Start = 1_772_352_000_000_000;
    private const int Identifiers = 200_000;

    [Fact]
    public void An_identifier_takes_at_most_a_kilobyte_with_eight_windows_on_a_mix_that_leans_to_few()
    {
        var table = Table();
        var mix = new Mix();
        Run(table, mix, Identifiers * 10);
        Assert.InRange(table.Index.Count, Identifiers * 9 / 10, Identifiers);
        var bytes = (double)table.Bytes / table.Index.Count;
        output.WriteLine($"{bytes:F0} bytes an identifier, {table.Index.Count} identifiers, {(double)table.Index.Bytes / table.Index.Count:F0} of them the index's");
        Assert.InRange(bytes, 100, 1_024);
    }

    [Fact]
    public void A_table_in_its_stride_allocates_nothing()
    {
        var table = new WindowTable(texts: false, WindowLimits.Default);
        foreach (var spec in WindowTableTests.Specs)
            table.AddWindow(spec with { Over = spec.Over / 240, Slice = spec.Slice / 240, Lateness = spec.Lateness / 240 / 1_000 * 1_000 });
        var mix = new Mix();
        // The same day three times over: the fourth can need no more than those before, if what went was given back.
        for (var day = 0; day < 3; day++)
        {
            mix.Restart();
            Run(table, mix, Identifiers * 2);
        }
        mix.Restart();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(table, mix, Identifiers * 2);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(table.Evicted, Identifiers, long.MaxValue);
        Assert.Equal(0, allocated);
    }

    private static WindowTable Table()
    {
        var table = new WindowTable(texts: false, WindowLimits.Default);
        foreach (var spec in WindowTableTests.Specs) table.AddWindow(spec);
        return table;
    }

    // A signal feeds half of its identifier's windows, as windows look at one kind of signal each, and asks the rest too.
    private static void Run(WindowTable table, Mix mix, int signals)
    {
        for (var done = 0; done < signals; done += mix.Rows.Length)
        {
            mix.Next();
            table.Intern(mix.Batch, mix.Rows);
            table.Prefetch(mix.Rows, [0, 1, 2, 3, 4, 5, 6, 7]);
            for (var i = 0; i < mix.Rows.Length; i++)
            {
                for (var window = i & 1; window < table.WindowCount; window += 2)
                    table.Apply(window, mix.Rows[i], mix.At, (long)(mix.Values[i] & 0xFFFF), mix.Values[i]);
                for (var window = 0; window < table.WindowCount; window++) table.Read(window, mix.Rows[i], mix.At);
            }
            table.Advance(mix.At);
            table.Sweep(mix.Rows.Length);
        }
    }

    /// <summary>Batches of identifiers: half evenly drawn, half leaning to the small numbers, so that a few are busy. A day has as many signals as 10 an identifier.</summary>
    private sealed class Mix
    {
        private Random random = new(5);

        public KeyBatch Batch { get; } = new();

        public int[] Rows { get; } = new int[256];

        public ulong[] Values { get; } = new ulong[256];

        public long At { get; private set; } = Start;

        public void Restart() => random = new Random(5);

        public void Next()
        {
            At += WindowSpec.Day / (Identifiers * 10 / Rows.Length);
            Batch.Clear();
            for (var i = 0; i < Rows.Length; i++)
            {
                var draw = random.NextDouble();
                Batch.AddNumber(0, (ulong)((i % 2 == 0 ? draw : draw * draw * draw * draw) * Identifiers), 0);
                Values[i] = (ulong)random.NextInt64();
            }
        }
    }
}
