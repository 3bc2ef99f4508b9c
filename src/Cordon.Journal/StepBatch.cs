using Cordon.Engine.Screening;

namespace Cordon.Journal;

/// <summary>
/// Records of several submissions that the engine steps through together: it looks identifiers up for all of them at once,
/// and a lone record costs twice as much as one among many. It keeps its room.
/// </summary>
internal sealed class StepBatch
{
    /// <summary>
    /// No further submission is added to so many records: the first should not wait long for the last, nor who reads
    /// or admits for the engine.
    /// </summary>
    public const int Enough = 256;

    private EngineRecord?[] records = new EngineRecord?[Enough];
    private RecordFingerprint[] fingerprints = new RecordFingerprint[Enough];
    private Verdict?[] verdicts = new Verdict?[Enough];
    private int taken;

    /// <summary>How many records there are.</summary>
    public int Count { get; private set; }

    public void Add(EngineRecord record, RecordFingerprint fingerprint)
    {
        if (Count == records.Length)
        {
            Array.Resize(ref records, Count * 2);
            Array.Resize(ref fingerprints, Count * 2);
            Array.Resize(ref verdicts, Count * 2);
        }
        (records[Count], fingerprints[Count]) = (record, fingerprint);
        Count++;
    }

    /// <summary>Steps the engine through the records.</summary>
    public void Step(ScreeningEngine engine) => engine.Step(records.AsSpan(0, Count)!, fingerprints.AsSpan(0, Count), verdicts.AsSpan(0, Count));

    /// <summary>The answer on the next record, in the order in which they were added.</summary>
    public Verdict? NextVerdict() => verdicts[taken++];

    /// <summary>Forgets the records.</summary>
    public void Clear()
    {
        records.AsSpan(0, Count).Clear();
        verdicts.AsSpan(0, Count).Clear();
        (Count, taken) = (0, 0);
    }
}
