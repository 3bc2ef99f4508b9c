using System.Buffers;
using System.Collections.Immutable;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// Judges signals in batches, in three passes: registers take each signal and answer what is asked of them; the rows of all
/// identifiers are found together, because waiting for the memory once is cheaper than each time; windows take each signal,
/// answer, and the conditions run. Each pass goes in the order of the journal, so that how it is cut into batches changes nothing.
/// </summary>
internal sealed class BatchJudge
{
    /// <summary>So many records make a batch at most: enough to hide the memory's latency, few enough to stay in the cache.</summary>
    public const int MostSignals = 256;

    // Of more signals than this the first would have left the nearest cache before they are judged.
    private const int LookAhead = 8;

    private readonly EngineKnowledge known;
    private readonly Dictionary<MemberCode, ParameterRow> placed = [];
    private readonly List<RuleFrame>[] frames = [.. Enumerable.Range(0, (int)SignalKind.WebVisit + 1).Select(_ => new List<RuleFrame>())];
    private readonly int[] framesUsed = new int[(int)SignalKind.WebVisit + 1];
    private readonly Pending[] pending = new Pending[MostSignals];
    private readonly int[] spoken;
    private int said;
    private KindPlan? judged;
    private KeyValuePair<Signal, RuleFrame>? last;
    private readonly ParameterRow usual;
    private int count;
    private long clock = long.MinValue;

    /// <param name="known">What the registers know.</param>
    /// <param name="rulebook">The rules.</param>
    /// <param name="limits">Bounds of the windows.</param>
    /// <param name="former">The windows of the rulebook before: those that both declare go on counting.</param>
    public BatchJudge(EngineKnowledge known, Rulebook rulebook, WindowLimits limits, WindowSpaces? former = null)
    {
        (this.known, Rulebook) = (known, rulebook);
        Windows = new WindowSpaces(rulebook, limits, former);
        foreach (var (member, region) in known.Regions) Place(member, region);
        Allow = new Verdict(VerdictAction.Allow, null, rulebook.Hash, null);
        usual = rulebook.ParametersOf("");
        spoken = new int[rulebook.Rules.Length];
    }

    public Rulebook Rulebook { get; }

    public WindowSpaces Windows { get; }

    /// <summary>The answer where no rule speaks.</summary>
    public Verdict Allow { get; }

    /// <summary>How many times a condition ended in an error.</summary>
    public long Errors { get; private set; }

    /// <summary>Says in which region a member is.</summary>
    public void Place(MemberCode member, string region) => placed[member] = Rulebook.ParametersOf(region);

    /// <summary>Takes a signal into the batch. The registers have it already.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="place">Where its verdict goes.</param>
    /// <param name="sequence">Its sequence.</param>
    public void Take(Signal signal, int place, long sequence)
    {
        // Nobody is ever kept from calling an emergency service, whatever line he calls from; so it is decided here, for all rules.
        var mayBlock = signal is not Call call || !known.Lists.Has(ListName.NeverBlockNumbers, call.Callee, signal.At);
        var plan = Rulebook.PlanOf(signal.Kind);
        RuleFrame? frame = null;
        if (plan is not null)
        {
            frame = NextFrame(plan);
            frame.Parameters = placed.GetValueOrDefault(signal.Member, usual);
            foreach (var read in plan.Registers) read.Fill(signal, frame, known);
            Windows.Note(plan, signal, frame);
        }
        pending[count++] = new Pending(signal, place, sequence, plan, frame, mayBlock);
    }

    /// <summary>Judges the batch and begins a new one.</summary>
    public void Run(Span<Verdict?> verdicts, AlertLog alerts)
    {
        Windows.FindRows();
        for (var i = 0; i < count; i++)
        {
            if (i % LookAhead == 0) TakeRows(i);
            ref var next = ref pending[i];
            var verdict = next.Plan is null ? Allow : Judge(next.Plan, next.Signal, next.Frame!, next.MayBlock);
            verdicts[next.Place] = verdict;
            if (verdict.Action != VerdictAction.Allow) alerts.Add(new Alert(next.Sequence, next.Signal, verdict));
        }
        EndBatch();
    }

    /// <summary>Counts the batch in the windows and judges nothing.</summary>
    public void RunQuietly()
    {
        Windows.FindRows();
        for (var i = 0; i < count; i++)
        {
            if (i % LookAhead == 0) TakeRows(i);
            ref var next = ref pending[i];
            if (next.Plan is { } plan) Count(plan, next.Signal, next.Frame!, ask: false, out _);
        }
        EndBatch();
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
        Errors = reader.Number();
        from = reader.Rest;
        Windows.Load(ref from);
    }

    private void TakeRows(int from)
    {
        foreach (ref var next in pending.AsSpan(from, Math.Min(LookAhead, count - from)))
            if (next.Plan is { } plan) Windows.TakeRows(plan, next.Frame!);
    }

    private void EndBatch()
    {
        Windows.EndBatch(count);
        pending.AsSpan(0, count).Clear();
        Array.Clear(framesUsed);
        count = 0;
    }

    private RuleFrame NextFrame(KindPlan plan)
    {
        var (pool, used) = (frames[(int)plan.Kind], framesUsed[(int)plan.Kind]++);
        if (used == pool.Count) pool.Add(plan.NewFrame());
        return pool[used];
    }

    private Verdict Judge(KindPlan plan, Signal signal, RuleFrame frame, bool mayBlock) =>
        Count(plan, signal, frame, ask: true, out var inCurrency) ? Speak(plan, signal, frame, inCurrency, mayBlock) : Allow;

    /// <summary>Counts a signal in the windows of its identifiers and, where wanted, asks them. False for the end of a call, which is no call of its own.</summary>
    private bool Count(KindPlan plan, Signal signal, RuleFrame frame, bool ask, out bool inCurrency)
    {
        if (signal.At.Micros > clock)
        {
            clock = signal.At.Micros;
            Windows.Advance(signal.At);
        }
        inCurrency = signal is not Transfer transfer || transfer.Amount.Currency == Rulebook.Currency;
        if (signal is Call { Phase: CallPhase.End }) return false;
        if (ask)
            foreach (var read in plan.Before) Ask(read, signal, frame);
        // Two signals of one instant are told apart by their id, so that the order of arrival decides nothing.
        var tie = plan.Feeds.IsEmpty ? 0 : KeyHash.Of(signal.Id.Text);
        foreach (var feed in plan.Feeds)
            if (inCurrency || !feed.UsesMoney) Feed(feed, signal, frame, tie);
        if (ask)
            foreach (var read in plan.After) Ask(read, signal, frame);
        return true;
    }

    private void Feed(WindowFeed feed, Signal signal, RuleFrame frame, ulong tie)
    {
        var row = frame.Rows[feed.Path.Place];
        if (row < 0) return;
        if (feed.Where is { } where && (!where(signal, frame, out var error) || error is not null)) return;
        var table = Windows.Table(feed.Window.Space);
        if (feed.Real is { } real)
        {
            var value = real(signal, frame, out var fault);
            if (fault is null) table.ApplyReal(feed.Window.Number, row, signal.At.Micros, value, tie);
            return;
        }
        var whole = 0L;
        if (feed.Whole is { } read)
        {
            whole = read(signal, frame, out var fault);
            if (fault is not null) return;
        }
        table.Apply(feed.Window.Number, row, signal.At.Micros, whole, tie);
    }

    private void Ask(WindowRead read, Signal signal, RuleFrame frame)
    {
        var (window, row) = (read.Window, frame.Rows[read.Path.Place]);
        var table = Windows.Table(window.Space);
        var at = signal.At.Micros;
        ref var slot = ref frame.Numbers[read.Place];
        if (window.IsReal) slot = table.TryReadReal(window.Number, row, at, out var real) ? BitConverter.DoubleToInt64Bits(real) : Empty(window);
        else if (window.IsRounded) slot = table.TryReadReal(window.Number, row, at, out var mean) ? (long)Math.Round(mean) : Empty(window);
        else slot = table.TryRead(window.Number, row, at, out var whole) ? window.Bounded(whole) : Empty(window);
    }

    private static long Empty(Window window) => window.MayBeEmpty ? Untold.Of(window.Type) : 0;

    private Verdict Speak(KindPlan plan, Signal signal, RuleFrame frame, bool inCurrency, bool mayBlock)
    {
        (said, judged, last) = (0, plan, new KeyValuePair<Signal, RuleFrame>(signal, frame));
        var allowed = false;
        for (var i = 0; i < plan.Rules.Length; i++)
        {
            var rule = plan.Rules[i];
            if ((rule.UsesMoney && !inCurrency) || (!mayBlock && rule.Rule.Action == VerdictAction.Block)) continue;
            var speaks = rule.Condition(signal, frame, out var error);
            if (error is not null) Errors++;
            else if (speaks)
            {
                allowed |= rule.Rule.Action == VerdictAction.Allow;
                spoken[said++] = i;
            }
        }
        return said == 0 ? Allow : Conclude(plan, signal, frame, allowed, spoken.AsSpan(0, said));
    }

    private Verdict Conclude(KindPlan plan, Signal signal, RuleFrame frame, bool allowed, ReadOnlySpan<int> said)
    {
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
        var judgement = new Judgement(plan, signal, frame.Copy(), order);
        return new Verdict(action, action == VerdictAction.Hold ? signal.At + hold : null, Rulebook.Hash, judgement);
    }

    /// <summary>Whether a rule spoke on the signal judged last, whatever came of it; and the error its condition ends in.</summary>
    public (bool Spoke, string? Error) Said(string rule)
    {
        if (judged is null) return (false, null);
        for (var i = 0; i < judged.Rules.Length; i++)
        {
            if (judged.Rules[i].Rule.Id != rule) continue;
            last!.Value.Deconstruct(out var signal, out var frame);
            judged.Rules[i].Condition(signal, frame, out var error);
            return (spoken.AsSpan(0, said).Contains(i), error?.Message);
        }
        return (false, null);
    }

    private readonly record struct Pending(Signal Signal, int Place, long Sequence, KindPlan? Plan, RuleFrame? Frame, bool MayBlock);
}
