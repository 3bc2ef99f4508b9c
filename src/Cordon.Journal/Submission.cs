using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Journal;

/// <summary>
/// One submitted batch on its way: encoded and fingerprinted once, on the submitter's thread, so that the threads that all submitters
/// share have little to do. Used again after its answer was taken.
/// </summary>
internal sealed class Submission : IValueTaskSource<SubmitReceipt>, IValueTaskSource<SubmitOutcome>, IThreadPoolWorkItem
{
    private const int MostKept = 4_096;
    private const int LargestKept = 16 << 10;
    private const int FewRecords = 64;

    private static readonly ConcurrentQueue<Submission> Free = new();

    private ManualResetValueTaskSourceCore<bool> done;
    private byte[] bytes = new byte[EngineRecordCodec.LongestRecord];
    private Item[] items = new Item[1];
    private SubmitOutcome[] outcomes = new SubmitOutcome[1];
    private int count;
    private int length;
    private long sequence;
    private Exception? fault;

    private Submission()
    {
    }

    public int Bytes => length;

    public ValueTask<SubmitReceipt> Receipt => new(this, done.Version);

    public ValueTask<SubmitOutcome> Outcome => new(this, done.Version);

    public static Submission Of(EngineRecord record)
    {
        var submission = Rent();
        submission.Add(record);
        return submission;
    }

    public static Submission Of(IReadOnlyList<EngineRecord> records)
    {
        var submission = Rent();
        if (submission.items.Length < records.Count)
        {
            submission.items = new Item[records.Count];
            submission.outcomes = new SubmitOutcome[records.Count];
        }
        for (var i = 0; i < records.Count; i++) submission.Add(records[i]);
        return submission;
    }

    /// <summary>Decides on each record and puts the new ones into the batch that goes to the log.</summary>
    /// <param name="engine">What was judged before.</param>
    /// <param name="flying">What is on its way and not judged yet.</param>
    /// <param name="mine">Where this group's records are noted as being on their way.</param>
    /// <param name="batch">Where new records go.</param>
    /// <param name="first">The sequence of the batch's first record.</param>
    public void Admit(ScreeningEngine engine, Flights flying, Flight mine, JournalBatch batch, long first)
    {
        for (var i = 0; i < count; i++)
        {
            if (outcomes[i].Fault != RecordFault.None) continue;
            ref readonly var item = ref items[i];
            var admission = engine.Admit(item.Fingerprint, out var known);
            if (admission == Admission.New && flying.Find(item.Fingerprint.Name) is { } before)
            {
                admission = before.Content == item.Fingerprint.Content ? Admission.Repeat : Admission.Conflict;
                known = before.Sequence;
            }
            else if (admission == Admission.New)
            {
                known = first + batch.Count;
                mine.Records.Add(item.Fingerprint.Name, (item.Fingerprint.Content, known));
                batch.Add(bytes.AsSpan(item.Start, item.Length));
            }
            outcomes[i] = new SubmitOutcome(RecordFault.None, admission, known, null);
        }
    }

    /// <summary>Puts the new records, which are durable now, behind those that the engine is to step through next.</summary>
    public void Collect(StepBatch next)
    {
        for (var i = 0; i < count; i++)
            if (outcomes[i] is { Fault: RecordFault.None, Admission: Admission.New }) next.Add(items[i].Record, items[i].Fingerprint);
    }

    /// <summary>Takes the answers on its records, in the order in which they were collected.</summary>
    /// <param name="engine">The engine, which has stepped through them.</param>
    /// <param name="stepped">What it stepped through.</param>
    public void Take(ScreeningEngine engine, StepBatch stepped)
    {
        for (var i = 0; i < count; i++)
        {
            ref var outcome = ref outcomes[i];
            if (outcome.Fault != RecordFault.None) continue;
            if (outcome.Admission == Admission.New) outcome = outcome with { Verdict = stepped.NextVerdict() };
            else if (outcome.Admission == Admission.Repeat && items[i].Record is SignalAccepted)
                outcome = outcome with { Verdict = engine.VerdictAt(outcome.Sequence) };
        }
        sequence = engine.Sequence;
    }

    /// <summary>Answers the submitter on a thread of the pool, so that nothing of his runs on a thread that all share.</summary>
    public void Answer() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public void Refuse(Exception why)
    {
        fault = why;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        if (fault is null) done.SetResult(true);
        else done.SetException(fault);
    }

    public ValueTaskSourceStatus GetStatus(short token) => done.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        done.OnCompleted(continuation, state, token, flags);

    SubmitReceipt IValueTaskSource<SubmitReceipt>.GetResult(short token)
    {
        if (done.GetStatus(token) == ValueTaskSourceStatus.Pending) throw new InvalidOperationException("It is not answered yet: await it.");
        try
        {
            done.GetResult(token);
            return Written();
        }
        finally
        {
            Return();
        }
    }

    SubmitOutcome IValueTaskSource<SubmitOutcome>.GetResult(short token)
    {
        if (done.GetStatus(token) == ValueTaskSourceStatus.Pending) throw new InvalidOperationException("It is not answered yet: await it.");
        try
        {
            done.GetResult(token);
            return outcomes[0];
        }
        finally
        {
            Return();
        }
    }

    private static Submission Rent() => Free.TryDequeue(out var submission) ? submission : new Submission();

    private void Add(EngineRecord record)
    {
        if (bytes.Length - length < EngineRecordCodec.LongestRecord) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + EngineRecordCodec.LongestRecord));
        var room = bytes.AsSpan(length);
        var wrong = EngineRecordCodec.Encode(record, room, out var took, out var head);
        if (wrong == RecordFault.None)
        {
            items[count] = new Item(record, RecordFingerprint.Of(room[..took], head), length, took);
            length += took;
        }
        outcomes[count++] = new SubmitOutcome(wrong, default, 0, null);
    }

    private SubmitReceipt Written()
    {
        int accepted = 0, repeats = 0, conflicts = 0, faults = 0;
        var mine = outcomes.AsSpan(0, count);
        foreach (ref readonly var outcome in mine)
        {
            if (outcome.Fault != RecordFault.None) faults++;
            else if (outcome.Admission == Admission.New) accepted++;
            else if (outcome.Admission == Admission.Repeat) repeats++;
            else conflicts++;
        }
        return new SubmitReceipt([.. mine], accepted, repeats, conflicts, faults, sequence);
    }

    private void Return()
    {
        if (count > FewRecords || bytes.Length > LargestKept || Free.Count >= MostKept) return;
        done.Reset();
        Array.Clear(items, 0, count);
        Array.Clear(outcomes, 0, count);
        (count, length, sequence, fault) = (0, 0, 0, null);
        Free.Enqueue(this);
    }

    private readonly record struct Item(EngineRecord Record, RecordFingerprint Fingerprint, int Start, int Length);
}
