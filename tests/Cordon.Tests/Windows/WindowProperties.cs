using Cordon.Engine.Windows;
using CsCheck;

namespace Cordon.Tests.Windows;

public sealed class WindowProperties
{
    private static readonly long[] Lengths =
        [WindowSpec.Second, 7 * WindowSpec.Second, 61 * WindowSpec.Minute, WindowSpec.Day, 90 * WindowSpec.Day, 1_001 * WindowSpec.Millisecond];

    private static readonly long[] Starts = [1_772_352_000_000_000, 0, -86_400_000_000 * 400, 1_772_352_000_123_457];

    private static readonly (WindowMeasure Measure, WindowValue Value)[] Measures =
    [
        (WindowMeasure.Count, WindowValue.None), (WindowMeasure.Sum, WindowValue.Whole), (WindowMeasure.Average, WindowValue.Whole),
        (WindowMeasure.Min, WindowValue.Whole), (WindowMeasure.Max, WindowValue.Whole), (WindowMeasure.Distinct, WindowValue.Hash),
        (WindowMeasure.Share, WindowValue.Truth), (WindowMeasure.Last, WindowValue.Whole), (WindowMeasure.FirstSeen, WindowValue.None),
        (WindowMeasure.Gap, WindowValue.None),
    ];

    private static readonly Gen<long> Values = Gen.OneOf(
        Gen.Long[-3, 3], Gen.Long[-3, 3], Gen.Long[0, 1_000_000], Gen.Const(long.MaxValue), Gen.Const(long.MinValue), Gen.Long);

    private static readonly Gen<Life> Lives = Gen.Select(
        Gen.Int[0, Measures.Length - 1], Gen.Int[0, Lengths.Length - 1], Gen.Int[0, Starts.Length - 1],
        Gen.Select(Gen.Int[0, 180_000], Values, Gen.ULong[0, 3], (place, value, tie) => (place, value, tie)).Array[1, 90],
        Gen.Int[0, 10_000], Gen.Int[1, 300_000],
        (measure, length, start, signals, seed, spread) => new Life(measure, length, start, signals, seed, spread));

    [Fact]
    public void Every_measure_answers_by_its_definition_in_any_order_of_arrival() => Lives.Sample(
        life =>
        {
            var spec = life.Spec;
            var (table, slow) = (new WindowTable(texts: false, WindowLimits.Default), new SlowWindow(spec));
            table.AddWindow(spec);
            var random = new Random(life.Seed);
            var signals = life.Signals();
            random.Shuffle(signals);
            foreach (var signal in signals)
            {
                slow.Add(signal);
                table.Apply(0, 0, signal.At, signal.Value, signal.Tie);
                // Within the lateness before the newest signal, at it, a little and much later.
                AssertAnswers(table, slow, slow.Newest - (long)(random.NextDouble() * spec.Lateness));
                AssertAnswers(table, slow, slow.Newest);
                AssertAnswers(table, slow, slow.Newest + (long)(random.NextDouble() * random.NextDouble() * 1.2 * spec.Over));
            }
        },
        iter: 3_000);

    [Fact]
    public void A_window_is_never_shorter_than_declared_and_at_most_a_sixtieth_longer() => Lives.Sample(
        life =>
        {
            var spec = WindowSpec.Of(WindowMeasure.Count, WindowValue.None, Lengths[life.Length]);
            var (table, slow) = (new WindowTable(texts: false, WindowLimits.Default), new SlowWindow(spec));
            table.AddWindow(spec);
            foreach (var signal in life.Signals())
            {
                slow.Add(signal);
                table.Apply(0, 0, signal.At, 0, 0);
            }
            var random = new Random(life.Seed);
            for (var i = 0; i < 40; i++)
            {
                var at = slow.Newest + (long)(random.NextDouble() * 1.2 * spec.Over);
                // The edge may lie between two microseconds: the longer bound is rounded outwards.
                Assert.InRange(table.Read(0, 0, at), slow.CountBetween(at - spec.Over, at), slow.CountBetween(at - spec.Over - (spec.Over / 60) - 1, at));
                var late = slow.Newest - (long)(random.NextDouble() * spec.Lateness);
                Assert.InRange(
                    table.Read(0, 0, late), slow.CountBetween(late - spec.Over, late),
                    slow.CountBetween(late - spec.Over - (spec.Over / 60) - 1, late + (spec.Over / 60) + 1));
            }
        },
        iter: 1_000);

    [Fact]
    public void A_burst_lies_between_the_largest_counts_of_five_sixths_of_its_slice_and_of_the_whole() =>
        Gen.Select(Lives, Gen.Int[1, 288], Gen.Bool).Sample(
            (life, slices, longSlice) =>
            {
                var over = Lengths[life.Length];
                var slice = Math.Max(WindowSpec.MinSlice, over / (longSlice ? 1 + (slices % 5) : slices) / WindowSpec.Millisecond * WindowSpec.Millisecond);
                if (over / slice > WindowSpec.MaxSlices) slice += WindowSpec.Millisecond;
                var spec = WindowSpec.Of(WindowMeasure.Burst, WindowValue.None, over, slice);
                var (table, slow) = (new WindowTable(texts: false, WindowLimits.Default), new SlowWindow(spec));
                table.AddWindow(spec);
                var random = new Random(life.Seed);
                var signals = life.Signals();
                random.Shuffle(signals);
                foreach (var signal in signals)
                {
                    slow.Add(signal);
                    table.Apply(0, 0, signal.At, 0, 0);
                }
                for (var i = 0; i < 5; i++)
                {
                    var at = slow.Newest + (long)(random.NextDouble() * 1.2 * over);
                    Assert.InRange(
                        table.Read(0, 0, at), slow.LargestWithin((slice * 5 / 6) - 1, at - over, at),
                        slow.LargestWithin(slice, at - over - (over / 60) - 1, at));
                }
            },
            iter: 1_000);

    [Fact]
    public void Real_numbers_add_up_the_same_in_any_order() => Gen.Select(Gen.Double[-1e9, 1e9].Array[1, 50], Gen.Int[0, 1_000]).Sample(
        (values, seed) =>
        {
            var (one, other) = (Table(), Table());
            var shuffled = values.ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var value in values) Apply(one, value);
            foreach (var value in shuffled) Apply(other, value);
            for (var window = 0; window < 4; window++)
                Assert.Equal(one.ReadReal(window, 0, 1), other.ReadReal(window, 0, 1));
            Assert.Equal(values.Sum(), one.ReadReal(0, 0, 1), values.Length * 1e-6);
            Assert.Equal(values.Average(), one.ReadReal(1, 0, 1), 1e-6);
            Assert.Equal(values.Min(), one.ReadReal(2, 0, 1));
            Assert.Equal(values.Max(), one.ReadReal(3, 0, 1));

            static WindowTable Table()
            {
                var table = new WindowTable(texts: false, WindowLimits.Default);
                foreach (var measure in new[] { WindowMeasure.Sum, WindowMeasure.Average, WindowMeasure.Min, WindowMeasure.Max })
                    table.AddWindow(WindowSpec.Of(measure, WindowValue.Real, WindowSpec.Hour));
                return table;
            }

            static void Apply(WindowTable table, double value)
            {
                for (var window = 0; window < 4; window++) table.ApplyReal(window, 0, 0, value, 0);
            }
        },
        iter: 500);

    private static void AssertAnswers(WindowTable table, SlowWindow slow, long at)
    {
        var expected = slow.Answer(at);
        var found = table.TryRead(0, 0, at, out var value);
        Assert.Equal(expected, found ? value : null);
    }

    /// <summary>One identifier's signals over a few windows' length; a narrow spread puts many into one bucket.</summary>
    private sealed record Life(int Measure, int Length, int Start, (int Place, long Value, ulong Tie)[] Places, int Seed, int Spread)
    {
        public WindowSpec Spec => WindowSpec.Of(Measures[Measure].Measure, Measures[Measure].Value, Lengths[Length]);

        public SlowSignal[] Signals() =>
            [.. Places.Select(p => new SlowSignal(Starts[Start] + (long)((Int128)Lengths[Length] * (p.Place % Spread) / 60_000), Fitting(p.Value), p.Tie))];

        public override string ToString() => $"{Spec} from {Starts[Start]}, seed {Seed}: {string.Join(", ", Signals())}";

        private long Fitting(long value) => Measures[Measure].Value == WindowValue.Truth ? Math.Abs(value % 2) : value;
    }
}
