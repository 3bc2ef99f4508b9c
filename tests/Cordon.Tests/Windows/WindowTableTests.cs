using System.Buffers;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;
using CsCheck;

namespace Cordon.Tests.Windows;

public sealed class WindowTableTests
{
    private const long Start = 1_772_352_000_000_000;

    [Fact]
    public void One_signal_dated_far_ahead_is_refused_and_wipes_nothing()
    {
        var table = Table(WindowLimits.Default, WindowSpec.Of(WindowMeasure.Count, WindowValue.None, WindowSpec.Day));
        table.Advance(Start);
        for (var i = 0; i < 10; i++) table.Apply(0, 0, Start + i, 0, 0);
        table.Apply(0, 0, Start + (73 * 365 * WindowSpec.Day), 0, 0);
        table.Apply(0, 0, Instant.Max.Micros, 0, 0);
        Assert.Equal(2, table.TooEarly);
        Assert.Equal(10, table.Read(0, 0, Start + WindowSpec.Hour));
        table.Advance(Start + WindowSpec.Hour);
        table.Apply(0, 0, Start + WindowSpec.Hour, 0, 0);
        Assert.Equal(11, table.Read(0, 0, Start + WindowSpec.Hour));
    }

    [Fact]
    public void A_signal_older_than_window_and_lateness_is_not_counted_and_told()
    {
        var table = Table(WindowLimits.Default, WindowSpec.Of(WindowMeasure.Count, WindowValue.None, WindowSpec.Hour));
        table.Apply(0, 0, Start, 0, 0);
        table.Apply(0, 0, Start - (2 * WindowSpec.Hour), 0, 0);
        Assert.Equal(1, table.TooLate);
        Assert.Equal(1, table.Read(0, 0, Start));
        Assert.Equal(0, table.Read(0, 0, Start - (2 * WindowSpec.Hour)));
    }

    [Fact]
    public void An_unknown_identifier_reads_as_empty_and_an_absent_one_counts_nothing()
    {
        var table = Table(WindowLimits.Default, WindowSpec.Of(WindowMeasure.Sum, WindowValue.Whole, WindowSpec.Hour), WindowSpec.Of(WindowMeasure.Min, WindowValue.Whole, WindowSpec.Hour));
        table.Apply(0, -1, Start, 5, 0);
        Assert.True(table.TryRead(0, -1, Start, out var sum));
        Assert.Equal(0, sum);
        Assert.False(table.TryRead(1, -1, Start, out _));
        Assert.False(table.TryRead(1, 5_000_000, Start, out _));
        Assert.Equal(0, table.TooLate + table.TooEarly);
    }

    [Fact]
    public void A_sum_beyond_64_bits_is_told_as_the_largest_number_and_comes_back_exactly()
    {
        var table = Table(WindowLimits.Default, WindowSpec.Of(WindowMeasure.Sum, WindowValue.Whole, WindowSpec.Hour), WindowSpec.Of(WindowMeasure.Average, WindowValue.Whole, WindowSpec.Hour));
        for (var window = 0; window < 2; window++)
        {
            for (var i = 0; i < 3; i++) table.Apply(window, 0, Start, long.MaxValue, 0);
        }
        Assert.Equal(long.MaxValue, table.Read(0, 0, Start));
        Assert.Equal(long.MaxValue, table.Read(1, 0, Start));
        for (var i = 0; i < 2; i++) table.Apply(0, 0, Start, -long.MaxValue, 0);
        table.Apply(0, 0, Start, -7, 0);
        Assert.Equal(long.MaxValue - 7, table.Read(0, 0, Start));
    }

    [Fact]
    public void Idle_identifiers_are_swept_their_rows_given_again_and_nobody_can_tell()
    {
        var spec = WindowSpec.Of(WindowMeasure.Count, WindowValue.None, WindowSpec.Hour);
        var (swept, kept) = (Table(WindowLimits.Default, spec), Table(WindowLimits.Default, spec));
        foreach (var table in new[] { swept, kept })
        {
            table.Advance(Start);
            Tell(table, 0, 1_000, Start);
            table.Advance(Start + (2 * WindowSpec.Hour));
            Tell(table, 500, 1_000, Start + (2 * WindowSpec.Hour));
        }
        swept.Sweep(1_000);
        Assert.Equal(500, swept.Evicted);
        Assert.Equal(500, swept.Index.Count);
        Assert.Equal(0, kept.Evicted);
        for (var number = 0; number < 1_000; number++)
            for (var at = Start - WindowSpec.Hour; at <= Start + (3 * WindowSpec.Hour); at += WindowSpec.Hour / 2)
                Assert.Equal(Read(kept, number, at), Read(swept, number, at));
        Tell(swept, 2_000, 2_500, Start + (2 * WindowSpec.Hour));
        Assert.Equal(1_000, swept.Index.Rows);
    }

    [Fact]
    public void A_full_table_drops_the_idlest_it_finds_and_counts_them()
    {
        var table = Table(WindowLimits.Default with { MaxRows = 100 }, WindowSpec.Of(WindowMeasure.Count, WindowValue.None, WindowSpec.Day));
        for (var number = 0; number < 100; number++) Tell(table, number, number + 1, Start + number);
        Tell(table, 0, 1, Start + 1_000);
        Tell(table, 100, 110, Start + 1_001);
        Assert.Equal(10, table.Evicted);
        Assert.Equal(100, table.Index.Count);
        Assert.Equal(2, Read(table, 0, Start + 2_000));
        Assert.Equal(1, Read(table, 109, Start + 2_000));
        Assert.Equal(0, Read(table, 1, Start + 2_000));
    }

    [Fact]
    public void A_window_added_later_begins_empty_and_disturbs_none()
    {
        var table = Table(WindowLimits.Default, WindowSpec.Of(WindowMeasure.Count, WindowValue.None, WindowSpec.Day));
        Tell(table, 0, 5_000, Start);
        var added = table.AddWindow(WindowSpec.Of(WindowMeasure.Max, WindowValue.Whole, WindowSpec.Day));
        Assert.Equal(1, added);
        Assert.False(table.TryRead(added, 4_999, Start, out _));
        table.Apply(added, 4_999, Start, 9, 0);
        Assert.Equal(9, table.Read(added, 4_999, Start));
        Assert.Equal(1, table.Read(0, 4_999, Start));
    }

    [Theory]
    [InlineData(WindowMeasure.Count, WindowValue.Whole, WindowSpec.Hour, 0, 0)]
    [InlineData(WindowMeasure.Count, WindowValue.None, WindowSpec.Second - 1_000, 0, 0)]
    [InlineData(WindowMeasure.Count, WindowValue.None, (90 * WindowSpec.Day) + 1_000, 0, 0)]
    [InlineData(WindowMeasure.Count, WindowValue.None, WindowSpec.Hour + 1, 0, 0)]
    [InlineData(WindowMeasure.Count, WindowValue.None, WindowSpec.Hour, 0, WindowSpec.Day)]
    [InlineData(WindowMeasure.Count, WindowValue.None, WindowSpec.Hour, WindowSpec.Minute, 0)]
    [InlineData(WindowMeasure.Burst, WindowValue.None, WindowSpec.Hour, 0, 0)]
    [InlineData(WindowMeasure.Burst, WindowValue.None, WindowSpec.Day, WindowSpec.Minute, 0)]
    [InlineData(WindowMeasure.Share, WindowValue.Real, WindowSpec.Hour, 0, 0)]
    internal void A_faulty_declaration_is_refused(WindowMeasure measure, WindowValue value, long over, long slice, long lateness)
    {
        var spec = new WindowSpec(measure, value, over, slice, lateness);
        Assert.NotNull(spec.Fault());
        Assert.Throws<ArgumentException>(() => new WindowTable(texts: false, WindowLimits.Default).AddWindow(spec));
    }

    [Fact]
    public void A_loaded_table_answers_as_the_saved_one_and_saves_the_same_again() => Gen.Select(Gen.Int, Gen.Int[1, 4_000], Gen.Bool).Sample(
        (seed, signals, texts) =>
        {
            var saved = new WindowTable(texts, WindowLimits.Default with { MaxRows = 60 });
            foreach (var spec in Specs) saved.AddWindow(spec);
            var before = new TableLife(seed, texts);
            for (var i = 0; i < signals; i++) before.Step(saved);
            var first = Save(saved);
            var loaded = Load(first);
            Assert.Equal(first, Save(loaded));
            var (one, other) = (before with { }, before with { });
            for (var i = 0; i < 500; i++) Assert.Equal(one.Step(saved), other.Step(loaded));
            Assert.Equal(Save(saved), Save(loaded));
        },
        iter: 60);

    [Fact]
    public void A_loaded_sketch_answers_as_the_saved_one()
    {
        var saved = Table(WindowLimits.Default, WindowSpec.Of(WindowMeasure.Distinct, WindowValue.Hash, WindowSpec.Hour));
        Tell(saved, 7, 8, Start);
        for (var i = 0; i < 100_000; i++) saved.Apply(0, 0, Start + (i * 30_000L), unchecked((long)KeyHash.Of(1, (ulong)i)), 0);
        var first = Save(saved);
        var loaded = Load(first);
        Assert.Equal(first, Save(loaded));
        for (var i = 100_000; i < 250_000; i++)
        {
            foreach (var table in new[] { saved, loaded }) table.Apply(0, 0, Start + (i * 30_000L), unchecked((long)KeyHash.Of(1, (ulong)i)), 0);
            if (i % 5_000 == 0) Assert.Equal(saved.Read(0, 0, Start + (i * 30_000L)), loaded.Read(0, 0, Start + (i * 30_000L)));
        }
        Assert.Equal(Save(saved), Save(loaded));
    }

    [Fact]
    public void A_cut_or_altered_snapshot_is_refused_or_loads_as_another_but_never_crashes() => Gen.Select(Gen.Int, Gen.Int[0, 1_000_000], Gen.Byte, Gen.Bool).Sample(
        (seed, place, value, cut) =>
        {
            var table = new WindowTable(texts: false, WindowLimits.Default);
            foreach (var spec in Specs) table.AddWindow(spec);
            var life = new TableLife(seed, Texts: false);
            for (var i = 0; i < 50; i++) life.Step(table);
            var bytes = Save(table);
            if (cut) bytes = bytes[..(place % bytes.Length)];
            else bytes[place % bytes.Length] = value;
            try
            {
                var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(bytes));
                WindowTable.Load(ref reader);
            }
            catch (FormatException)
            {
                return;
            }
            Assert.False(cut);
        },
        iter: 2_000);

    internal static readonly WindowSpec[] Specs =
    [
        WindowSpec.Of(WindowMeasure.Count, WindowValue.None, WindowSpec.Hour),
        WindowSpec.Of(WindowMeasure.Sum, WindowValue.Whole, WindowSpec.Day),
        WindowSpec.Of(WindowMeasure.Average, WindowValue.Real, 10 * WindowSpec.Minute),
        WindowSpec.Of(WindowMeasure.Distinct, WindowValue.Hash, WindowSpec.Day),
        WindowSpec.Of(WindowMeasure.Share, WindowValue.Truth, WindowSpec.Hour),
        WindowSpec.Of(WindowMeasure.Last, WindowValue.Whole, 7 * WindowSpec.Day),
        WindowSpec.Of(WindowMeasure.FirstSeen, WindowValue.None, 30 * WindowSpec.Day),
        WindowSpec.Of(WindowMeasure.Burst, WindowValue.None, WindowSpec.Day, 10 * WindowSpec.Minute),
    ];

    internal static byte[] Save(WindowTable table)
    {
        var writer = new ArrayBufferWriter<byte>();
        table.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    private static WindowTable Load(byte[] bytes)
    {
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(bytes));
        var table = WindowTable.Load(ref reader);
        Assert.True(reader.End);
        return table;
    }

    private static WindowTable Table(WindowLimits limits, params WindowSpec[] specs)
    {
        var table = new WindowTable(texts: false, limits);
        foreach (var spec in specs) table.AddWindow(spec);
        return table;
    }

    private static void Tell(WindowTable table, int from, int to, long at)
    {
        var batch = new KeyBatch();
        for (var number = from; number < to; number++) batch.AddNumber(0, (ulong)number, 0);
        var rows = new int[batch.Count];
        table.Intern(batch, rows);
        table.Prefetch(rows, [0]);
        foreach (var row in rows) table.Apply(0, row, at, 0, 0);
    }

    private static long Read(WindowTable table, int number, long at)
    {
        var batch = new KeyBatch();
        batch.AddNumber(0, (ulong)number, 0);
        var rows = new int[1];
        table.Find(batch, rows);
        return table.Read(0, rows[0], at);
    }
}
