using System.Runtime.InteropServices;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// Takes the journal's records one after another and judges the signals among them. Pure and synchronous:
/// its state is a function of the records and the rulebook, and one caller at a time may use it.
/// </summary>
public sealed class ScreeningEngine
{
    private readonly Dictionary<UInt128, Admitted> admitted = [];
    private readonly List<Alert> alerts = [];
    private readonly Verdict allow;

    /// <summary>An engine that has seen nothing.</summary>
    /// <param name="rulebook">The rules that judge.</param>
    public ScreeningEngine(Rulebook rulebook)
    {
        Rulebook = rulebook;
        allow = new Verdict(VerdictAction.Allow, [], rulebook.Hash);
    }

    /// <summary>The rules that judge.</summary>
    public Rulebook Rulebook { get; }

    /// <summary>What the records told.</summary>
    public EngineKnowledge Known { get; } = new();

    /// <summary>The sequence of the last record taken; the first is 1.</summary>
    public long Sequence { get; private set; }

    /// <summary>How many alerts there are.</summary>
    public int AlertCount => alerts.Count;

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

    /// <summary>The alerts after a sequence, oldest first.</summary>
    /// <param name="sequence">0 for the first.</param>
    /// <param name="max">At most so many.</param>
    public IReadOnlyList<Alert> AlertsAfter(long sequence, int max)
    {
        var first = FirstAlertAfter(sequence);
        return alerts.GetRange(first, Math.Min(max, alerts.Count - first));
    }

    /// <summary>The answer that the signal at a sequence got. Ask only for the sequence of a signal.</summary>
    internal Verdict VerdictAt(long sequence)
    {
        var place = FirstAlertAfter(sequence - 1);
        return place < alerts.Count && alerts[place].Sequence == sequence ? alerts[place].Verdict : allow;
    }

    internal Admission Admit(RecordFingerprint fingerprint, out long sequence)
    {
        if (!admitted.TryGetValue(fingerprint.Name, out var before))
        {
            sequence = 0;
            return Admission.New;
        }
        sequence = before.Sequence;
        return before.Content == fingerprint.Content ? Admission.Repeat : Admission.Conflict;
    }

    internal Verdict? Step(EngineRecord record, RecordFingerprint fingerprint)
    {
        Sequence++;
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(admitted, fingerprint.Name, out var seen);
        if (seen) return null;
        entry = new Admitted(Sequence, fingerprint.Content);
        switch (record)
        {
            case ListChanged change:
                Known.Lists.Apply(change);
                return null;
            case SignalAccepted { Signal: var signal }:
                Apply(signal);
                return Judge(signal);
            default:
                throw new InvalidOperationException($"No step for a {record.GetType().Name}.");
        }
    }

    internal static RecordFingerprint Fingerprint(EngineRecord record)
    {
        Span<byte> bytes = stackalloc byte[EngineRecordCodec.LongestRecord];
        var fault = EngineRecordCodec.Encode(record, bytes, out var length, out var head);
        return fault == RecordFault.None
            ? RecordFingerprint.Of(bytes[..length], head)
            : throw new ArgumentException($"The record cannot be written to a journal: {fault}.", nameof(record));
    }

    /// <summary>A signal is part of what is known when it is judged: a sixth line counts itself.</summary>
    private void Apply(Signal signal)
    {
        switch (signal)
        {
            case Call call:
                Known.Calls.Apply(call);
                break;
            case Subscription subscription:
                Known.Lines.Apply(subscription);
                break;
            case AccountOpening opening:
                Known.Accounts.Apply(opening);
                Known.Money.Open(opening);
                break;
            case Transfer transfer:
                Known.Apply(transfer);
                break;
        }
    }

    private Verdict Judge(Signal signal)
    {
        var reasons = Rulebook.Judge(signal, Known);
        if (reasons.IsEmpty) return allow;
        var verdict = new Verdict(reasons.Max(reason => reason.Action), reasons, Rulebook.Hash);
        alerts.Add(new Alert(Sequence, signal, verdict));
        return verdict;
    }

    private int FirstAlertAfter(long sequence)
    {
        int low = 0, high = alerts.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (alerts[middle].Sequence <= sequence) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private readonly record struct Admitted(long Sequence, ulong Content);
}
