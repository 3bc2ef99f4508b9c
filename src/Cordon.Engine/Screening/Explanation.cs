using System.Collections.Immutable;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>Who reads an explanation, and so how much of what other members told is shown.</summary>
public enum Audience
{
    /// <summary>The reason alone.</summary>
    Public = 0,

    /// <summary>The member that told the signal: what it told itself; of others' facts only whether they held.</summary>
    Member = 1,

    /// <summary>The joint centre: everything.</summary>
    Centre = 2,
}

/// <summary>Why a verdict is what it is.</summary>
/// <param name="Signal">The signal judged.</param>
/// <param name="Action">The verdict.</param>
/// <param name="HoldUntil">How long it waits; null where it does not.</param>
/// <param name="Rulebook">The content hash of the rulebook that judged.</param>
/// <param name="Rules">One for each rule that spoke.</param>
public sealed record Explanation(Signal Signal, VerdictAction Action, Instant? HoldUntil, string Rulebook, ImmutableArray<RuleExplanation> Rules)
{
    /// <summary>Explains a verdict; without rules where none spoke.</summary>
    /// <param name="signal">The signal it was given on.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="audience">Who reads it.</param>
    public static Explanation Of(Signal signal, Verdict verdict, Audience audience) => new(
        signal, verdict.Action, verdict.HoldUntil, verdict.Rulebook,
        verdict.Judgement is { } judgement ? [.. judgement.Spoken.Select(place => RuleExplainer.Explain(judgement, judgement.Plan.Rules[place], audience))] : []);

    /// <summary>The sentences of the rules that spoke, in the order of <see cref="Verdict.Reasons"/>, each filled with what the signal and the reads were.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="audience">Who reads them: what other members told is left out for all but the centre.</param>
    public static IEnumerable<LocalText> Sentences(Verdict verdict, Audience audience) =>
        verdict.Judgement is { } judgement ? judgement.Spoken.Select(place => ReasonText.Of(judgement, judgement.Plan.Rules[place].Rule, audience)) : [];
}

/// <summary>Why one rule spoke.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Text">Its reason with its values; without them for the public.</param>
/// <param name="Steps">The parts of its condition from the whole down, each with the value it had; empty for the public.</param>
/// <param name="Otherwise">The nearest changes of one value with which the rule would not have spoken, nearest first; empty where there is none, or for the public.</param>
public sealed record RuleExplanation(Rule Rule, LocalText Text, ImmutableArray<ExplanationStep> Steps, ImmutableArray<Counterfactual> Otherwise);

/// <summary>A part of a condition and its value.</summary>
/// <param name="Depth">How deep it lies, 0 for the whole condition.</param>
/// <param name="Text">The part as its author would write it.</param>
/// <param name="Value">Its value; <c>hidden</c> where the reader may not see it.</param>
/// <param name="IsRead">Whether it was looked up in what is known, rather than told by the signal or computed.</param>
public sealed record ExplanationStep(int Depth, string Text, string Value, bool IsRead);

/// <summary>A change of one value with which a rule would not have spoken.</summary>
/// <param name="Text">The value as the condition writes it.</param>
/// <param name="Was">What it was; <c>hidden</c> where the reader may not see it.</param>
/// <param name="Comparison">How it would have to compare: <c>&lt;=</c>, <c>&gt;</c>, <c>==</c>, <c>!=</c>.</param>
/// <param name="Bound">With what.</param>
public sealed record Counterfactual(string Text, string Was, string Comparison, string Bound);
