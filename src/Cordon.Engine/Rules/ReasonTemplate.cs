using System.Collections.Immutable;
using System.Text;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// A rule's reason for people, with holes for values: <c>{caller}</c> is a field of the signal, anything else in braces an
/// expression as a condition would write it. The holes are checked with the rule.
/// </summary>
internal sealed class ReasonTemplate
{
    private readonly ImmutableArray<(string Text, CelChecked? Hole)> parts;

    private ReasonTemplate(ImmutableArray<(string, CelChecked?)> parts) => this.parts = parts;

    /// <summary>Reads a text; a hole that does not check is a fault, told at the rule.</summary>
    public static ReasonTemplate Read(string text, SignalKind kind, CelEnvironment words, KindPlanBuilder plan, SourceText rule, RulebookFaults faults)
    {
        var parts = ImmutableArray.CreateBuilder<(string, CelChecked?)>();
        while (text.Length > 0)
        {
            var open = text.IndexOf('{', StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0) break;
            parts.Add((text[..open], null));
            var hole = text[(open + 1)..close];
            text = text[(close + 1)..];
            var isField = hole.All(c => char.IsAsciiLetterLower(c) || c == '_');
            var source = rule with { Text = isField ? $"{SignalVocabulary.NameOf(kind)}.{hole}" : hole };
            if (faults.Check(words, source) is { } expression && faults.Rewrite(plan, expression, source) is { } tree) parts.Add((hole, tree));
        }
        parts.Add((text, null));
        return new ReasonTemplate(parts.ToImmutable());
    }

    /// <summary>The text with its holes filled; for the public, which may not see what was looked up, with dots in them.</summary>
    public string Fill(KindPlan plan, Signal signal, RuleFrame frame, Audience audience)
    {
        var text = new StringBuilder();
        foreach (var (literal, hole) in parts)
        {
            if (hole is null) text.Append(literal);
            else if (audience == Audience.Public) text.Append('…');
            else
            {
                var outcome = CelExplainer.Explain(hole, (string name, out object? value) => plan.Code.TryRead(name, signal, frame, out value)).Result;
                text.Append(outcome.Error is null ? RuleValues.Text(outcome.Value) : "…");
            }
        }
        return text.ToString();
    }
}

/// <summary>A rule's reason in each language.</summary>
internal sealed record ReasonTemplates(ReasonTemplate En, ReasonTemplate? ZhCn)
{
    public LocalText Fill(KindPlan plan, Signal signal, RuleFrame frame, Audience audience) =>
        new(En.Fill(plan, signal, frame, audience), ZhCn?.Fill(plan, signal, frame, audience));
}
