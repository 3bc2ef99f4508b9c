using Cordon.Engine.Rules;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>A signal and one of the identifiers it leads to.</summary>
internal struct Touch
{
    /// <summary>The signal's place in the batch.</summary>
    public int Signal;

    /// <summary>The identifier's row; -1 where it has none.</summary>
    public int Row;

    /// <summary>How the signal leads to it.</summary>
    public IdentifierPath Path;
}

/// <summary>
/// What a batch of signals touches in one partition, in the order of the journal. Rows are found for all of it at once,
/// because waiting for the memory together is cheaper than each time. It keeps its room, so that a batch allocates nothing.
/// </summary>
internal sealed class PartitionTouches
{
    private readonly Lookup[] lookups = new Lookup[2 * WindowSpaces.Count];
    private Touch[] touches = new Touch[64];
    private int count;

    public PartitionTouches()
    {
        for (var i = 0; i < lookups.Length; i++) lookups[i] = new Lookup();
    }

    /// <summary>The touches.</summary>
    public Span<Touch> All => touches.AsSpan(0, count);

    /// <summary>How many rows a table is swept of: twice as many as could have been given now, so that the idle never heap up.</summary>
    public int SweepRows => 2 * count;

    /// <summary>Adds a touch.</summary>
    /// <param name="signal">The signal's place in the batch.</param>
    /// <param name="path">How it leads to the identifier.</param>
    /// <param name="keys">Holds the identifier, and nothing else.</param>
    public void Add(int signal, IdentifierPath path, KeyBatch keys)
    {
        if (count == touches.Length) Array.Resize(ref touches, touches.Length * 2);
        touches[count++] = new Touch { Signal = signal, Row = -1, Path = path };
        Of(path).Keys.Add(keys, 0);
    }

    /// <summary>Finds the rows of all identifiers, giving rows to those that some signal counts by.</summary>
    public void FindRows(ReadOnlySpan<WindowTable?> tables)
    {
        for (var space = 0; space < tables.Length; space++)
        {
            if (tables[space] is not { } table) continue;
            lookups[2 * space].Run(table, isFed: true);
            lookups[(2 * space) + 1].Run(table, isFed: false);
        }
    }

    /// <summary>The row of the next touch, in the order in which they were added.</summary>
    public int NextRow(IdentifierPath path) => Of(path).Next();

    /// <summary>Forgets the batch.</summary>
    public void Clear()
    {
        foreach (var lookup in lookups) lookup.Clear();
        count = 0;
    }

    private Lookup Of(IdentifierPath path) => lookups[(2 * (int)path.Space) + (path.IsFed ? 0 : 1)];

    /// <summary>The identifiers of a batch in one space, and their rows.</summary>
    private sealed class Lookup
    {
        private int[] rows = [];
        private int next;

        public KeyBatch Keys { get; } = new();

        public void Run(WindowTable table, bool isFed)
        {
            if (Keys.Count == 0) return;
            if (rows.Length < Keys.Count) Array.Resize(ref rows, Math.Max(Keys.Count, Math.Max(64, rows.Length * 2)));
            var found = rows.AsSpan(0, Keys.Count);
            if (isFed) table.Intern(Keys, found);
            else table.Find(Keys, found);
        }

        public int Next() => rows[next++];

        public void Clear()
        {
            Keys.Clear();
            next = 0;
        }
    }
}
