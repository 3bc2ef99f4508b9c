using Cordon.Engine.Windows;
using CsCheck;

namespace Cordon.Tests.Windows;

public sealed class DistinctTests(ITestOutputHelper output)
{
    private const long Start = 1_772_352_000_000_000;
    private const long Bucket = WindowSpec.Hour / 60;

    private static readonly WindowSpec Spec = WindowSpec.Of(WindowMeasure.Distinct, WindowValue.Hash, WindowSpec.Hour);

    [Fact]
    public void Distinct_is_exact_to_its_depth()
    {
        var table = Table();
        for (var i = 1; i <= DistinctSketch.Depth; i++)
        {
            var hash = KeyHash.Of(0, (ulong)(i * 7919));
            for (var times = 0; times < 1 + (i % 3); times++) table.Apply(0, 0, Start + ((long)i * Bucket / 400), unchecked((long)hash), 0);
            Assert.Equal(i, table.Read(0, 0, Start + ((long)i * Bucket / 400)));
        }
    }

    [Theory]
    [InlineData(1, 18_000)]
    [InlineData(2, 30_000)]
    [InlineData(3, 60_000)]
    [InlineData(4, 200_000)]
    [InlineData(5, 600_000)]
    [InlineData(6, 2_000_000)]
    public void A_full_window_is_estimated_within_two_hundredths(ulong seed, int values)
    {
        var table = Table();
        for (var i = 0; i < values; i++) Apply(table, Start + ((long)i * WindowSpec.Hour / values), Value(seed, i));
        var error = Error(table.Read(0, 0, Start + WindowSpec.Hour), values);
        output.WriteLine($"{values} values: {error:P2}, {table.Bytes} bytes");
        Assert.InRange(error, -0.02, 0.02);
        Assert.InRange(table.Bytes, 0, 12_000_000);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void A_sliding_window_is_estimated_within_two_hundredths_while_traffic_swells_falls_and_repeats(ulong seed)
    {
        var table = Table();
        var lastSeen = new Dictionary<long, long>();
        var random = new Random((int)seed);
        double worst = 0, squares = 0;
        var asked = 0;
        for (var bucket = 0; bucket < 600; bucket++)
        {
            // From a thousand to sixteen thousand signals a minute and back, a third of them to values of before.
            var signals = 1_000 * (1 << (int)(2 + (2 * Math.Sin(bucket / 40.0))));
            for (var i = 0; i < signals; i++)
            {
                var value = random.Next(3) == 0 ? random.Next(200_000) : (bucket * 20_000L) + i;
                Apply(table, Start + (bucket * Bucket) + ((long)i * Bucket / signals), Value(seed, value));
                lastSeen[value] = bucket;
            }
            if (bucket % 10 != 9) continue;
            var exact = lastSeen.Values.Count(b => b >= bucket - 60);
            var error = Error(table.Read(0, 0, Start + (bucket * Bucket) + Bucket - 1), exact);
            worst = Math.Max(worst, Math.Abs(error));
            squares += error * error;
            asked++;
        }
        output.WriteLine($"worst {worst:P2}, root mean square {Math.Sqrt(squares / asked):P2}, {table.Bytes} bytes");
        Assert.InRange(worst, 0, 0.02);
        Assert.InRange(Math.Sqrt(squares / asked), 0, 0.008);
    }

    [Fact]
    public void A_calm_after_a_storm_is_exact_again()
    {
        var table = Table();
        for (var i = 0; i < 300_000; i++) Apply(table, Start + ((long)i * WindowSpec.Hour / 300_000), Value(21, i));
        var later = Start + (3 * WindowSpec.Hour);
        for (var i = 0; i < 5_000; i++) Apply(table, later + i, Value(22, i));
        Assert.Equal(5_000, table.Read(0, 0, later + 5_000));
        Assert.Equal(0, table.Read(0, 0, later + (2 * WindowSpec.Hour)));
        Assert.InRange(table.Bytes, 0, 6_000_000);
    }

    [Fact]
    public void The_order_of_arrival_does_not_change_an_estimate() => Gen.Select(Gen.ULong, Gen.Int[18_000, 60_000], Gen.Int[0, 1_000]).Sample(
        (seed, values, shuffle) =>
        {
            var (one, other) = (Table(), Table());
            var signals = Enumerable.Range(0, values)
                .Select(i => (At: Start + ((long)i * 2 * WindowSpec.Hour / values), Value: Value(seed, i % 5 == 0 ? i / 2 : i))).ToArray();
            foreach (var (at, value) in signals) Apply(one, at, value);
            new Random(shuffle).Shuffle(signals);
            foreach (var (at, value) in signals) Apply(other, at, value);
            for (var ago = 0L; ago <= Spec.Lateness; ago += Bucket)
                Assert.Equal(one.Read(0, 0, Start + (2 * WindowSpec.Hour) - ago), other.Read(0, 0, Start + (2 * WindowSpec.Hour) - ago));
        },
        iter: 15, threads: 1);

    private static WindowTable Table()
    {
        var table = new WindowTable(texts: false, WindowLimits.Default);
        table.AddWindow(Spec);
        return table;
    }

    private static void Apply(WindowTable table, long at, ulong hash) => table.Apply(0, 0, at, unchecked((long)hash), 0);

    private static ulong Value(ulong seed, long value) => KeyHash.Of(seed, (ulong)value);

    private static double Error(long answer, int exact) => (double)(answer - exact) / exact;
}
