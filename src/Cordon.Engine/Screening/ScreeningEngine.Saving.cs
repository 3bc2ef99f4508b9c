using System.Buffers;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <content>The engine as bytes.</content>
public sealed partial class ScreeningEngine
{
    // "CENG" and the version of the form. A snapshot of another version is not used: the journal is read instead.
    private const ulong Mark = 0x4345_4E47_0000_0004;
    private const ulong EndMark = 0x474E_4543_0000_0004;

    /// <summary>
    /// Writes all that later answers depend on. Large columns go out as they lie in memory, so it takes little more time than copying them;
    /// the same state has the same bytes.
    /// </summary>
    /// <param name="to">Where to; it is asked for at most some kilobytes at a time.</param>
    public void Save(IBufferWriter<byte> to)
    {
        var writer = new SnapshotWriter(to);
        writer.Word(Mark);
        writer.Number(Sequence);
        writer.Text(judge.Rulebook.Hash);
        writer.Text(next?.Rulebook.Hash ?? "");
        admitted.Save(writer);
        Known.Save(writer);
        alerts.Save(writer);
        writer.Flush();
        judge.Save(to);
        next?.Save(to);
        writer.Word(EndMark);
        writer.Flush();
    }

    /// <summary>Makes an engine that has seen nothing the one that was saved: the same records then get the same answers.</summary>
    /// <param name="from">What <see cref="Save"/> wrote; the reader stands behind it afterwards.</param>
    /// <exception cref="FormatException">It is something else, or damaged, or names a rulebook that is not kept. The engine is then to be thrown away.</exception>
    /// <exception cref="InvalidOperationException">The engine has seen something.</exception>
    public void Load(ref SequenceReader<byte> from)
    {
        if (Sequence != 0) throw new InvalidOperationException("Only an engine that has seen nothing can become another.");
        var reader = new SnapshotReader(from);
        if (reader.Word() != Mark) throw new FormatException("This is no snapshot of an engine, or one of another version.");
        var sequence = reader.Number();
        var active = Saved(reader.Text(FieldLimits.HashLength));
        var prepared = reader.Text(FieldLimits.HashLength) is { Length: > 0 } hash ? Saved(hash) : null;
        admitted.Load(ref reader);
        Known.Load(ref reader);
        alerts.Load(ref reader, Saved);
        from = reader.Rest;
        judge = new BatchJudge(Known, active, partitions);
        judge.Load(ref from);
        if (prepared is not null) next = new BatchJudge(Known, prepared, partitions);
        next?.Load(ref from);
        reader = new SnapshotReader(from);
        if (reader.Word() != EndMark || sequence < admitted.Count) throw new FormatException("A snapshot ends with something else than its end.");
        from = reader.Rest;
        Sequence = sequence;
    }

    private Rulebook Saved(string hash) => hash == opening.Hash
        ? opening
        : library?.Invoke(hash) ?? throw new FormatException($"It names the rulebook {hash}, which is not among the rulebooks kept.");
}
