using System.Buffers;
using Cordon.Engine.Rules;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// The windows of a part of all identifiers: a table for each space. It counts and answers what its own identifiers are
/// touched by, in the order of the journal, whatever other partitions do meanwhile. One thread at a time.
/// </summary>
internal sealed class WindowPartition
{
    // So many touches are looked ahead to, and again so many before: of more the first would have left the nearest cache before they are wanted.
    private const int LookAhead = 16;

    private readonly WindowTable?[] tables;

    /// <param name="tables">A table for each space of identifiers that has windows.</param>
    public WindowPartition(WindowTable?[] tables) => this.tables = tables;

    /// <summary>The tables, by space.</summary>
    public ReadOnlySpan<WindowTable?> Tables => tables;

    /// <summary>Counts a batch's touches and, where wanted, fills the slots of what is asked.</summary>
    /// <param name="touches">What is touched, in the order of the journal.</param>
    /// <param name="signals">The batch's signals.</param>
    /// <param name="ask">Whether the windows are asked.</param>
    /// <param name="clock">The newest event time at the batch's end; the smallest number where nothing was ever told.</param>
    public void Run(PartitionTouches touches, ReadOnlySpan<BatchSignal> signals, bool ask, long clock)
    {
        touches.FindRows(tables);
        var all = touches.All;
        var (rows, states) = (0, 0);
        for (var from = 0; from < all.Length;)
        {
            var until = from + 1;
            while (until < all.Length && all[until].Signal == all[from].Signal) until++;
            for (; rows < Math.Min(all.Length, until + (2 * LookAhead)); rows++) LookAheadToRow(ref all[rows], touches);
            for (; states < Math.Min(all.Length, until + LookAhead); states++) LookAheadToStates(all[states]);
            // A signal can touch one identifier by several paths, so each step is done for all of them before the next.
            Count(all[from..until], signals[all[from].Signal], ask);
            from = until;
        }
        foreach (var table in tables)
        {
            if (table is null) continue;
            if (clock != long.MinValue) table.Advance(clock);
            table.Sweep(touches.SweepRows);
        }
    }

    /// <summary>Puts saved tables in the place of empty ones, where they count the same windows.</summary>
    public void Load(ref SequenceReader<byte> from)
    {
        for (var space = 0; space < tables.Length; space++)
        {
            if (tables[space] is not { } empty) continue;
            var table = WindowTable.Load(ref from);
            if (!table.CountsAs(empty)) throw new FormatException("A snapshot's windows are others than its rulebook declares.");
            tables[space] = table;
        }
    }

    private void LookAheadToRow(ref Touch touch, PartitionTouches touches)
    {
        touch.Row = touches.NextRow(touch.Path);
        tables[(int)touch.Path.Space]!.PrefetchRow(touch.Row, touch.Path.Windows.AsSpan());
    }

    private void LookAheadToStates(in Touch touch) => tables[(int)touch.Path.Space]!.PrefetchStates(touch.Row, touch.Path.Windows.AsSpan());

    private void Count(ReadOnlySpan<Touch> touches, in BatchSignal signal, bool ask)
    {
        foreach (ref readonly var touch in touches)
        {
            var table = tables[(int)touch.Path.Space]!;
            table.Advance(signal.Clock);
            if (!ask) continue;
            foreach (var read in touch.Path.Before) Ask(read, table, touch.Row, signal);
        }
        foreach (ref readonly var touch in touches)
        {
            if (touch.Row < 0) continue;
            foreach (var feed in touch.Path.Feeds)
                if (signal.InCurrency || !feed.UsesMoney) Feed(feed, tables[(int)touch.Path.Space]!, touch.Row, signal);
        }
        if (!ask) return;
        foreach (ref readonly var touch in touches)
            foreach (var read in touch.Path.After) Ask(read, tables[(int)touch.Path.Space]!, touch.Row, signal);
    }

    private static void Feed(WindowFeed feed, WindowTable table, int row, in BatchSignal told)
    {
        var (signal, frame) = (told.Signal, told.Frame!);
        if (feed.Where is { } where && (!where(signal, frame, out var error) || error is not null)) return;
        if (feed.Real is { } real)
        {
            var value = real(signal, frame, out var fault);
            if (fault is null) table.ApplyReal(feed.Window.Number, row, signal.At.Micros, value, told.Tie);
            return;
        }
        var whole = 0L;
        if (feed.Whole is { } read)
        {
            whole = read(signal, frame, out var fault);
            if (fault is not null) return;
        }
        table.Apply(feed.Window.Number, row, signal.At.Micros, whole, told.Tie);
    }

    private static void Ask(WindowRead read, WindowTable table, int row, in BatchSignal told)
    {
        var (window, at) = (read.Window, told.Signal.At.Micros);
        ref var slot = ref told.Frame!.Numbers[read.Place];
        if (window.IsReal) slot = table.TryReadReal(window.Number, row, at, out var real) ? BitConverter.DoubleToInt64Bits(real) : read.Empty;
        else if (window.IsRounded) slot = table.TryReadReal(window.Number, row, at, out var mean) ? (long)Math.Round(mean) : read.Empty;
        else slot = table.TryRead(window.Number, row, at, out var whole) ? window.Bounded(whole) : read.Empty;
    }
}
