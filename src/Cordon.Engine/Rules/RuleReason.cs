using Cordon.Engine.Screening;

namespace Cordon.Engine.Rules;

internal static class RuleReason
{
    /// <summary>A rule's reason with the values it saw.</summary>
    public static Reason Speak(this IScreeningRule rule, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var seen = new KeyValuePair<string, string>[values.Length];
        for (var i = 0; i < values.Length; i++) seen[i] = new(values[i].Name, values[i].Value);
        return new Reason(rule.Id, rule.Action, rule.ReasonCode, rule.Duty, [.. seen]);
    }
}
