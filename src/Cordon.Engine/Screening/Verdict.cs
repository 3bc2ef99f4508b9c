using System.Collections.Immutable;

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
/// <param name="Values">The values it looked at, by name, in the rule's order.</param>
public sealed record Reason(string Rule, VerdictAction Action, string ReasonCode, string Duty, ImmutableArray<KeyValuePair<string, string>> Values);

/// <summary>The answer on one signal.</summary>
/// <param name="Action">The strictest action of its reasons.</param>
/// <param name="Reasons">The rules that spoke, in the rulebook's order; empty for Allow.</param>
/// <param name="Rulebook">The content hash of the rulebook that judged.</param>
public sealed record Verdict(VerdictAction Action, ImmutableArray<Reason> Reasons, string Rulebook);
