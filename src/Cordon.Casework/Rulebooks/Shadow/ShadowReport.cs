using System.Collections.Immutable;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks.Shadow;

/// <summary>What would have differed, in sums. A signal is stopped where it is held or blocked.</summary>
/// <param name="Judged">Live signals that both judged.</param>
/// <param name="NewlyStopped">Stopped by the shadow alone.</param>
/// <param name="NewlyPassed">Stopped by the active rulebook alone.</param>
/// <param name="OtherwiseChanged">Another action, but stopped by both or by neither.</param>
public sealed record ShadowTally(long Judged, long NewlyStopped, long NewlyPassed, long OtherwiseChanged)
{
    /// <summary>Nothing judged yet.</summary>
    public static ShadowTally None { get; } = new(0, 0, 0, 0);
}

/// <summary>What one rule had to do with it.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="NewlyStopped">Signals newly stopped on which this rule of the shadow spoke.</param>
/// <param name="NewlyPassed">Signals newly passed on which this rule of the active rulebook had spoken.</param>
/// <param name="Samples">Sequences of the first such signals, at most five.</param>
public sealed record ShadowRule(string Rule, long NewlyStopped, long NewlyPassed, ImmutableArray<long> Samples);

/// <summary>How often one action became another.</summary>
/// <param name="Active">What the active rulebook asked for.</param>
/// <param name="Shadow">What the shadow asked for.</param>
/// <param name="Count">How often.</param>
public sealed record ShadowTurn(VerdictAction Active, VerdictAction Shadow, long Count);

/// <summary>One signal on which the two differ.</summary>
/// <param name="Sequence">Its number in the journal.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Member">Who told it.</param>
/// <param name="At">When it happened.</param>
/// <param name="Active">What the active rulebook asked for.</param>
/// <param name="Shadow">What the shadow asked for.</param>
/// <param name="Rules">The rules that spoke on the stricter side.</param>
public sealed record ShadowSample(
    long Sequence, SignalKind Kind, MemberCode Member, Instant At, VerdictAction Active, VerdictAction Shadow, ImmutableArray<string> Rules);

/// <summary>What a rulebook in the shadow would have done to live traffic.</summary>
/// <param name="Rulebook">The rulebook's id.</param>
/// <param name="Hash">The hash of its content.</param>
/// <param name="After">The comparison began behind this record of the journal; what came before only filled its windows.</param>
/// <param name="Read">How far the shadow has read.</param>
/// <param name="Journal">How far the journal goes; the shadow is that much behind.</param>
/// <param name="Found">The sums.</param>
/// <param name="Turns">How often each action became another, the most frequent first.</param>
/// <param name="Rules">By rule, those with most effect first.</param>
/// <param name="Stopped">The first signals newly stopped, at most twenty.</param>
/// <param name="Passed">The first signals newly passed, at most twenty.</param>
public sealed record ShadowReport(
    Guid Rulebook, string Hash, long After, long Read, long Journal, ShadowTally Found, ImmutableArray<ShadowTurn> Turns,
    ImmutableArray<ShadowRule> Rules, ImmutableArray<ShadowSample> Stopped, ImmutableArray<ShadowSample> Passed)
{
    /// <summary>How many records the shadow still has to read.</summary>
    public long Behind => Math.Max(0, Journal - Read);
}
