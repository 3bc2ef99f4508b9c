using System.Buffers;

namespace Cordon.Engine.Windows;

/// <summary>A table as bytes: what later answers depend on, in one order, whatever the memory looks like.</summary>
internal sealed partial class WindowTable
{
    // "CWIN" and the version of the form.
    private const ulong Mark = 0x4357_494E_0000_0002;
    private const int MaxWindows = 1_024;

    /// <summary>Writes everything that later answers depend on, in pieces of some kilobytes.</summary>
    public void Save(IBufferWriter<byte> to)
    {
        var writer = new SnapshotWriter(to);
        writer.Word(Mark);
        writer.Number(Index.HoldsTexts ? 1 : 0);
        writer.Number(Limits.MaxRows);
        writer.Number(Limits.Future);
        writer.Number(shapes.Length);
        foreach (var shape in shapes) SaveSpec(writer, shape.Spec);
        writer.Number(Clock);
        writer.Number(Evicted);
        writer.Number(TooLate);
        writer.Number(TooEarly);
        writer.Number(hand);
        Index.Save(writer);
        for (var row = 0; row < Index.Rows; row++)
            if (Index.IsLive(row)) SaveRow(writer, row);
        writer.Flush();
    }

    /// <summary>
    /// Reads what <see cref="Save"/> wrote: the same calls then give the same answers, and the same later Save the same
    /// bytes. Throws <see cref="FormatException"/> on anything else.
    /// </summary>
    public static WindowTable Load(ref SequenceReader<byte> reader)
    {
        var from = new SnapshotReader(reader);
        if (from.Word() != Mark) throw new FormatException("This is no snapshot of windows, or one of another version.");
        var table = new WindowTable(from.Count(1) == 1, new WindowLimits(Math.Max(1, from.Count(int.MaxValue)), Math.Max(0, from.Number())));
        for (var left = from.Count(MaxWindows); left > 0; left--)
        {
            var spec = LoadSpec(ref from);
            if (spec.Fault() is { } fault) throw new FormatException(fault);
            table.AddWindow(spec);
        }
        var clock = from.Number();
        if (clock != long.MinValue) table.Advance(clock);
        table.Evicted = from.Number();
        table.TooLate = from.Number();
        table.TooEarly = from.Number();
        table.hand = from.Count(int.MaxValue);
        table.Index.Load(ref from);
        table.rows.Ensure(table.Index.Rows);
        for (var row = 0; row < table.Index.Rows; row++)
            if (table.Index.IsLive(row)) table.LoadRow(ref from, row);
        reader = from.Rest;
        return table;
    }

    /// <summary>Whether another table counts the same windows within the same limits.</summary>
    public bool CountsAs(WindowTable other) =>
        Index.HoldsTexts == other.Index.HoldsTexts && Limits == other.Limits && shapes.Select(s => s.Spec).SequenceEqual(other.shapes.Select(s => s.Spec));

    private static void SaveSpec(SnapshotWriter writer, WindowSpec spec)
    {
        writer.Number((long)spec.Measure);
        writer.Number((long)spec.Value);
        writer.Number(spec.Over);
        writer.Number(spec.Slice);
        writer.Number(spec.Lateness);
    }

    private static WindowSpec LoadSpec(ref SnapshotReader reader)
    {
        var measure = (WindowMeasure)reader.Count(byte.MaxValue);
        var value = (WindowValue)reader.Count(byte.MaxValue);
        var over = reader.Number();
        var slice = reader.Number();
        return new WindowSpec(measure, value, over, slice, reader.Number());
    }

    private void SaveRow(SnapshotWriter writer, int row)
    {
        writer.Number(IsHeld(row) ? rows.Newest(row) : WindowRows.Never);
        for (var window = 0; window < shapes.Length; window++)
        {
            var state = IsHeld(row) ? new StateRef(rows.State(row, window)) : default;
            writer.Number(state.IsEmpty ? 0 : 1);
            if (state.IsEmpty) continue;
            if (distinct[window] is { } values) values.Save(writer, state);
            else SaveCells(writer, shapes[window], state);
        }
    }

    private void LoadRow(ref SnapshotReader reader, int row)
    {
        rows.SetNewest(row, reader.Number());
        for (var window = 0; window < shapes.Length; window++)
        {
            if (reader.Count(1) == 0) continue;
            var state = distinct[window] is { } values ? values.Load(ref reader) : LoadCells(ref reader, shapes[window]);
            rows.State(row, window) = state.Word;
        }
    }

    private void SaveCells(SnapshotWriter writer, WindowShape shape, StateRef state)
    {
        var cells = lists.Cells(shape, state, out var used, out var newest);
        writer.Number(newest);
        writer.Number(used);
        for (var i = 0; i < cells.Length; i += shape.CellWords)
        {
            writer.Number(CellList.Age(newest, cells[i]));
            writer.Number(unchecked((long)cells[i]) >> Cell.TagBits);
            for (var word = 1; word < shape.CellWords; word++) writer.Number(unchecked((long)cells[i + word]));
        }
    }

    private StateRef LoadCells(ref SnapshotReader reader, WindowShape shape)
    {
        var newest = reader.Bucket();
        var used = reader.Elements(shape.Kept);
        var cells = new ulong[used * shape.CellWords];
        var before = shape.Kept;
        for (var i = 0; i < cells.Length; i += shape.CellWords)
        {
            var age = reader.Count(shape.Kept - 1);
            if (age >= before) throw new FormatException("A snapshot's buckets are out of order.");
            before = age;
            var first = unchecked((ulong)(reader.Number() << Cell.TagBits));
            cells[i] = first | unchecked((ushort)(newest - age));
            for (var word = 1; word < shape.CellWords; word++) cells[i + word] = unchecked((ulong)reader.Number());
        }
        return lists.Build(shape, newest, cells);
    }
}
