using System.Buffers;
using Cordon.Engine.Rules;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// The windows of one rulebook: in each partition a table for each space of identifiers that they are kept by.
/// An identifier belongs to one partition by its hash. Into how many they are cut changes no answer.
/// </summary>
internal sealed class WindowSpaces
{
    /// <summary>How many spaces of identifiers there are.</summary>
    public const int Count = (int)IdentifierSpace.Code + 1;

    private readonly string[] declared = new string[Count];
    private readonly WindowPartition[] partitions;

    /// <param name="rulebook">The rulebook.</param>
    /// <param name="limits">Bounds of each table.</param>
    /// <param name="count">How many partitions, a power of two.</param>
    /// <param name="former">The windows of the rulebook before: those that both declare go on counting.</param>
    public WindowSpaces(Rulebook rulebook, WindowLimits limits, int count, WindowSpaces? former = null)
    {
        var groups = rulebook.Windows.GroupBy(w => w.Space).ToList();
        foreach (var group in groups) declared[(int)group.Key] = string.Join("\n\n", group.Select(w => w.Declaration));
        partitions = new WindowPartition[count];
        for (var part = 0; part < count; part++)
        {
            var tables = new WindowTable?[Count];
            foreach (var group in groups)
            {
                var space = (int)group.Key;
                // A table is taken over whole or not at all: its rows hold all windows of the space together.
                tables[space] = former?.declared[space] == declared[space] ? former.partitions[part].Tables[space] : NewTable(group.Key, group, limits);
            }
            partitions[part] = new WindowPartition(tables);
        }
    }

    /// <summary>The partitions.</summary>
    public ReadOnlySpan<WindowPartition> Partitions => partitions;

    /// <summary>Identifiers let go because they were idle or had to make room.</summary>
    public long Evicted => Sum(static table => table.Evicted);

    /// <summary>Signals that some window did not count because they came too late.</summary>
    public long TooLate => Sum(static table => table.TooLate);

    /// <summary>Identifiers with windows.</summary>
    public long Identifiers => Sum(static table => table.Index.Count);

    /// <summary>Bytes held.</summary>
    public long Bytes => Sum(static table => table.Bytes);

    /// <summary>Writes all tables, partition by partition, in the order of their spaces.</summary>
    public void Save(IBufferWriter<byte> to)
    {
        var writer = new SnapshotWriter(to);
        writer.Number(partitions.Length);
        writer.Flush();
        foreach (var partition in partitions)
            foreach (var table in partition.Tables) table?.Save(to);
    }

    /// <summary>Puts saved tables in the place of empty ones, where they count the same windows in as many partitions.</summary>
    public void Load(ref SequenceReader<byte> from)
    {
        var reader = new SnapshotReader(from);
        if (reader.Number() != partitions.Length) throw new FormatException("A snapshot's windows are cut into another number of partitions.");
        from = reader.Rest;
        foreach (var partition in partitions) partition.Load(ref from);
    }

    private static WindowTable NewTable(IdentifierSpace space, IEnumerable<Window> windows, WindowLimits limits)
    {
        var table = new WindowTable(space is IdentifierSpace.Account or IdentifierSpace.Trunk or IdentifierSpace.Domain or IdentifierSpace.Code, limits);
        foreach (var window in windows) table.AddWindow(window.Spec);
        return table;
    }

    private long Sum(Func<WindowTable, long> part)
    {
        var sum = 0L;
        foreach (var partition in partitions)
            foreach (var table in partition.Tables) sum += table is null ? 0 : part(table);
        return sum;
    }
}
