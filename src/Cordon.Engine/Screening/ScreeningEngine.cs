using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// Takes the journal's records one after another and judges the signals among them. Pure and synchronous:
/// its state is a function of the records and the rulebook, and one caller at a time may use it.
/// How the records are cut into batches changes no answer.
/// </summary>
public sealed partial class ScreeningEngine
{
    // Looking ahead to fewer records takes longer than it saves.
    private const int FewestLookedAt = 8;

    private readonly AdmittedRecords admitted = new();
    private readonly AlertLog alerts = new();
    private readonly Rulebook opening;
    private readonly Func<string, Rulebook?>? library;
    private readonly SignalsAhead ahead;
    private readonly bool[] isNew = new bool[BatchJudge.MostSignals];
    private readonly EngineRecord[] oneRecord = new EngineRecord[1];
    private readonly Verdict?[] one = new Verdict?[1];
    private readonly int partitions;
    private readonly BatchWork work;
    private SignalBatch? working;
    private BatchJudge judge;
    private BatchJudge? next;
    private SignalBatch? workingNext;

    /// <summary>An engine that has seen nothing.</summary>
    /// <param name="rulebook">The rules that judge until a record activates others.</param>
    /// <param name="library">Finds rulebooks by their hashes; null where no record activates any.</param>
    /// <param name="layout">Into how many parts its state is cut and how many threads work on them; <see cref="EngineLayout.One"/> where not given. It changes no answer.</param>
    public ScreeningEngine(Rulebook rulebook, Func<string, Rulebook?>? library = null, EngineLayout? layout = null)
    {
        (opening, this.library) = (rulebook, library);
        var laid = layout ?? EngineLayout.One;
        laid.Validate();
        ahead = new SignalsAhead(Known);
        (partitions, work) = (laid.Partitions, new BatchWork(laid.Threads));
        judge = new BatchJudge(Known, rulebook, partitions);
    }

    /// <summary>The rules that judge.</summary>
    public Rulebook Rulebook => judge.Rulebook;

    /// <summary>The rules whose windows count already, because they are about to judge; null where there are none.</summary>
    public Rulebook? Prepared => next?.Rulebook;

    /// <summary>What the records told.</summary>
    public EngineKnowledge Known { get; } = new();

    /// <summary>The sequence of the last record taken; the first is 1.</summary>
    public long Sequence { get; private set; }

    /// <summary>How many alerts there are.</summary>
    public int AlertCount => alerts.Count;

    /// <summary>How many times a condition ended in an error, and so said nothing.</summary>
    public long ConditionErrors => judge.Errors;

    /// <summary>Identifiers that have windows.</summary>
    public long WindowIdentifiers => judge.Windows.Identifiers;

    /// <summary>Bytes that windows hold.</summary>
    public long WindowBytes => judge.Windows.Bytes;

    /// <summary>Identifiers whose windows were let go because they were idle.</summary>
    public long WindowsEvicted => judge.Windows.Evicted;

    /// <summary>Signals that some window did not count because they came too late.</summary>
    public long WindowsTooLate => judge.Windows.TooLate;

    /// <summary>The share of identifiers looked up in another partition than their signal's first, 0 to 1.</summary>
    public double CrossPartitionReads => judge.Crossed;

    /// <summary>Whether a record is new, comes again, or contradicts what came before under its name.</summary>
    /// <exception cref="ArgumentException">The record cannot be written to a journal.</exception>
    public Admission Admit(EngineRecord record) => Admit(Fingerprint(record), out _);

    /// <summary>Whether a signal is new, comes again, or contradicts what came before under its name.</summary>
    /// <exception cref="ArgumentException">The signal cannot be written to a journal.</exception>
    public Admission Admit(Signal signal) => Admit(new SignalAccepted(signal));

    /// <summary>Takes the next record of the journal.</summary>
    /// <param name="record">The record. One that is not new takes its sequence and changes nothing.</param>
    /// <returns>The answer on a new signal; null for everything else.</returns>
    /// <exception cref="ArgumentException">The record cannot be written to a journal.</exception>
    public Verdict? Step(EngineRecord record) => Step(record, Fingerprint(record));

    /// <summary>Takes the next records of the journal together, which is quicker than one by one and gives the same answers.</summary>
    /// <param name="records">The records.</param>
    /// <param name="verdicts">As many places: the answer on a new signal, null for everything else.</param>
    /// <exception cref="ArgumentException">A record cannot be written to a journal.</exception>
    public void Step(IReadOnlyList<EngineRecord> records, Span<Verdict?> verdicts) => Step(Prepare(records), verdicts);

    /// <summary>Encodes and hashes records, which needs no engine of its own and so may be done on another thread.</summary>
    /// <exception cref="ArgumentException">A record cannot be written to a journal.</exception>
    public static PreparedRecords Prepare(IReadOnlyList<EngineRecord> records)
    {
        var fingerprints = new RecordFingerprint[records.Count];
        for (var i = 0; i < fingerprints.Length; i++) fingerprints[i] = Fingerprint(records[i]);
        return new PreparedRecords([.. records], fingerprints);
    }

    /// <summary>Takes the next records of the journal together.</summary>
    /// <param name="prepared">The records.</param>
    /// <param name="verdicts">As many places: the answer on a new signal, null for everything else.</param>
    public void Step(PreparedRecords prepared, Span<Verdict?> verdicts) => Step(prepared.Records, prepared.Fingerprints, verdicts);

    /// <summary>The alerts after a sequence, oldest first. The newest 100,000 are whole; older ones have neither signal nor reasons.</summary>
    /// <param name="sequence">0 for the first.</param>
    /// <param name="max">At most so many.</param>
    public IReadOnlyList<Alert> AlertsAfter(long sequence, int max) => alerts.After(sequence, max);

    /// <summary>Whether a rule spoke on the signal judged last, whatever came of it, and the error its condition ended in.</summary>
    internal (bool Spoke, string? Error) Said(string rule) => judge.Said(rule);

    /// <summary>The answer that the signal at a sequence got. Ask only for the sequence of a signal.</summary>
    internal Verdict VerdictAt(long sequence) => alerts.At(sequence)?.Verdict ?? judge.Allow;

    internal Admission Admit(RecordFingerprint fingerprint, out long sequence)
    {
        if (!admitted.TryFind(fingerprint.Name, out var content, out sequence)) return Admission.New;
        return content == fingerprint.Content ? Admission.Repeat : Admission.Conflict;
    }

    internal Verdict? Step(EngineRecord record, RecordFingerprint fingerprint)
    {
        oneRecord[0] = record;
        Step(oneRecord, [fingerprint], one);
        return one[0];
    }

    /// <summary>Takes the next records of the journal together: identifiers are looked up ahead for all of them.</summary>
    /// <param name="records">The records.</param>
    /// <param name="fingerprints">One a record.</param>
    /// <param name="verdicts">One a record: the answer on a new signal, null for everything else.</param>
    internal void Step(ReadOnlySpan<EngineRecord> records, ReadOnlySpan<RecordFingerprint> fingerprints, Span<Verdict?> verdicts)
    {
        for (var i = 0; i < records.Length; i++)
        {
            var place = i % isNew.Length;
            if (place == 0) LookAt(records, fingerprints, i);
            verdicts[i] = null;
            Sequence++;
            if (!isNew[place]) continue;
            if (records[i] is SignalAccepted { Signal: var signal })
            {
                Take(signal, i);
                if (judge.Waiting == BatchJudge.MostSignals) Judge(verdicts);
            }
            else
            {
                // What is no signal can change what the signals before it are judged by.
                Settle(verdicts);
                Take(records[i]);
            }
        }
        Settle(verdicts);
    }

    internal static RecordFingerprint Fingerprint(EngineRecord record)
    {
        Span<byte> bytes = stackalloc byte[EngineRecordCodec.LongestRecord];
        var fault = EngineRecordCodec.Encode(record, bytes, out var length, out var head);
        return fault == RecordFault.None
            ? RecordFingerprint.Of(bytes[..length], head)
            : throw new ArgumentException($"The record cannot be written to a journal: {fault}.", nameof(record));
    }

    /// <summary>Admits the next records and brings near what they will read.</summary>
    private void LookAt(ReadOnlySpan<EngineRecord> records, ReadOnlySpan<RecordFingerprint> fingerprints, int first)
    {
        var count = Math.Min(isNew.Length, records.Length - first);
        admitted.TryAdd(fingerprints.Slice(first, count), Sequence + 1, isNew);
        if (count >= FewestLookedAt) ahead.LookAt(records.Slice(first, count));
    }

    private void Take(Signal signal, int place)
    {
        Known.Apply(signal);
        judge.Take(signal, place, Sequence);
        next?.Take(signal, place, Sequence);
    }

    /// <summary>Puts the filled batch up for work. While others work on it, the registers already take the next.</summary>
    private void Judge(Span<Verdict?> verdicts)
    {
        Collect(verdicts);
        (working, workingNext) = (judge.TakeBatch(), next?.TakeBatch());
        work.Start(judge, working, next is null ? null : (next, workingNext!));
        // Alone there is nothing to gain by waiting, and the batch is still in the cache.
        if (work.IsAlone) Collect(verdicts);
    }

    private void Collect(Span<Verdict?> verdicts)
    {
        if (working is null) return;
        work.Finish();
        judge.Deliver(working, verdicts, alerts);
        workingNext?.Clear();
        (working, workingNext) = (null, null);
    }

    private void Settle(Span<Verdict?> verdicts)
    {
        if (judge.Waiting > 0) Judge(verdicts);
        Collect(verdicts);
    }

    private void Take(EngineRecord record)
    {
        switch (record)
        {
            case ListChanged change:
                Known.Lists.Apply(change);
                break;
            case MemberPlaced told:
                Known.Regions[told.Member] = told.Region;
                judge.Place(told.Member, told.Region);
                next?.Place(told.Member, told.Region);
                break;
            case AnswerDegraded:
                // What was answered without a verdict changes nothing that later verdicts rest on.
                break;
            case RulebookPrepared prepared:
                next = new BatchJudge(Known, Find(prepared.Hash), partitions);
                break;
            case RulebookActivated activated:
                judge = next?.Rulebook.Hash == activated.Hash ? next : new BatchJudge(Known, Find(activated.Hash), partitions, judge.Windows);
                next = null;
                break;
            default:
                throw new InvalidOperationException($"No step for a {record.GetType().Name}.");
        }
    }

    private Rulebook Find(string hash) =>
        library?.Invoke(hash) ?? throw new InvalidOperationException($"The rulebook {hash}, named by record {Sequence}, is not among the rulebooks kept.");
}

/// <summary>Records that were encoded and hashed and wait for the engine.</summary>
public sealed class PreparedRecords
{
    internal PreparedRecords(EngineRecord[] records, RecordFingerprint[] fingerprints) => (Records, Fingerprints) = (records, fingerprints);

    internal EngineRecord[] Records { get; }

    internal RecordFingerprint[] Fingerprints { get; }
}
