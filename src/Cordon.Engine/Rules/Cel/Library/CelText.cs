using System.Globalization;
using System.Text;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>Text counted in Unicode code points, as the language counts it.</summary>
internal static class CelText
{
    public static long Length(string text)
    {
        // Each astral character is two units; text without them, the usual, is counted by its units.
        long astral = 0;
        foreach (var c in text)
            if (char.IsLowSurrogate(c)) astral++;
        return text.Length - astral;
    }

    /// <summary>The unit at which a code point begins; -1 beyond the end, where the end itself is allowed.</summary>
    public static int Unit(string text, long point)
    {
        if (point < 0) return -1;
        var unit = 0;
        for (; point > 0 && unit < text.Length; point--) unit += char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length ? 2 : 1;
        return point == 0 ? unit : -1;
    }

    /// <summary>The code point at a unit.</summary>
    public static long Point(string text, int unit) => Length(text[..unit]);

    /// <summary>What the language counts as white space in trim: Unicode's White_Space.</summary>
    public static bool IsSpace(char c) => c is >= '\t' and <= '\r' or ' ' or '\u0085' or '\u00a0' or '\u1680' or (>= '\u2000' and <= '\u200a')
        or '\u2028' or '\u2029' or '\u202f' or '\u205f' or '\u3000';

    public static string Trim(string text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsSpace(text[start])) start++;
        while (end > start && IsSpace(text[end - 1])) end--;
        return text[start..end];
    }

    public static string Reverse(string text)
    {
        var reversed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Reverse()) reversed.Append(rune.ToString());
        return reversed.ToString();
    }

    /// <summary>The text as a literal of the language would be written.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            var place = "\a\b\f\n\r\t\v\\\"".IndexOf(c, StringComparison.Ordinal);
            if (place < 0) quoted.Append(c);
            else quoted.Append('\\').Append("abfnrtv\\\""[place]);
        }
        return quoted.Append('"').ToString();
    }

    public static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);
}
