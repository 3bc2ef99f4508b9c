using System.Runtime.CompilerServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Windows;

/// <summary>Bounds of a table in memory and time.</summary>
/// <param name="MaxRows">Identifiers kept at most; the most idle of a sample makes room.</param>
/// <param name="Future">Microseconds by which a signal may lie after the table's clock; one beyond is refused and counted.</param>
internal sealed record WindowLimits(int MaxRows, long Future)
{
    public static WindowLimits Default { get; } = new(IdentifierIndex.MaxRows, WindowSpec.Hour);
}

/// <summary>
/// The sliding windows of one space of identifiers (lines, accounts, persons, ...). A window's state is a function of
/// the set of signals counted, not of their order; see docs/reference/windows.md for what is counted and when.
/// Nothing but the sequence of calls decides an answer. Not safe for two threads at once.
/// </summary>
internal sealed partial class WindowTable
{
    // Of so many identifiers in a row the most idle makes room.
    private const int Sample = 16;

    // A block of more lines belongs to a busy identifier, whose lines are near anyway.
    private const int LinesAhead = 3;
    private const int WordsOfLine = 8;

    private readonly WordArena arena = new();
    private readonly SketchRoom room = new();
    private readonly CellList lists;
    private readonly WindowRows rows = new();
    private WindowShape[] shapes = [];
    private DistinctValues?[] distinct = [];
    private long horizon;
    private int hand;

    public WindowTable(bool texts, WindowLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxRows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(limits.Future);
        lists = new CellList(arena);
        Index = new IdentifierIndex(texts);
        Limits = limits;
    }

    /// <summary>The identifiers. Rows are given by <see cref="Intern"/> and hold until the next Intern or Sweep.</summary>
    public IdentifierIndex Index { get; }

    public WindowLimits Limits { get; }

    public int WindowCount => shapes.Length;

    /// <summary>The latest instant the host has told: see <see cref="Advance"/>; <see cref="long.MinValue"/> before.</summary>
    public long Clock { get; private set; } = long.MinValue;

    /// <summary>Identifiers dropped because they were idle or had to make room.</summary>
    public long Evicted { get; private set; }

    /// <summary>Signals not counted because their bucket was let go before: their number by windows.</summary>
    public long TooLate { get; private set; }

    /// <summary>Signals not counted because they lie too far after the clock: their number by windows.</summary>
    public long TooEarly { get; private set; }

    /// <summary>Bytes of all arrays of the table and its index.</summary>
    public long Bytes
    {
        get
        {
            var bytes = arena.Bytes + room.Bytes + rows.Bytes + Index.Bytes;
            foreach (var values in distinct) bytes += values?.Bytes ?? 0;
            return bytes;
        }
    }

    /// <summary>Adds a window, empty for every identifier, and gives its number: 0, 1, ... Throws <see cref="ArgumentException"/> on a faulty spec.</summary>
    public int AddWindow(WindowSpec spec)
    {
        var shape = new WindowShape(spec);
        rows.AddWindow();
        shapes = [.. shapes, shape];
        distinct = [.. distinct, spec.Measure == WindowMeasure.Distinct ? new DistinctValues(shape, arena, room) : null];
        horizon = Math.Max(horizon, shape.Horizon);
        return shapes.Length - 1;
    }

    /// <summary>
    /// Moves the clock on, never back. Signals are refused beyond it, and identifiers are idle by it, so it must be the
    /// same value in every partition at the same place of the journal: the newest event time accepted, or a journal tick.
    /// Until it is first told nothing is refused as too early and nobody is idle.
    /// </summary>
    public void Advance(long clockMicros) =>
        Clock = Math.Max(Clock, Math.Clamp(clockMicros, Instant.Min.Micros, Instant.Max.Micros));

    /// <summary>Rows of a batch, -1 where an identifier is not known, which reads as empty.</summary>
    public void Find(KeyBatch batch, Span<int> found) => Index.Find(batch, found);

    /// <summary>Rows of a batch, given where missing, -1 for an absent identifier. Room is made first: rows of before no longer hold.</summary>
    public void Intern(KeyBatch batch, Span<int> found)
    {
        if ((long)Index.Count + batch.Count > Limits.MaxRows)
        {
            Index.Find(batch, found);
            MakeRoom(found[..batch.Count].Count(-1));
        }
        Index.Intern(batch, found);
        rows.Ensure(Index.Rows);
    }

    /// <summary>
    /// Asks ahead for what the given windows of these rows lie in, so that applying and reading soon wait for little.
    /// Some 32 rows at once do best: of many more the first have left the nearest cache again when they are wanted.
    /// </summary>
    public void Prefetch(ReadOnlySpan<int> wanted, ReadOnlySpan<int> windows)
    {
        foreach (var row in wanted) PrefetchRow(row, windows);
        foreach (var row in wanted) PrefetchStates(row, windows);
    }

    /// <summary>Asks for what tells where a row's windows lie: the first of two steps, the second a little later.</summary>
    public void PrefetchRow(int row, ReadOnlySpan<int> windows)
    {
        if (IsHeld(row)) rows.LookAheadTo(row, windows);
    }

    /// <summary>Asks for what the windows of a row lie in.</summary>
    public void PrefetchStates(int row, ReadOnlySpan<int> windows)
    {
        if (!IsHeld(row)) return;
        foreach (var window in windows) LookAheadTo(new StateRef(rows.State(row, window)));
    }

    /// <summary>Drops the idle among the next so many rows of the table. Called once a step with a small number.</summary>
    public void Sweep(int count)
    {
        for (var left = Math.Min(count, Index.Rows); left > 0; left--)
        {
            var row = Next();
            if (Index.IsLive(row) && IsIdle(row)) Evict(row);
        }
    }

    /// <summary>
    /// Counts a signal. <paramref name="value"/> by the window's kind: whole number, hash, 0 or 1, or ignored.
    /// <paramref name="tie"/> orders signals of one instant: a hash of kind, member and id. A row of -1 is ignored.
    /// </summary>
    public void Apply(int window, int row, long atMicros, long value, ulong tie)
    {
        if (row < 0) return;
        if (Clock != long.MinValue && atMicros - Limits.Future > Clock)
        {
            TooEarly++;
            return;
        }
        rows.Ensure(row + 1);
        var newest = rows.Newest(row);
        // What a sweep may have dropped by now must be gone whether it came by or not.
        if (newest != WindowRows.Never && IsIdle(row)) Clear(row);
        if (atMicros > rows.Newest(row)) rows.SetNewest(row, atMicros);
        var shape = shapes[window];
        var bucket = shape.BucketOf(atMicros);
        ref var state = ref rows.State(row, window);
        var taken = distinct[window] is { } values
            ? values.Apply(ref state, bucket, unchecked((ulong)value))
            : lists.Apply(shape, ref state, new CellSignal(bucket, shape.OffsetOf(atMicros, bucket), value, tie));
        if (!taken) TooLate++;
    }

    /// <summary>Counts a signal of a window fed with real numbers. What is not a number is not counted.</summary>
    public void ApplyReal(int window, int row, long atMicros, double value, ulong tie)
    {
        if (!double.IsNaN(value)) Apply(window, row, atMicros, RealValue.ToState(shapes[window].Spec.Measure, value), tie);
    }

    /// <summary>
    /// The window's answer at an instant, rounded and saturated where it is none of 64 bits. False where there is none:
    /// the smallest, largest, average, share, last, first seen and gap of nothing.
    /// </summary>
    public bool TryRead(int window, int row, long atMicros, out long value)
    {
        var answer = Answer(window, row, atMicros);
        value = 0;
        if (!answer.Found) return false;
        var spec = shapes[window].Spec;
        value = spec.Value == WindowValue.Real ? ToWhole(RealValue.FromState(spec.Measure, answer)) : answer.ToWhole();
        return true;
    }

    /// <summary>The same as a real number: for average, share and windows fed with real numbers.</summary>
    public bool TryReadReal(int window, int row, long atMicros, out double value)
    {
        var answer = Answer(window, row, atMicros);
        value = 0;
        if (!answer.Found) return false;
        var spec = shapes[window].Spec;
        value = spec.Value == WindowValue.Real ? RealValue.FromState(spec.Measure, answer) : answer.ToReal();
        return true;
    }

    /// <summary>The answer, 0 where there is none.</summary>
    public long Read(int window, int row, long atMicros) => TryRead(window, row, atMicros, out var value) ? value : 0;

    /// <summary>The answer, 0 where there is none.</summary>
    public double ReadReal(int window, int row, long atMicros) => TryReadReal(window, row, atMicros, out var value) ? value : 0;

    /// <summary>The declaration of a window.</summary>
    public WindowSpec SpecOf(int window) => shapes[window].Spec;

    private WindowAnswer Answer(int window, int row, long at)
    {
        var state = IsHeld(row) && !IsIdle(row) ? new StateRef(rows.State(row, window)) : default;
        return distinct[window] is { } values ? values.Read(state, at) : WindowAnswer.Of(shapes[window], lists, state, at);
    }

    private bool IsHeld(int row) => row >= 0 && row < rows.Count;

    private bool IsIdle(int row) => Clock != long.MinValue && rows.Newest(row) < Clock - horizon;

    private void LookAheadTo(StateRef state)
    {
        if (state.IsEmpty || state.IsSketch) return;
        var lines = Math.Min(LinesAhead, 1 + (WordArena.SizeOf(state.SizeClass) / WordsOfLine));
        for (var line = 0; line < lines; line++) LookAhead.To(ref Unsafe.Add(ref arena.At(state.Handle), line * WordsOfLine));
    }

    private int Next()
    {
        if (hand >= Index.Rows) hand = 0;
        return hand++;
    }

    private void MakeRoom(int needed)
    {
        while (Index.Count > 0 && Index.Count + needed > Limits.MaxRows)
        {
            var idlest = -1;
            for (var seen = 0; seen < Sample && (seen < Index.Count || idlest < 0); seen++)
            {
                var row = Next();
                if (!Index.IsLive(row)) seen--;
                else if (idlest < 0 || rows.Newest(row) < rows.Newest(idlest)) idlest = row;
            }
            Evict(idlest);
        }
    }

    private void Evict(int row)
    {
        Clear(row);
        Index.Remove(row);
        Evicted++;
    }

    private void Clear(int row)
    {
        var states = rows.States(row);
        for (var window = 0; window < states.Length; window++)
        {
            var state = new StateRef(states[window]);
            states[window] = 0;
            if (state.IsEmpty) continue;
            if (distinct[window] is { } values) values.Free(state);
            else lists.Free(state);
        }
        rows.SetNewest(row, WindowRows.Never);
    }

    private static long ToWhole(double value) =>
        value >= long.MaxValue ? long.MaxValue : value <= long.MinValue ? long.MinValue : (long)Math.Round(value, MidpointRounding.AwayFromZero);
}
