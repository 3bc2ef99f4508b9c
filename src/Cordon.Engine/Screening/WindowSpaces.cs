using System.Buffers;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>The windows of one rulebook: a table for each space of identifiers that they are kept by.</summary>
internal sealed class WindowSpaces
{
    private readonly WindowTable?[] tables = new WindowTable?[(int)IdentifierSpace.Code + 1];
    private readonly Lookup[] lookups = new Lookup[2 * ((int)IdentifierSpace.Code + 1)];

    private readonly string[] declared = new string[(int)IdentifierSpace.Code + 1];

    public WindowSpaces(Rulebook rulebook, WindowLimits limits, WindowSpaces? former = null)
    {
        foreach (var group in rulebook.Windows.GroupBy(w => w.Space))
        {
            var space = (int)group.Key;
            declared[space] = string.Join("\n\n", group.Select(w => w.Declaration));
            // A table is taken over whole or not at all: its rows hold all windows of the space together.
            if (former?.declared[space] == declared[space]) tables[space] = former.tables[space];
            else
            {
                var table = tables[space] = new WindowTable(HoldsTexts(group.Key), limits);
                foreach (var window in group) table.AddWindow(window.Spec);
            }
        }
        for (var i = 0; i < lookups.Length; i++) lookups[i] = new Lookup();
    }

    /// <summary>Identifiers let go because they were idle or had to make room.</summary>
    public long Evicted => Sum(static table => table.Evicted);

    /// <summary>Signals that some window did not count because they came too late.</summary>
    public long TooLate => Sum(static table => table.TooLate);

    /// <summary>Identifiers with windows.</summary>
    public long Identifiers => Sum(static table => table.Index.Count);

    /// <summary>Bytes held.</summary>
    public long Bytes => Sum(static table => table.Bytes);

    public WindowTable Table(IdentifierSpace space) => tables[(int)space]!;

    /// <summary>Notes the identifiers that a signal leads to; their rows are found for the whole batch at once.</summary>
    public void Note(KindPlan plan, Signal signal, RuleFrame frame)
    {
        foreach (var path in plan.Paths) path.Add(signal, frame, Of(path).Keys);
    }

    /// <summary>Finds the rows of all identifiers that were noted, giving rows to those that some signal counts by.</summary>
    public void FindRows()
    {
        for (var space = 0; space < tables.Length; space++)
        {
            if (tables[space] is not { } table) continue;
            lookups[2 * space].Run(table, isFed: true);
            lookups[(2 * space) + 1].Run(table, isFed: false);
        }
    }

    /// <summary>
    /// Gives a signal the rows of its identifiers and asks the memory for what they will be wanted for.
    /// Signals come in the order in which they were noted.
    /// </summary>
    public void TakeRows(KindPlan plan, RuleFrame frame)
    {
        foreach (var path in plan.Paths)
        {
            var row = frame.Rows[path.Place] = Of(path).Next();
            Table(path.Space).Prefetch(new ReadOnlySpan<int>(in row), path.Windows.AsSpan());
        }
    }

    /// <summary>Forgets the batch and drops some identifiers that have been idle.</summary>
    public void EndBatch(int signals)
    {
        foreach (var lookup in lookups) lookup.Clear();
        foreach (var table in tables) table?.Sweep(2 * signals);
    }

    /// <summary>Moves the clocks of all tables on.</summary>
    public void Advance(Instant clock)
    {
        foreach (var table in tables) table?.Advance(clock.Micros);
    }

    /// <summary>Writes all tables, in the order of their spaces.</summary>
    public void Save(IBufferWriter<byte> to)
    {
        foreach (var table in tables) table?.Save(to);
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

    private static bool HoldsTexts(IdentifierSpace space) => space is IdentifierSpace.Account or IdentifierSpace.Trunk or IdentifierSpace.Domain or IdentifierSpace.Code;

    private Lookup Of(IdentifierPath path) => lookups[(2 * (int)path.Space) + (path.IsFed ? 0 : 1)];

    private long Sum(Func<WindowTable, long> part)
    {
        var sum = 0L;
        foreach (var table in tables) sum += table is null ? 0 : part(table);
        return sum;
    }

    /// <summary>The identifiers of a batch in one space, and their rows.</summary>
    private sealed class Lookup
    {
        private int[] rows = new int[64];
        private int next;

        public KeyBatch Keys { get; } = new();

        public void Run(WindowTable table, bool isFed)
        {
            if (Keys.Count == 0) return;
            if (rows.Length < Keys.Count) Array.Resize(ref rows, Math.Max(Keys.Count, rows.Length * 2));
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
