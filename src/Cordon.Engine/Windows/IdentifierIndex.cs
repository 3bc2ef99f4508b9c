namespace Cordon.Engine.Windows;

/// <summary>
/// Gives identifiers dense row numbers, from 0 on, and takes them away again. Two identifiers never share a row, whatever
/// their hashes: what is found is compared with the key itself. The same calls give the same rows on every machine.
/// A batch is looked up in passes that each ask ahead for the memory the next one reads, so that the waits overlap.
/// </summary>
internal sealed class IdentifierIndex
{
    /// <summary>The most identifiers an index holds.</summary>
    public const int MaxRows = (1 << 28) - 2;

    /// <summary>The longest text, in bytes.</summary>
    public const int MaxTextBytes = 4_096;

    // As many keys as a core has waits under way, twice: more would push the first lines out again.
    private const int Group = 32;

    private readonly RowKeys keys;
    private readonly SlotTable slots;

    public IdentifierIndex(bool texts)
    {
        HoldsTexts = texts;
        keys = new RowKeys(texts);
        slots = new SlotTable(keys, texts);
    }

    /// <summary>Whether the keys are texts; else numbers of up to 128 bits.</summary>
    public bool HoldsTexts { get; }

    /// <summary>How many identifiers have a row.</summary>
    public int Count => keys.Count;

    /// <summary>One more than the largest row ever given.</summary>
    public int Rows => keys.Rows;

    /// <summary>Bytes held in arrays; of a key that collides with dozens of others, 56 bytes of its node.</summary>
    public long Bytes => keys.Bytes + slots.Bytes;

    /// <summary>How many keys collide with so many others that they had to be put aside.</summary>
    public int Crowded => slots.Crowded;

    /// <summary>Whether a row is given.</summary>
    public bool IsLive(int row) => keys.IsLive(row);

    /// <summary>The rows of a batch; -1 where an identifier has none or is absent.</summary>
    public void Find(KeyBatch batch, Span<int> rows)
    {
        Span<int> candidates = stackalloc int[Group];
        for (var first = 0; first < batch.Count; first += Group)
        {
            var group = batch.Keys.Slice(first, Math.Min(Group, batch.Count - first));
            LookAheadTo(group, candidates);
            for (var i = 0; i < group.Length; i++)
                rows[first + i] = IsRow(candidates[i], batch, group[i]) ? candidates[i] : Find(batch, first + i);
        }
    }

    /// <summary>The rows of a batch, given now where an identifier had none; -1 for an absent identifier.</summary>
    public void Intern(KeyBatch batch, Span<int> rows)
    {
        Span<int> candidates = stackalloc int[Group];
        for (var first = 0; first < batch.Count; first += Group)
        {
            var group = batch.Keys.Slice(first, Math.Min(Group, batch.Count - first));
            LookAheadTo(group, candidates);
            for (var i = 0; i < group.Length; i++)
                rows[first + i] = IsRow(candidates[i], batch, group[i]) ? candidates[i] : Intern(batch, first + i);
        }
    }

    /// <summary>The row of one identifier of a batch, without looking ahead.</summary>
    public int Find(KeyBatch batch, int position)
    {
        ref readonly var key = ref batch.Keys[position];
        return key.Form == KeyBatch.KeyForm.None ? -1 : slots.Find(Fitting(key), batch.TextOf(key));
    }

    /// <summary>The row of one identifier of a batch, given now where it had none.</summary>
    public int Intern(KeyBatch batch, int position)
    {
        ref readonly var key = ref batch.Keys[position];
        if (key.Form == KeyBatch.KeyForm.None) return -1;
        var text = batch.TextOf(key);
        var row = slots.Find(Fitting(key), text);
        if (row >= 0) return row;
        row = keys.Add(key, text);
        slots.Add(row, key.Hash);
        return row;
    }

    /// <summary>Takes an identifier's row away; the row will be given again.</summary>
    public void Remove(int row)
    {
        if (!keys.IsLive(row)) throw new ArgumentOutOfRangeException(nameof(row), "No identifier has this row.");
        slots.Remove(row);
        keys.Remove(row);
    }

    /// <summary>Adds the identifier of a row to a batch: what <see cref="Find(KeyBatch, Span{int})"/> would give that row for.</summary>
    public void AddKey(int row, KeyBatch batch)
    {
        if (HoldsTexts)
        {
            batch.AddBytes(keys.TextOf(row));
            return;
        }
        var (high, low) = keys.NumberOf(row);
        batch.AddNumber(high, low, keys.TagOf(row));
    }

    private ref readonly KeyBatch.Key Fitting(in KeyBatch.Key key)
    {
        if ((key.Form == KeyBatch.KeyForm.Text) != HoldsTexts) throw new ArgumentException("An index holds either texts or numbers.", nameof(key));
        if (key.TextLength > MaxTextBytes) throw new ArgumentException("An identifier's text has at most 4,096 bytes.", nameof(key));
        return ref key;
    }

    private bool IsRow(int candidate, KeyBatch batch, in KeyBatch.Key key) =>
        candidate >= 0 && keys.Matches(candidate, Fitting(key), batch.TextOf(key));

    private void LookAheadTo(ReadOnlySpan<KeyBatch.Key> group, Span<int> candidates)
    {
        Span<nint> buckets = stackalloc nint[Group];
        for (var i = 0; i < group.Length; i++) buckets[i] = slots.LookAheadTo(group[i].Hash);
        for (var i = 0; i < group.Length; i++)
        {
            candidates[i] = group[i].Form == KeyBatch.KeyForm.None ? -1 : SlotTable.Candidate(buckets[i], group[i]);
            if (candidates[i] >= 0) keys.LookAheadTo(candidates[i]);
        }
        if (!HoldsTexts) return;
        for (var i = 0; i < group.Length; i++)
            if (candidates[i] >= 0) keys.LookAheadToText(candidates[i]);
    }

    internal void Save(SnapshotWriter writer)
    {
        writer.Number(keys.Rows);
        writer.Number(keys.Rows - keys.Count);
        foreach (var row in keys.Freed()) writer.Number(row);
        if (!HoldsTexts)
        {
            keys.Save(writer);
            return;
        }
        for (var row = 0; row < keys.Rows; row++)
            if (keys.IsLive(row)) writer.Bytes(keys.TextOf(row));
    }

    internal void Load(ref SnapshotReader reader)
    {
        var rows = HoldsTexts ? reader.Elements(MaxRows) : reader.Values<UInt128>(MaxRows);
        var free = new int[reader.Elements(rows)];
        var isFree = new System.Collections.BitArray(rows);
        for (var i = 0; i < free.Length; i++)
        {
            free[i] = reader.Count(rows - 1);
            if (isFree[free[i]]) throw new FormatException("A snapshot frees a row twice.");
            isFree[free[i]] = true;
        }
        keys.SetRows(rows);
        slots.Reserve(rows - free.Length);
        if (HoldsTexts) LoadTexts(ref reader, isFree);
        else LoadNumbers(ref reader, isFree);
        keys.SetFreed(free);
    }

    private void LoadTexts(ref SnapshotReader reader, System.Collections.BitArray isFree)
    {
        var batch = new KeyBatch();
        for (var row = 0; row < isFree.Length; row++)
        {
            if (isFree[row]) continue;
            LoadText(ref reader, batch, row);
            slots.Add(row);
        }
    }

    // In groups, as a batch is looked up: a start waits for all of them.
    private void LoadNumbers(ref SnapshotReader reader, System.Collections.BitArray isFree)
    {
        keys.Load(ref reader);
        Span<ulong> hashes = stackalloc ulong[Group];
        for (var first = 0; first < isFree.Length; first += Group)
        {
            var count = Math.Min(Group, isFree.Length - first);
            for (var i = 0; i < count; i++)
            {
                hashes[i] = keys.HashOf(first + i);
                slots.LookAheadTo(hashes[i]);
            }
            for (var i = 0; i < count; i++)
            {
                if (isFree[first + i]) continue;
                keys.Revive(first + i);
                slots.Add(first + i, hashes[i]);
            }
        }
    }

    private void LoadText(ref SnapshotReader reader, KeyBatch batch, int row)
    {
        batch.Clear();
        batch.AddBytes(reader.Bytes(MaxTextBytes));
        if (Find(batch, 0) >= 0) throw new FormatException("A snapshot names an identifier twice.");
        keys.Set(row, batch.Keys[0], batch.TextOf(batch.Keys[0]));
    }
}
