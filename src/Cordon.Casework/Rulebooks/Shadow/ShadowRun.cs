using System.Collections.Immutable;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;

namespace Cordon.Casework.Rulebooks.Shadow;

/// <summary>A second engine with the rulebook in the shadow, and what it would have done otherwise. One caller at a time.</summary>
internal sealed class ShadowRun(Guid rulebook, Rulebook rules, long after)
{
    public const int MostSamples = 20;
    public const int MostRuleSamples = 5;
    private const int Actions = (int)VerdictAction.Block + 1;

    private readonly ScreeningEngine engine = new(rules);
    private readonly long[,] turns = new long[Actions, Actions];
    private readonly Dictionary<string, RuleCount> byRule = new(StringComparer.Ordinal);
    private readonly List<ShadowSample> stopped = [];
    private readonly List<ShadowSample> passed = [];
    private long judged;

    /// <summary>The last record taken.</summary>
    public long Read { get; private set; }

    /// <summary>Whether this is the run of a rulebook that began behind a record.</summary>
    public bool Is(Guid id, string hash, long began) => id == rulebook && hash == rules.Hash && began == after;

    /// <summary>Takes the next record of the journal.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="record">The record.</param>
    /// <param name="active">What the active rulebook said of it; null where it said nothing.</param>
    public void Take(long sequence, EngineRecord record, Verdict? active)
    {
        Read = sequence;
        // What the live engine changes to is not the shadow's business: it keeps its own rulebook.
        if (record is RulebookActivated or RulebookPrepared) return;
        var verdict = engine.Step(record);
        if (sequence <= after || verdict is null || record is not SignalAccepted { Signal: var signal }) return;
        judged++;
        var (was, would) = (active?.Action ?? VerdictAction.Allow, verdict.Action);
        turns[(int)was, (int)would]++;
        if (IsStop(would) && !IsStop(was)) Note(stopped, verdict, isStop: true);
        else if (IsStop(was) && !IsStop(would)) Note(passed, active!, isStop: false);

        void Note(List<ShadowSample> samples, Verdict stricter, bool isStop)
        {
            ImmutableArray<string> rules = [.. stricter.Reasons.Where(r => IsStop(r.Action)).Select(r => r.Rule)];
            if (samples.Count < MostSamples) samples.Add(new ShadowSample(sequence, signal.Kind, signal.Member, signal.At, was, would, rules));
            foreach (var rule in rules)
            {
                if (!byRule.TryGetValue(rule, out var count)) byRule.Add(rule, count = new RuleCount());
                count.Add(sequence, isStop);
            }
        }
    }

    public ShadowReport Report(long journal)
    {
        var changes = new List<ShadowTurn>();
        long newlyStopped = 0, newlyPassed = 0, otherwise = 0;
        foreach (var was in Enum.GetValues<VerdictAction>())
            foreach (var would in Enum.GetValues<VerdictAction>())
            {
                var count = turns[(int)was, (int)would];
                if (was == would || count == 0) continue;
                changes.Add(new ShadowTurn(was, would, count));
                if (IsStop(was) == IsStop(would)) otherwise += count;
                else if (IsStop(would)) newlyStopped += count;
                else newlyPassed += count;
            }
        return new ShadowReport(
            rulebook, rules.Hash, after, Read, journal, new ShadowTally(judged, newlyStopped, newlyPassed, otherwise),
            [.. changes.OrderByDescending(t => t.Count).ThenBy(t => t.Active).ThenBy(t => t.Shadow)],
            [.. byRule.OrderByDescending(r => r.Value.Stopped + r.Value.Passed).ThenBy(r => r.Key, StringComparer.Ordinal)
                .Select(r => new ShadowRule(r.Key, r.Value.Stopped, r.Value.Passed, [.. r.Value.Samples]))],
            [.. stopped], [.. passed]);
    }

    private static bool IsStop(VerdictAction action) => action >= VerdictAction.Hold;

    private sealed class RuleCount
    {
        public long Stopped { get; private set; }

        public long Passed { get; private set; }

        public List<long> Samples { get; } = [];

        public void Add(long sequence, bool isStop)
        {
            if (isStop) Stopped++;
            else Passed++;
            if (Samples.Count < MostRuleSamples) Samples.Add(sequence);
        }
    }
}
