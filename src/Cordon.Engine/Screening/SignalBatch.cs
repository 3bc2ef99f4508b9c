using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>A signal of a batch and what was looked up for it.</summary>
internal struct BatchSignal
{
    public Signal Signal;

    /// <summary>What the rulebook does with it; null where nothing.</summary>
    public KindPlan? Plan;

    /// <summary>What was looked up; null where the rulebook does nothing with it.</summary>
    public RuleFrame? Frame;

    /// <summary>Where its verdict goes.</summary>
    public int Place;

    public long Sequence;

    /// <summary>The newest event time up to it, in microseconds since the epoch.</summary>
    public long Clock;

    /// <summary>Tells signals of one instant apart by their id, so that the order of arrival decides nothing.</summary>
    public ulong Tie;

    /// <summary>Whether the verdict may block it.</summary>
    public bool MayBlock;

    /// <summary>Whether it moves no money, or money in the rulebook's currency.</summary>
    public bool InCurrency;

    /// <summary>Whether it is judged: the end of a call is no call of its own.</summary>
    public bool IsJudged;
}

/// <summary>A batch of signals on its way through one rulebook. It keeps its room from batch to batch.</summary>
internal sealed class SignalBatch
{
    private readonly List<RuleFrame>[] frames = new List<RuleFrame>[(int)SignalKind.WebVisit + 1];
    private readonly int[] framesUsed = new int[(int)SignalKind.WebVisit + 1];
    private readonly BatchSignal[] signals = new BatchSignal[BatchJudge.MostSignals];
    private readonly Verdict?[] verdicts = new Verdict?[BatchJudge.MostSignals];
    private readonly PartitionTouches[] touches;
    private readonly KeyBatch one = new();

    /// <param name="partitions">How many partitions the windows have.</param>
    public SignalBatch(int partitions)
    {
        touches = new PartitionTouches[partitions];
        for (var i = 0; i < partitions; i++) touches[i] = new PartitionTouches();
        for (var i = 0; i < frames.Length; i++) frames[i] = [];
    }

    /// <summary>How many signals it has.</summary>
    public int Count { get; private set; }

    /// <summary>The newest event time up to its end.</summary>
    public long Clock { get; private set; } = long.MinValue;

    /// <summary>Its signals.</summary>
    public ReadOnlySpan<BatchSignal> Signals => signals.AsSpan(0, Count);

    /// <summary>Identifiers that signals led to, since the beginning.</summary>
    public long Touched { get; private set; }

    /// <summary>Of those, how many lie in another partition than the first of the same signal.</summary>
    public long TouchedElsewhere { get; private set; }

    /// <summary>The answers, once it was judged.</summary>
    public Span<Verdict?> Verdicts => verdicts.AsSpan(0, Count);

    /// <summary>What is touched in a partition.</summary>
    public PartitionTouches TouchesOf(int partition) => touches[partition];

    /// <summary>A place for the next signal.</summary>
    public ref BatchSignal Next(long clock)
    {
        Clock = clock;
        return ref signals[Count++];
    }

    /// <summary>A frame for a signal of a plan's kind.</summary>
    public RuleFrame NextFrame(KindPlan plan)
    {
        var (pool, used) = (frames[(int)plan.Kind], framesUsed[(int)plan.Kind]++);
        if (used == pool.Count) pool.Add(plan.NewFrame());
        return pool[used];
    }

    /// <summary>Notes the identifiers that the last signal leads to. What it asks about those it does not have is answered at once.</summary>
    public void Note(in BatchSignal signal)
    {
        var home = -1;
        foreach (var path in signal.Plan!.Paths)
        {
            one.Clear();
            path.Add(signal.Signal, signal.Frame!, one);
            if (one.IsAbsent(0)) LeaveEmpty(path, signal.Frame!);
            else
            {
                var part = one.PartOf(0, touches.Length);
                if (home < 0) home = part;
                Touched++;
                if (part != home) TouchedElsewhere++;
                touches[part].Add(Count - 1, path, one);
            }
        }
    }

    /// <summary>Forgets the signals.</summary>
    public void Clear()
    {
        foreach (var part in touches) part.Clear();
        signals.AsSpan(0, Count).Clear();
        verdicts.AsSpan(0, Count).Clear();
        Array.Clear(framesUsed);
        Count = 0;
    }

    private static void LeaveEmpty(IdentifierPath path, RuleFrame frame)
    {
        foreach (var read in path.Before) frame.Numbers[read.Place] = read.Empty;
        foreach (var read in path.After) frame.Numbers[read.Place] = read.Empty;
    }
}
