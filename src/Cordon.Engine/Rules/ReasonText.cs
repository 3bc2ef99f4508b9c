using System.Globalization;
using System.Text;
using Cordon.Engine.Screening;

namespace Cordon.Engine.Rules;

/// <summary>
/// The sentence of a rule on one signal: what stands in braces is filled with the field of the signal, or the read, that it names.
/// </summary>
internal static class ReasonText
{
    private const string Hidden = "…";

    /// <summary>The sentence in both languages, with what other members told left out where the audience may not see it.</summary>
    public static LocalText Of(Judgement judgement, Rule rule, Audience audience) => new(
        Fill(judgement, rule.Reason.En, audience), rule.Reason.ZhCn is { } chinese ? Fill(judgement, chinese, audience) : null);

    private static string Fill(Judgement judgement, string text, Audience audience)
    {
        if (!text.Contains('{')) return text;
        var filled = new StringBuilder(text.Length + 32);
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is var open and >= 0 && rest[open..].IndexOf('}') is var length and > 0)
        {
            var name = rest.Slice(open + 1, length - 1).ToString();
            filled.Append(rest[..open]).Append(ValueOf(judgement, name, audience));
            rest = rest[(open + length + 1)..];
        }
        return filled.Append(rest).ToString();
    }

    private static string ValueOf(Judgement judgement, string name, Audience audience)
    {
        var (plan, signal) = (judgement.Plan, judgement.Signal);
        if (plan.Slots.FirstOrDefault(s => s.Text == name && !s.IsObject) is { } slot && plan.Code.TryRead(slot.Name, signal, judgement.Frame, out var read))
        {
            if (audience != Audience.Centre) return Hidden;
            return Untold.IsTold(slot.Type, read) ? RuleValues.Text(read) : Hidden;
        }
        var field = name.StartsWith(SignalVocabulary.NameOf(signal.Kind) + ".", StringComparison.Ordinal) ? name[(name.IndexOf('.') + 1)..] : name;
        if (Property(field) is not { } property || signal.GetType().GetProperty(property) is not { } found) return name;
        return found.GetValue(signal) is { } value ? RuleValues.Text(value) : Hidden;
    }

    // Conditions write fields in small letters with underscores, signals in Pascal case.
    private static string? Property(string field) => field.Length == 0 || field.Any(c => !char.IsAsciiLetterLower(c) && c != '_')
        ? null
        : string.Concat(field.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpper(part[0], CultureInfo.InvariantCulture) + part[1..]));
}
