using System.Buffers;
using Cordon.Engine.Screening;

namespace Cordon.Journal.Snapshots;

/// <summary>Makes an engine that has seen nothing the one that was saved.</summary>
/// <param name="engine">An engine of the same rulebook that has seen nothing; after a fault it is thrown away.</param>
/// <param name="from">The content, whole and verified.</param>
/// <returns>Null, or what is wrong with the content.</returns>
internal delegate string? EngineLoad(ScreeningEngine engine, ref SequenceReader<byte> from);

/// <summary>How an engine's state is written into a snapshot and read from one.</summary>
/// <param name="Save">
/// Writes all that the engine knows, its sequence included. Judging waits meanwhile, so it does nothing but write;
/// ask the writer for at most 1 MiB at a time.
/// </param>
/// <param name="Load">Reads that.</param>
internal sealed record EngineState(Action<ScreeningEngine, IBufferWriter<byte>> Save, EngineLoad Load)
{
    /// <summary>The engine's own form.</summary>
    public static EngineState Own { get; } = new(static (engine, to) => engine.Save(to), LoadOwn);

    private static string? LoadOwn(ScreeningEngine engine, ref SequenceReader<byte> from)
    {
        try
        {
            engine.Load(ref from);
            return from.End ? null : "Its content goes on behind its end.";
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }
}

/// <summary>The last snapshot that was tried.</summary>
/// <param name="Sequence">The record it stands at.</param>
/// <param name="Bytes">Bytes of its content.</param>
/// <param name="Pause">How long judging waited for it.</param>
/// <param name="Fault">Why it could not be kept; null where it is.</param>
public sealed record SnapshotTaken(long Sequence, long Bytes, TimeSpan Pause, string? Fault);
