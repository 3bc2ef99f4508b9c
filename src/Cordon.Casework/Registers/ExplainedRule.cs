using System.Text.Json;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Registers;

/// <summary>A value that a rule's condition looked at.</summary>
/// <param name="Text">As the condition writes it.</param>
/// <param name="Value">What it was; <c>hidden</c> where the reader may not see it.</param>
public sealed record SeenValue(string Text, string Value);

/// <summary>Why one rule spoke, as it is stored and told.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Code">Its reason code.</param>
/// <param name="Action">What it asks for.</param>
/// <param name="Duty">The duty it serves.</param>
/// <param name="En">The reason in English.</param>
/// <param name="ZhCn">The reason in Chinese; absent where the rulebook has none.</param>
/// <param name="When">Its condition as it was written.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Trust">How far that source was read.</param>
/// <param name="Values">What its condition looked at.</param>
/// <param name="Steps">The parts of its condition from the whole down.</param>
/// <param name="Otherwise">The nearest changes of one value with which it would not have spoken.</param>
public sealed record ExplainedRule(
    string Rule, string Code, VerdictAction Action, string Duty, string En, string? ZhCn, string When, string Basis, string Trust,
    IReadOnlyList<SeenValue> Values, IReadOnlyList<ExplanationStep> Steps, IReadOnlyList<Counterfactual> Otherwise)
{
    private const string Hidden = "hidden";

    /// <summary>The rules that spoke for a verdict.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="verdict">The verdict on it.</param>
    /// <param name="audience">Who reads it.</param>
    public static IReadOnlyList<ExplainedRule> Of(Signal signal, Verdict verdict, Audience audience) =>
    [
        .. Engine.Screening.Explanation.Of(signal, verdict, audience).Rules.Zip(verdict.Reasons, Engine.Screening.Explanation.Sentences(verdict, audience))
            .Select(part => Of(part.First, part.Second, part.Third, audience)),
    ];

    /// <summary>Reads what was stored; nothing for a verdict that was followed before explanations were.</summary>
    public static IReadOnlyList<ExplainedRule> Read(string json) => json.Length == 0 ? [] : JsonSerializer.Deserialize<IReadOnlyList<ExplainedRule>>(json, CaseworkJson.Options) ?? [];

    internal static string Write(Signal signal, Verdict verdict, Audience audience) => JsonSerializer.Serialize(Of(signal, verdict, audience), CaseworkJson.Options);

    private static ExplainedRule Of(RuleExplanation explained, Reason reason, Engine.Rules.LocalText sentence, Audience audience)
    {
        var rule = explained.Rule;
        // A read is never a field of the signal alone: what the steps call a read is hidden here as there.
        var reads = explained.Steps.Where(s => s.IsRead).Select(s => s.Text).ToHashSet(StringComparer.Ordinal);
        var values = audience == Audience.Public ? [] : reason.Values.Select(v => new SeenValue(v.Key, audience == Audience.Centre || IsOwn(v, reads) ? v.Value : Hidden));
        return new ExplainedRule(
            rule.Id, rule.ReasonCode, rule.Action, rule.Duty, sentence.En, sentence.ZhCn, rule.When.Trim(), rule.Basis.Text, rule.Basis.Trust,
            [.. values], explained.Steps, explained.Otherwise);
    }

    private static bool IsOwn(KeyValuePair<string, string> value, HashSet<string> reads) =>
        value.Value is "true" or "false" || (!reads.Contains(value.Key) && !value.Key.Contains('(') && !value.Key.Contains(" in ", StringComparison.Ordinal));
}
