using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Journal;

/// <summary>
/// One submitted batch on its way: encoded and fingerprinted on the submitter's thread,
/// so that the one loop that all submitters share has little to do.
/// </summary>
internal sealed class Submission
{
    private readonly byte[] bytes;
    private readonly Item[] items;
    private readonly SubmitOutcome[] outcomes;

    public Submission(IReadOnlyList<EngineRecord> records)
    {
        items = new Item[records.Count];
        outcomes = new SubmitOutcome[records.Count];
        Span<byte> one = stackalloc byte[EngineRecordCodec.LongestRecord];
        var encoded = new List<byte>(records.Count * 96);
        for (var i = 0; i < items.Length; i++)
        {
            var fault = EngineRecordCodec.Encode(records[i], one, out var length, out var head);
            if (fault != RecordFault.None)
            {
                items[i] = new Item(records[i], default, 0, 0);
                outcomes[i] = new SubmitOutcome(fault, default, 0, null);
                continue;
            }
            items[i] = new Item(records[i], RecordFingerprint.Of(one[..length], head), encoded.Count, length);
            encoded.AddRange(one[..length]);
        }
        bytes = [.. encoded];
    }

    public TaskCompletionSource<SubmitReceipt> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Bytes => bytes.Length;

    /// <summary>Decides on each record and puts the new ones into the batch that goes to the log.</summary>
    /// <param name="engine">What was seen before.</param>
    /// <param name="flying">What is new in this group so far, across its submissions.</param>
    /// <param name="batch">Where new records go.</param>
    public void Admit(ScreeningEngine engine, Dictionary<UInt128, (ulong Content, long Sequence)> flying, JournalBatch batch)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (outcomes[i].Fault != RecordFault.None) continue;
            ref readonly var item = ref items[i];
            var admission = engine.Admit(item.Fingerprint, out var sequence);
            if (admission == Admission.New && flying.TryGetValue(item.Fingerprint.Name, out var before))
            {
                admission = before.Content == item.Fingerprint.Content ? Admission.Repeat : Admission.Conflict;
                sequence = before.Sequence;
            }
            else if (admission == Admission.New)
            {
                sequence = engine.Sequence + batch.Count + 1;
                flying.Add(item.Fingerprint.Name, (item.Fingerprint.Content, sequence));
                batch.Add(bytes.AsSpan(item.Start, item.Length));
            }
            outcomes[i] = new SubmitOutcome(RecordFault.None, admission, sequence, null);
        }
    }

    /// <summary>Steps the engine through the new records, which are durable now.</summary>
    public void Step(ScreeningEngine engine)
    {
        for (var i = 0; i < items.Length; i++)
        {
            var outcome = outcomes[i];
            if (outcome.Fault != RecordFault.None) continue;
            if (outcome.Admission == Admission.New)
                outcomes[i] = outcome with { Verdict = engine.Step(items[i].Record, items[i].Fingerprint) };
            else if (outcome.Admission == Admission.Repeat && items[i].Record is SignalAccepted)
                outcomes[i] = outcome with { Verdict = engine.VerdictAt(outcome.Sequence) };
        }
    }

    public SubmitReceipt Receipt(long sequence)
    {
        int accepted = 0, repeats = 0, conflicts = 0, faults = 0;
        foreach (var outcome in outcomes)
        {
            if (outcome.Fault != RecordFault.None) faults++;
            else if (outcome.Admission == Admission.New) accepted++;
            else if (outcome.Admission == Admission.Repeat) repeats++;
            else conflicts++;
        }
        return new SubmitReceipt([.. outcomes], accepted, repeats, conflicts, faults, sequence);
    }

    private readonly record struct Item(EngineRecord Record, RecordFingerprint Fingerprint, int Start, int Length);
}
