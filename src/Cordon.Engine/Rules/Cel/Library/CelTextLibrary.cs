using System.Text;
using static Cordon.Engine.Rules.Cel.CelOverload;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>String functions of the standard library and the strings extension. Positions count code points.</summary>
internal static class CelTextLibrary
{
    public static void Add(CelEnvironmentBuilder builder)
    {
        CelType @int = CelType.Int, text = CelType.String, list = CelType.List(CelType.String);
        builder.Function("contains", Of("contains", true, [text, text], CelType.Bool, (string s, string part) => s.Contains(part, StringComparison.Ordinal)) with { Costing = CelCosts.Search });
        builder.Function("startsWith", Of("startsWith", true, [text, text], CelType.Bool, (string s, string part) => s.StartsWith(part, StringComparison.Ordinal)));
        builder.Function("endsWith", Of("endsWith", true, [text, text], CelType.Bool, (string s, string part) => s.EndsWith(part, StringComparison.Ordinal)));
        builder.Function("matches",
            CelPattern.Overload("matches", isMember: false), CelPattern.Overload("string_matches", isMember: true));
        builder.Function("charAt", Of("charAt", true, [text, @int], text, CharAt));
        builder.Function("indexOf",
            Of("indexOf", true, [text, text], @int, (string s, string part) => First(s, part, 0)) with { Costing = CelCosts.Search },
            Of("indexOf_from", true, [text, text, @int], @int, IndexOf) with { Costing = CelCosts.Search });
        builder.Function("lastIndexOf",
            Of("lastIndexOf", true, [text, text], @int, (string s, string part) => Last(s, part, s.Length)) with { Costing = CelCosts.Search },
            Of("lastIndexOf_from", true, [text, text, @int], @int, LastIndexOf) with { Costing = CelCosts.Search });
        builder.Function("lowerAscii", Of("lowerAscii", true, [text], text, (string s) => Cased(s, 'A', 32)));
        builder.Function("upperAscii", Of("upperAscii", true, [text], text, (string s) => Cased(s, 'a', -32)));
        builder.Function("replace",
            Of("replace", true, [text, text, text], text, (string s, string from, string to) => Replace(s, from, to, -1)) with { Costing = CelCosts.Replacing },
            Of("replace_some", true, [text, text, text, @int], text, Replace) with { Costing = CelCosts.Replacing });
        builder.Function("split",
            Of("split", true, [text, text], list, (string s, string by) => Split(s, by, -1)) with { Costing = CelCosts.Splitting },
            Of("split_some", true, [text, text, @int], list, Split) with { Costing = CelCosts.Splitting });
        builder.Function("substring", Of("substring", true, [text, @int], text, From), Of("substring_to", true, [text, @int, @int], text, FromTo));
        builder.Function("trim", Of("trim", true, [text], text, CelText.Trim));
        builder.Function("reverse", Of("reverse", true, [text], text, CelText.Reverse));
        builder.Function("join",
            Of("join", true, [list], text, (CelList l, ref CelError? error) => Join(l, "", ref error)) with { Costing = CelCosts.Joining },
            Of("join_by", true, [list, text], text, Join) with { Costing = CelCosts.Joining });
        builder.Function("strings.quote", Of("strings_quote", false, [text], text, CelText.Quote) with { Costing = CelCosts.Widened });
        builder.Function("format", Of("format", true, [text, CelType.AnyList], text, CelFormat.Format) with { Costing = CelCosts.Formatting });
    }

    private static T? OutOfRange<T>(ref CelError? error)
    {
        error = CelError.IndexOutOfRange;
        return default;
    }

    private static string? CharAt(string text, long point, ref CelError? error)
    {
        var unit = CelText.Unit(text, point);
        if (unit < 0) return OutOfRange<string>(ref error);
        return unit == text.Length ? "" : text.Substring(unit, char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length ? 2 : 1);
    }

    private static long First(string text, string part, int unit)
    {
        var found = text.IndexOf(part, unit, StringComparison.Ordinal);
        return found < 0 ? -1 : CelText.Point(text, found);
    }

    // The last place at or before a unit.
    private static long Last(string text, string part, int unit)
    {
        for (var i = Math.Min(unit, text.Length - part.Length); i >= 0; i--)
            if (string.CompareOrdinal(text, i, part, 0, part.Length) == 0) return CelText.Point(text, i);
        return -1;
    }

    private static long IndexOf(string text, string part, long point, ref CelError? error)
    {
        var unit = CelText.Unit(text, point);
        return unit < 0 ? OutOfRange<long>(ref error) : First(text, part, unit);
    }

    private static long LastIndexOf(string text, string part, long point, ref CelError? error)
    {
        var unit = CelText.Unit(text, point);
        return unit < 0 ? OutOfRange<long>(ref error) : Last(text, part, unit);
    }

    private static string Cased(string text, char first, int shift) => string.Create(text.Length, (text, first, shift), static (span, state) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var c = state.text[i];
            span[i] = c >= state.first && c < state.first + 26 ? (char)(c + state.shift) : c;
        }
    });

    // A limit below zero replaces all. An empty part stands before each code point and at the end.
    private static string Replace(string text, string part, string with, long limit)
    {
        var result = new StringBuilder();
        var unit = 0;
        for (; limit != 0 && unit <= text.Length; limit--)
        {
            var found = text.IndexOf(part, unit, StringComparison.Ordinal);
            if (found < 0) break;
            result.Append(text, unit, found - unit).Append(with);
            unit = found + part.Length;
            if (part.Length > 0) continue;
            if (unit == text.Length) return result.ToString();
            var width = char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length ? 2 : 1;
            result.Append(text, unit, width);
            unit += width;
        }
        return result.Append(text, unit, text.Length - unit).ToString();
    }

    // A limit below zero splits everywhere; by nothing, into code points.
    private static CelList Split(string text, string by, long limit)
    {
        if (limit == 0) return CelList.Empty;
        var parts = new List<object?>();
        var unit = 0;
        while (limit < 0 || parts.Count < limit - 1)
        {
            int end;
            if (by.Length == 0)
            {
                if (unit >= text.Length) return CelList.Of(parts);
                end = unit + (char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length ? 2 : 1);
                if (end == text.Length) break;
            }
            else if ((end = text.IndexOf(by, unit, StringComparison.Ordinal)) < 0) break;
            parts.Add(text[unit..end]);
            unit = end + by.Length;
        }
        parts.Add(text[unit..]);
        return CelList.Of(parts);
    }

    private static string? From(string text, long start, ref CelError? error)
    {
        var unit = CelText.Unit(text, start);
        return unit < 0 ? OutOfRange<string>(ref error) : text[unit..];
    }

    private static string? FromTo(string text, long start, long end, ref CelError? error)
    {
        var (from, to) = (CelText.Unit(text, start), CelText.Unit(text, end));
        return from < 0 || to < from ? OutOfRange<string>(ref error) : text[from..to];
    }

    private static string? Join(CelList list, string by, ref CelError? error)
    {
        foreach (var item in list.Items)
        {
            if (item is string) continue;
            error = CelError.NoSuchOverload;
            return null;
        }
        return string.Join(by, list.Items);
    }
}
