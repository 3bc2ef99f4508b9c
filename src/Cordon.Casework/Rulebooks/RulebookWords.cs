using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>The closed sets, names and lengths of time that a rulebook is written with.</summary>
internal static class RulebookWords
{
    public static readonly ImmutableArray<string> Kinds = ["call", "message", "subscription", "account_opening", "transfer", "web_visit"];
    public static readonly ImmutableArray<string> Actions = ["allow", "warn", "hold", "block"];
    public static readonly ImmutableArray<string> Expectations = [.. Actions, "none"];
    public static readonly ImmutableArray<string> Trusts = ["P", "S", "practice", "ours"];
    public static readonly ImmutableArray<string> ParameterTypes = ["int", "double", "money", "duration", "string", "bool"];
    public static readonly ImmutableArray<string> ListedThings = ["phone", "account", "domain", "device"];
    public static readonly ImmutableArray<string> ListRoles = ["deny", "allow", "never-block"];
    public static readonly ImmutableArray<string> Measures = ["count", "sum", "average", "min", "max", "distinct", "share", "last", "first_seen", "gap", "burst"];

    /// <summary>The measures that are taken of nothing but the signals themselves.</summary>
    public static readonly ImmutableArray<string> ValuelessMeasures = ["count", "first_seen", "gap", "burst"];

    /// <summary>The kind of signal behind a word of a rulebook.</summary>
    public static SignalKind KindOf(string word) => (SignalKind)(Kinds.IndexOf(word) + 1);

    /// <summary>A name by which conditions call something: small letters, digits and underscores, a letter first, 48 at most.</summary>
    public static bool IsName(string text) =>
        text.Length is >= 1 and <= 48 && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>The id of a rule or the code of a reason: small letters, digits and hyphens in parts joined by dots, 64 at most.</summary>
    public static bool IsCode(string text) =>
        text.Length is >= 1 and <= 64 && text.Split('.').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'));

    /// <summary>Reads a length of time: whole numbers with <c>d</c>, <c>h</c>, <c>m</c>, <c>s</c>, as in <c>90d</c> or <c>1h30m</c>; ten years at most.</summary>
    public static bool TryReadDuration(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        var seconds = 0L;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9) return false;
            var unit = text[digits] switch { 'd' => 86_400L, 'h' => 3_600L, 'm' => 60L, 's' => 1L, _ => 0L };
            seconds += long.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture) * unit;
            if (unit == 0 || seconds > 3_653L * 86_400) return false;
            text = text[(digits + 1)..];
            value = TimeSpan.FromSeconds(seconds);
        }
        return value > TimeSpan.Zero;
    }
}
