using Cordon.Engine.Money;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// The names of all records ever admitted, with what tells a repeat from a conflict. It only grows: some 41 bytes a record.
/// Its table grows by the splitting of small segments, so no record waits for the others. A batch is looked up together,
/// so that the waits for the memory overlap.
/// </summary>
internal sealed class AdmittedRecords
{
    private readonly IdentifierIndex names = new(texts: false);
    private readonly ChunkedList<ulong> contents = new();

    // A record's sequence is its row and what came in vain before it: nothing in a journal, which takes new records only.
    private readonly List<(int Row, long Ahead)> gaps = [];
    private readonly KeyBatch keys = new();
    private readonly KeyBatch one = new();
    private int[] rows = new int[BatchJudge.MostSignals];

    public int Count => names.Rows;

    /// <summary>Whether a record of this name was admitted, with its content and sequence.</summary>
    public bool TryFind(UInt128 name, out ulong content, out long sequence)
    {
        one.Clear();
        Add(one, name);
        var row = names.Find(one, 0);
        (content, sequence) = row < 0 ? (0, 0) : (contents[row], SequenceOf(row));
        return row >= 0;
    }

    /// <summary>Admits one record.</summary>
    /// <returns>Whether it is new.</returns>
    public bool TryAdd(RecordFingerprint record, long sequence)
    {
        one.Clear();
        Add(one, record.Name);
        return Take(names.Intern(one, 0), record, sequence);
    }

    /// <summary>Admits records that follow each other. One that repeats another of the same batch is not new.</summary>
    /// <param name="records">The records.</param>
    /// <param name="firstSequence">The sequence of the first.</param>
    /// <param name="isNew">As many places.</param>
    public void TryAdd(ReadOnlySpan<RecordFingerprint> records, long firstSequence, Span<bool> isNew)
    {
        keys.Clear();
        foreach (ref readonly var record in records) Add(keys, record.Name);
        if (rows.Length < records.Length) rows = new int[records.Length];
        names.Intern(keys, rows);
        // Rows are given in order, so one that is given a second time within the batch is below what was taken by then.
        for (var i = 0; i < records.Length; i++) isNew[i] = Take(rows[i], records[i], firstSequence + i);
    }

    public void Save(SnapshotWriter to)
    {
        names.Save(to);
        contents.Save(to);
        to.Number(gaps.Count);
        foreach (var (row, ahead) in gaps)
        {
            to.Number(row);
            to.Number(ahead);
        }
    }

    /// <summary>Fills an empty one.</summary>
    public void Load(ref SnapshotReader from)
    {
        names.Load(ref from);
        contents.Load(ref from);
        if (contents.Count != names.Rows || names.Rows != names.Count) throw new FormatException("A snapshot admits more or fewer records than it names.");
        for (var left = from.Elements(int.MaxValue); left > 0; left--)
        {
            var row = from.Count(names.Rows);
            if (gaps.Count > 0 && row <= gaps[^1].Row) throw new FormatException("A snapshot's sequences are out of order.");
            gaps.Add((row, from.Number()));
        }
    }

    private static void Add(KeyBatch keys, UInt128 name) => keys.AddNumber((ulong)(name >> 64), (ulong)(name & ulong.MaxValue), 0);

    private bool Take(int row, RecordFingerprint record, long sequence)
    {
        if (row < contents.Count) return false;
        contents.Add(record.Content);
        if (sequence != row + 1 + (gaps.Count == 0 ? 0 : gaps[^1].Ahead)) gaps.Add((row, sequence - row - 1));
        return true;
    }

    private long SequenceOf(int row)
    {
        int low = 0, high = gaps.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (gaps[middle].Row <= row) low = middle + 1;
            else high = middle;
        }
        return row + 1 + (low == 0 ? 0 : gaps[low - 1].Ahead);
    }
}
