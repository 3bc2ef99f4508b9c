namespace Cordon.Engine.Windows;

/// <summary>The different values of one distinct window for all identifiers: a list for each, a sketch for the busy ones.</summary>
internal sealed class DistinctValues(WindowShape shape, WordArena arena, SketchRoom room)
{
    private const ulong InsteadOfZero = 0x9E37_79B9_7F4A_7C15;

    private readonly DistinctList lists = new(arena);
    private readonly List<DistinctSketch?> sketches = [];
    private readonly Stack<int> unused = new();

    // Those of evicted identifiers serve the next ones.
    private readonly Stack<DistinctSketch> idle = new();

    /// <summary>Bytes of the sketches; the lists lie in the arena.</summary>
    public long Bytes
    {
        get
        {
            var bytes = (sketches.Capacity + idle.Count) * 8L;
            foreach (var sketch in sketches) bytes += sketch?.Bytes ?? 0;
            foreach (var sketch in idle) bytes += sketch.Bytes;
            return bytes;
        }
    }

    /// <summary>Counts a value. False where its bucket was let go.</summary>
    public bool Apply(ref ulong word, long bucket, ulong hash)
    {
        // An empty slot of a sketch is a zero; the one hash in 2^64 that is zero itself counts as another.
        if (hash == 0) hash = InsteadOfZero;
        var state = new StateRef(word);
        if (state.IsSketch) return sketches[state.Sketch]!.Apply(bucket, hash);
        var taken = lists.Apply(shape, ref word, bucket, hash, out var full);
        return full ? ToSketch(ref word).Apply(bucket, hash) : taken;
    }

    public WindowAnswer Read(StateRef state, long at)
    {
        if (state.IsEmpty) return WindowAnswer.Of(0);
        var oldest = shape.BucketOf(at) - shape.Span + 1;
        return WindowAnswer.Of(state.IsSketch ? sketches[state.Sketch]!.CountFrom(oldest) : lists.CountFrom(state, oldest));
    }

    public void Free(StateRef state)
    {
        if (!state.IsSketch)
        {
            lists.Free(state);
            return;
        }
        var sketch = sketches[state.Sketch]!;
        sketch.Reset(0);
        idle.Push(sketch);
        sketches[state.Sketch] = null;
        unused.Push(state.Sketch);
    }

    /// <summary>Writes one identifier's values in an order of their own, whatever form holds them.</summary>
    public void Save(SnapshotWriter writer, StateRef state)
    {
        var (newest, values) = state.IsSketch ? (sketches[state.Sketch]!.Newest, sketches[state.Sketch]!.Values()) : ListValues(state);
        var cut = 0;
        while (state.IsSketch && cut < shape.Kept && sketches[state.Sketch]!.CutAt(shape.Kept - 1 - cut) != 0) cut++;
        writer.Number(newest);
        writer.Number(cut);
        for (var i = 0; i < cut; i++) writer.Number(sketches[state.Sketch]!.CutAt(shape.Kept - 1 - i));
        writer.Number(values.Length);
        foreach (var (hash, age) in values)
        {
            writer.Word(hash);
            writer.Number(age);
        }
    }

    public StateRef Load(ref SnapshotReader reader)
    {
        var newest = reader.Bucket();
        var cut = reader.Count(shape.Kept);
        ulong word = cut > 0 ? AddSketch(newest).Word : lists.Make(newest, 1).Word;
        for (var i = 0; i < cut; i++) sketches[new StateRef(word).Sketch]!.SetCut(shape.Kept - 1 - i, (byte)reader.Count(byte.MaxValue));
        for (var left = reader.Count(int.MaxValue); left > 0; left--)
        {
            var hash = reader.Word();
            Apply(ref word, newest - reader.Count(shape.Kept - 1), hash);
        }
        return new StateRef(word);
    }

    private (long Newest, (ulong Hash, int Age)[] Values) ListValues(StateRef state)
    {
        lists.Values(state, out var newest, out var hashes, out var tags);
        var values = new (ulong Hash, int Age)[hashes.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (hashes[i], CellList.Age(newest, tags[i]));
        Array.Sort(values);
        return (newest, values);
    }

    private DistinctSketch ToSketch(ref ulong word)
    {
        var list = new StateRef(word);
        lists.Values(list, out var newest, out var hashes, out var tags);
        var state = AddSketch(newest);
        var sketch = sketches[state.Sketch]!;
        for (var i = 0; i < hashes.Length; i++) sketch.Apply(newest - CellList.Age(newest, tags[i]), hashes[i]);
        lists.Free(list);
        word = state.Word;
        return sketch;
    }

    private StateRef AddSketch(long newest)
    {
        if (!idle.TryPop(out var sketch)) sketch = new DistinctSketch(shape, room, newest);
        sketch.Reset(newest);
        if (unused.TryPop(out var number)) sketches[number] = sketch;
        else
        {
            number = sketches.Count;
            sketches.Add(sketch);
        }
        return StateRef.OfSketch(number);
    }
}
