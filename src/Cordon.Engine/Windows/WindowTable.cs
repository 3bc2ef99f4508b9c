using System.Buffers;

namespace Cordon.Engine.Windows;

/// <summary>Bounds of a table's memory and time.</summary>
/// <param name="MaxRows">Identifiers kept at most; the most idle of a sample makes room.</param>
/// <param name="Future">Microseconds by which a signal may lie after the table's clock; one beyond is refused and counted.</param>
internal sealed record WindowLimits(int MaxRows, long Future)
{
    public static WindowLimits Default { get; } = new(IdentifierIndex.MaxRows, WindowSpec.Hour);
}

/// <summary>The sliding windows of one space of identifiers (lines, accounts, persons, ...).</summary>
internal sealed class WindowTable
{
    public WindowTable(bool texts, WindowLimits limits)
    {
        Index = new IdentifierIndex(texts);
        Limits = limits;
    }

    /// <summary>The identifiers. Rows are given by <see cref="Intern"/> and hold until the next Intern or Sweep.</summary>
    public IdentifierIndex Index { get; }

    public WindowLimits Limits { get; }

    public int WindowCount { get; private set; }

    /// <summary>The latest instant the host has told: see <see cref="Advance"/>. long.MinValue before.</summary>
    public long Clock { get; private set; } = long.MinValue;

    /// <summary>Identifiers dropped because they were idle or had to make room.</summary>
    public long Evicted { get; private set; }

    /// <summary>Signals not taken because they came after their bucket was let go.</summary>
    public long TooLate { get; private set; }

    /// <summary>Signals not taken because they lie too far after the clock.</summary>
    public long TooEarly { get; private set; }

    /// <summary>Bytes held by the table and its index.</summary>
    public long Bytes => Index.Bytes;

    /// <summary>Adds a window, empty for every identifier, and gives its number: 0, 1, ... Throws <see cref="ArgumentException"/> on a faulty spec.</summary>
    public int AddWindow(WindowSpec spec) => throw new NotSupportedException();

    /// <summary>
    /// Moves the clock on, never back. It must be the same value in every partition at the same place of the journal:
    /// the newest accepted event time, or the time of the journal's tick.
    /// </summary>
    public void Advance(long clockMicros) => throw new NotSupportedException();

    /// <summary>Rows of a batch, -1 where an identifier is not known (which reads as empty).</summary>
    public void Find(KeyBatch batch, Span<int> rows) => Index.Find(batch, rows);

    /// <summary>Rows of a batch, given where missing; room is made first. Earlier rows no longer hold.</summary>
    public void Intern(KeyBatch batch, Span<int> rows) => throw new NotSupportedException();

    /// <summary>Asks the memory for what these rows' windows lie in, so that applying and reading soon does not wait for each.</summary>
    public void Prefetch(ReadOnlySpan<int> rows) => throw new NotSupportedException();

    /// <summary>Drops idle identifiers among the next <paramref name="rows"/> rows of the table. Call once a step with a small number.</summary>
    public void Sweep(int rows) => throw new NotSupportedException();

    /// <summary>
    /// Counts a signal. <paramref name="value"/> by the window's kind: whole number, hash, 0 or 1, or ignored.
    /// <paramref name="tie"/> orders signals of one instant (a hash of kind, member and id). A row of -1 is ignored.
    /// </summary>
    public void Apply(int window, int row, long atMicros, long value, ulong tie) => throw new NotSupportedException();

    /// <summary>Counts a signal of a window fed with real numbers.</summary>
    public void ApplyReal(int window, int row, long atMicros, double value, ulong tie) => throw new NotSupportedException();

    /// <summary>The window's answer at an instant; false where there is none (min, max, last, first seen, gap, average, share of nothing).</summary>
    public bool TryRead(int window, int row, long atMicros, out long value) => throw new NotSupportedException();

    /// <summary>The same as a real number: needed for average, share and windows fed with real numbers.</summary>
    public bool TryReadReal(int window, int row, long atMicros, out double value) => throw new NotSupportedException();

    /// <summary>The answer, 0 where there is none.</summary>
    public long Read(int window, int row, long atMicros) => TryRead(window, row, atMicros, out var value) ? value : 0;

    /// <summary>The answer, 0 where there is none.</summary>
    public double ReadReal(int window, int row, long atMicros) => TryReadReal(window, row, atMicros, out var value) ? value : 0;

    /// <summary>Writes everything that later answers depend on.</summary>
    public void Save(IBufferWriter<byte> writer) => throw new NotSupportedException();

    /// <summary>Reads what Save wrote: the same calls then give the same answers, and the same later Save the same bytes. Throws <see cref="FormatException"/> on anything else.</summary>
    public static WindowTable Load(ref SequenceReader<byte> reader) => throw new NotSupportedException();
}
