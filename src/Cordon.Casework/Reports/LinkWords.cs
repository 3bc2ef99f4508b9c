using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;

namespace Cordon.Casework.Reports;

/// <summary>
/// Takes web addresses and bare domains, also those that were made harmless (hxxp, [.], 点). A bare domain must end in a
/// name that pages of this kind end in, so that a full stop without a blank behind it makes none.
/// </summary>
internal static class LinkWords
{
    private const int LongestHost = 253;
    private const int LongestPath = 1_000;

    private static readonly FrozenSet<string> Ends = new[]
    {
        "com", "net", "org", "cn", "top", "xyz", "vip", "cc", "club", "shop", "info", "app", "site", "online", "store", "live", "icu", "win", "biz",
        "fun", "ltd", "link", "pro", "work", "wang", "ink", "red", "mobi", "asia", "space", "website", "tech", "host", "press", "cyou", "buzz", "life",
        "world", "today", "group", "example", "test", "invalid", "io", "co", "tv", "ai", "gg", "tk", "ml", "ga", "cf", "gq", "pw", "ws", "la", "ru", "hk",
        "tw", "mo", "sg", "uk", "eu", "jp", "kr", "vn", "kh", "ph", "au", "nz", "us", "im", "ly", "gov", "edu",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false, AllowUnassigned = true };

    public static List<LinkFact> Take(FoldedText text)
    {
        var found = new List<LinkFact>();
        for (var i = 0; i < text.Length;)
        {
            var (fact, end) = At(text, i);
            if (fact is not null) found.Add(fact);
            i = Math.Max(end, i + 1);
        }
        return found;
    }

    // The end lies behind what was looked at, so that a long word is looked at once.
    private static (LinkFact? Fact, int End) At(FoldedText text, int at)
    {
        if (!IsName(text[at]) || IsName(text[at - 1])) return (null, at);
        var scheme = Scheme(text, at, out var harmless);
        var begin = at + scheme;
        if (scheme == 0 && text[at - 1] is '@' or '.' or '/') return (null, EndOfWord(text, at));
        var host = Host(text, begin, scheme > 0, ref harmless, out var end);
        if (host.Length == 0 || text[end] == '@') return (null, Math.Max(end, EndOfWord(text, begin)));
        var whole = Rest(text, end);
        var address = IPAddress.TryParse(host, out _);
        if (address && (scheme == 0 || host.Count('.') != 3)) return (null, end);
        var labels = host.Split('.');
        if (!address && (labels.Length < 2 || !char.IsAsciiLetter(labels[^1][0]) || labels[^1].Length < 2)) return (null, end);
        if (!address && scheme == 0 && !(Ends.Contains(labels[^1]) && SameCase(text.Text.AsSpan(begin, end - begin)))) return (null, end);
        return text.Take(at, whole) is { } span ? (new LinkFact(span, host, !address, harmless), whole) : (null, whole);
    }

    private static int Scheme(FoldedText text, int at, out bool harmless)
    {
        harmless = text.Starts(at, "hxxp");
        if (!harmless && !text.Starts(at, "http")) return 0;
        var i = at + 4;
        if (text[i] == 's') i++;
        if (text.Starts(i, "://")) return i + 3 - at;
        harmless |= text.Starts(i, "[:]//");
        return text.Starts(i, "[:]//") ? i + 5 - at : 0;
    }

    /// <summary>The labels from a place on, in ASCII and joined by points.</summary>
    private static string Host(FoldedText text, int at, bool anyScript, ref bool harmless, out int end)
    {
        var host = new StringBuilder();
        end = at;
        for (var i = at; i - at < LongestHost;)
        {
            var label = LabelEnd(text, i, anyScript);
            if (label == i) break;
            if (host.Length > 0) host.Append('.');
            host.Append(text.Slice(i, label - i));
            end = label;
            var dot = Dot(text, label, out var bracketed);
            if (dot == 0 || !(IsName(text[label + dot]) || (anyScript && IsHan(text[label + dot])))) break;
            harmless |= bracketed;
            i = label + dot;
        }
        if (IsName(text[end]) && end - at >= LongestHost) return "";
        return ToAscii(host.ToString());
    }

    // A label of another script must begin so: behind a label in ASCII the sentence goes on.
    private static int LabelEnd(FoldedText text, int at, bool anyScript)
    {
        var end = at;
        if (anyScript && IsHan(text[at])) while (end - at < 63 && (IsHan(text[end]) || IsName(text[end]))) end++;
        else while (end - at < 64 && IsName(text[end])) end++;
        return end;
    }

    private static int Dot(FoldedText text, int at, out bool bracketed)
    {
        bracketed = text.Starts(at, "[.]") || text.Starts(at, "(.)") || text.Starts(at, "[dot]");
        if (bracketed) return text.Starts(at, "[dot]") ? 5 : 3;
        return text[at] == '.' ? 1 : 0;
    }

    /// <summary>Passes port, path and query: they are marked, but not kept.</summary>
    private static int Rest(FoldedText text, int at)
    {
        var end = at;
        if (text[end] == ':' && text.IsDigit(end + 1)) for (end++; text.IsDigit(end) && end - at < 6;) end++;
        if (text[end] is not ('/' or '?' or '#')) return end;
        while (end - at < LongestPath && (char.IsAsciiLetterOrDigit(text[end]) || "/?#&=%-_.~+:;,@!$*'".Contains(text[end], StringComparison.Ordinal))) end++;
        while (text[end - 1] is '.' or ',' or ';' or ':' or '!' or '\'' or '?') end--;
        return Math.Max(end, at);
    }

    private static string ToAscii(string host)
    {
        try
        {
            var ascii = Ascii.IsValid(host) ? host : Idn.GetAscii(host).ToLowerInvariant();
            foreach (var label in ascii.Split('.'))
                if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-') return "";
            return ascii.Length <= LongestHost ? ascii : "";
        }
        catch (ArgumentException)
        {
            return "";
        }
    }

    // "money.He" is the end of a sentence and the beginning of the next.
    private static bool SameCase(ReadOnlySpan<char> written)
    {
        var end = written[(written.LastIndexOf('.') + 1)..];
        return !(end.ContainsAnyInRange('A', 'Z') && (end.ContainsAnyInRange('a', 'z') || written[..^end.Length].ContainsAnyInRange('a', 'z')));
    }

    private static int EndOfWord(FoldedText text, int at)
    {
        while (IsName(text[at])) at++;
        return at;
    }

    private static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';
}
