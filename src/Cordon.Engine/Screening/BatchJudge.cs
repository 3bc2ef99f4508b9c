using System.Buffers;
using System.Collections.Immutable;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// Judges signals in batches, in three passes. Registers take each signal and answer what is asked of them, in the order of the
/// journal. Each partition of the windows then counts and answers what its own identifiers are touched by, in that order too.
/// When all have, every signal's frame is complete, and its rules run. Partitions do not see each other and signals no longer
/// either, so several threads may share the second and third pass, and how records are cut into batches changes nothing.
/// </summary>
internal sealed class BatchJudge
{
    /// <summary>So many signals make a batch at most: enough to hide the memory's latency, few enough to stay in the cache.</summary>
    public const int MostSignals = 512;

    private readonly EngineKnowledge known;
    private readonly Dictionary<MemberCode, ParameterRow> placed = [];
    private readonly ParameterRow usual;
    private SignalBatch filling;
    private SignalBatch other;
    private BatchSignal last;
    private long clock = long.MinValue;
    private long errors;

    /// <param name="known">What the registers know.</param>
    /// <param name="rulebook">The rules.</param>
    /// <param name="partitions">Into how many parts the windows are cut, a power of two.</param>
    /// <param name="former">The windows of the rulebook before: those that both declare go on counting.</param>
    public BatchJudge(EngineKnowledge known, Rulebook rulebook, int partitions, WindowSpaces? former = null)
    {
        (this.known, Rulebook) = (known, rulebook);
        Windows = new WindowSpaces(rulebook, WindowLimits.Default, partitions, former);
        (filling, other) = (new SignalBatch(partitions), new SignalBatch(partitions));
        foreach (var (member, region) in known.Regions) Place(member, region);
        Allow = new Verdict(VerdictAction.Allow, null, rulebook.Hash, null);
        usual = rulebook.ParametersOf("");
    }

    public Rulebook Rulebook { get; }

    public WindowSpaces Windows { get; }

    /// <summary>The answer where no rule speaks.</summary>
    public Verdict Allow { get; }

    /// <summary>How many times a condition ended in an error.</summary>
    public long Errors => Volatile.Read(ref errors);

    /// <summary>Signals in the batch that is filled now.</summary>
    public int Waiting => filling.Count;

    /// <summary>The share of identifiers looked up in another partition than their signal's first; 0 where there is one partition.</summary>
    public double Crossed => filling.Touched + other.Touched is var all and > 0 ? (double)(filling.TouchedElsewhere + other.TouchedElsewhere) / all : 0;

    /// <summary>Says in which region a member is.</summary>
    public void Place(MemberCode member, string region) => placed[member] = Rulebook.ParametersOf(region);

    /// <summary>Takes a signal into the batch. The registers have it already.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="place">Where its verdict goes.</param>
    /// <param name="sequence">Its sequence.</param>
    public void Take(Signal signal, int place, long sequence)
    {
        clock = Math.Max(clock, signal.At.Micros);
        ref var next = ref filling.Next(clock);
        next.Signal = signal;
        next.Place = place;
        next.Sequence = sequence;
        next.Clock = clock;
        next.IsJudged = signal is not Call { Phase: CallPhase.End } && Rulebook.PlanOf(signal.Kind) is not null;
        if (!next.IsJudged) return;
        var plan = Rulebook.PlanOf(signal.Kind)!;
        var frame = filling.NextFrame(plan);
        frame.Parameters = placed.Count == 0 ? usual : placed.GetValueOrDefault(signal.Member, usual);
        foreach (var read in plan.Registers) read.Fill(signal, frame, known);
        (next.Plan, next.Frame) = (plan, frame);
        // Nobody is ever kept from calling an emergency service, whatever line he calls from; so it is decided here, for all rules.
        next.MayBlock = signal is not Call call || !known.Lists.Has(ListName.NeverBlockNumbers, call.Callee, signal.At);
        next.InCurrency = signal is not Transfer transfer || transfer.Amount.Currency == Rulebook.Currency;
        next.Tie = plan.Feeds.IsEmpty ? 0 : KeyHash.Of(signal.Id.Text);
        filling.Note(next);
    }

    /// <summary>The batch that was filled; the next one is filled in another place meanwhile.</summary>
    public SignalBatch TakeBatch()
    {
        (filling, other) = (other, filling);
        return other;
    }

    /// <summary>The second pass, for one partition.</summary>
    public void Count(SignalBatch batch, int partition, bool ask) =>
        Windows.Partitions[partition].Run(batch.TouchesOf(partition), batch.Signals, ask, batch.Clock);

    /// <summary>The third pass, for some of the signals.</summary>
    /// <param name="batch">The batch, counted in all partitions.</param>
    /// <param name="from">The first signal.</param>
    /// <param name="until">The signal after the last.</param>
    public void Decide(SignalBatch batch, int from, int until)
    {
        Span<int> spoken = stackalloc int[Rulebook.Rules.Length];
        for (var i = from; i < until; i++)
        {
            ref readonly var signal = ref batch.Signals[i];
            var said = signal.IsJudged ? Speak(signal, spoken) : 0;
            batch.Verdicts[i] = said == 0 ? Allow : Conclude(signal, spoken[..said]);
        }
    }

    /// <summary>Gives a batch's answers out and forgets it.</summary>
    public void Deliver(SignalBatch batch, Span<Verdict?> verdicts, AlertLog alerts)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var signal = ref batch.Signals[i];
            var verdict = batch.Verdicts[i]!;
            verdicts[signal.Place] = verdict;
            if (verdict.Action != VerdictAction.Allow) alerts.Add(new Alert(signal.Sequence, signal.Signal, verdict));
        }
        if (batch.Count > 0) last = batch.Signals[^1];
        batch.Clear();
    }

    /// <summary>Writes what later answers depend on beside the registers. No batch is under way.</summary>
    public void Save(IBufferWriter<byte> to)
    {
        var writer = new SnapshotWriter(to);
        writer.Number(clock);
        writer.Number(Errors);
        writer.Flush();
        Windows.Save(to);
    }

    /// <summary>Reads that into a judge of the same rulebook that has judged nothing.</summary>
    public void Load(ref SequenceReader<byte> from)
    {
        var reader = new SnapshotReader(from);
        clock = reader.Number();
        errors = reader.Number();
        from = reader.Rest;
        Windows.Load(ref from);
    }

    /// <summary>Whether a rule spoke on the signal judged last, whatever came of it; and the error its condition ends in.</summary>
    public (bool Spoke, string? Error) Said(string rule)
    {
        if (!last.IsJudged) return (false, null);
        foreach (var compiled in last.Plan!.Rules)
        {
            if (compiled.Rule.Id != rule) continue;
            var speaks = compiled.Condition(last.Signal, last.Frame!, out var error);
            return (speaks && error is null && MaySpeak(compiled, last), error?.Message);
        }
        return (false, null);
    }

    private static bool MaySpeak(CompiledRule rule, in BatchSignal signal) =>
        (signal.InCurrency || !rule.UsesMoney) && (signal.MayBlock || rule.Rule.Action != VerdictAction.Block);

    private int Speak(in BatchSignal signal, Span<int> spoken)
    {
        var said = 0;
        var rules = signal.Plan!.Rules;
        for (var i = 0; i < rules.Length; i++)
        {
            if (!MaySpeak(rules[i], signal)) continue;
            var speaks = rules[i].Condition(signal.Signal, signal.Frame!, out var error);
            if (error is not null) Interlocked.Increment(ref errors);
            else if (speaks) spoken[said++] = i;
        }
        return said;
    }

    private Verdict Conclude(in BatchSignal signal, ReadOnlySpan<int> said)
    {
        var plan = signal.Plan!;
        var allowed = false;
        foreach (var place in said) allowed |= plan.Rules[place].Rule.Action == VerdictAction.Allow;
        var action = VerdictAction.Allow;
        var hold = TimeSpan.Zero;
        foreach (var place in said)
        {
            var rule = plan.Rules[place].Rule;
            if (allowed && rule.Action != VerdictAction.Block) continue;
            if (rule.Action > action) action = rule.Action;
            if (rule.Action == VerdictAction.Hold && rule.Hold > hold) hold = rule.Hold.Value;
        }
        if (action == VerdictAction.Allow) return Allow;
        ImmutableArray<int> order = [.. said];
        if (said.Length > 1) order = [.. order.OrderByDescending(place => plan.Rules[place].Rule.Priority)];
        var judgement = new Judgement(plan, signal.Signal, signal.Frame!.Copy(), order);
        return new Verdict(action, action == VerdictAction.Hold ? signal.Signal.At + hold : null, Rulebook.Hash, judgement);
    }
}
