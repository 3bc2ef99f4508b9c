using System.Collections.Immutable;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>What to do with the thing a signal tells of. A larger value is stricter and wins.</summary>
public enum VerdictAction : byte
{
    /// <summary>Let it pass.</summary>
    Allow = 0,

    /// <summary>Let it pass and warn the one who may lose by it.</summary>
    Warn = 1,

    /// <summary>Delay it until somebody has looked.</summary>
    Hold = 2,

    /// <summary>Stop it.</summary>
    Block = 3,
}

/// <summary>One rule that spoke, and the values it saw.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Action">What it asks for.</param>
/// <param name="ReasonCode">A stable code, for example <c>call.spoofed-origin</c>.</param>
/// <param name="Duty">The id of the duty that the rule serves.</param>
/// <param name="Values">What its condition looked at, as written there, with the value it had.</param>
/// <param name="Text">The reason for people who may see what was looked up.</param>
public sealed record Reason(
    string Rule, VerdictAction Action, string ReasonCode, string Duty, ImmutableArray<KeyValuePair<string, string>> Values, LocalText Text);

/// <summary>The answer on one signal.</summary>
public sealed class Verdict
{
    private readonly Judgement? judgement;
    private ImmutableArray<Reason> reasons;

    internal Verdict(VerdictAction action, Instant? until, string rulebook, Judgement? judgement)
    {
        (Action, HoldUntil, Rulebook, this.judgement) = (action, until, rulebook, judgement);
        if (judgement is null) reasons = [];
    }

    /// <summary>What to do, by the order of docs/reference/rulebook.md: a rule that allows silences warnings and holds, then the strictest wins.</summary>
    public VerdictAction Action { get; }

    /// <summary>How long a held signal waits; null for other actions.</summary>
    public Instant? HoldUntil { get; }

    /// <summary>The content hash of the rulebook that judged.</summary>
    public string Rulebook { get; }

    /// <summary>The rules that spoke, of the highest priority first, else in the rulebook's order; empty where none did.</summary>
    public ImmutableArray<Reason> Reasons
    {
        get
        {
            // Most verdicts are never read in full; two readers at once compute the same.
            if (reasons.IsDefault) ImmutableInterlocked.InterlockedInitialize(ref reasons, judgement!.Reasons());
            return reasons;
        }
    }

    /// <summary>What the rules saw, for explaining; null where none spoke.</summary>
    internal Judgement? Judgement => judgement;
}
