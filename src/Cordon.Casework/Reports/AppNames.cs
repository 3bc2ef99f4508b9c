using System.Buffers;

namespace Cordon.Casework.Reports;

/// <summary>Takes the names of apps: a name in quotes beside a word that makes it an app, or a bare name between two such words.</summary>
internal static class AppNames
{
    // With one of these between the two words it is a sentence and no name.
    private static readonly SearchValues<char> NoName = SearchValues.Create("这那该他她对方手机了我后并然");

    private const int LongestName = 40;
    private const int LongestBare = 16;
    private const int Near = 12;

    private const string Opening = "“\"「『《<【'‘";
    private const string Closing = "”\"」』》>】'’";

    private static readonly string[] Kinds = ["app", "软件", "应用", "平台", "小程序", "客户端", "网站"];
    private static readonly string[] Cues = ["下载", "安装", "app", "软件", "应用", "平台", "小程序", "客户端", "download", "install", "called", "named"];
    private static readonly string[] Leads = ["下载了", "下载", "安装了", "安装"];
    private static readonly string[] Links = ["一个", "一款", "名为", "叫做", "叫", "名叫", "的"];
    private static readonly string[] Named = ["app called ", "app named ", "application called ", "application named ", "platform called ", "platform named "];

    public static List<AppFact> Take(FoldedText text)
    {
        var found = new List<AppFact>();
        for (var i = 0; i < text.Length; i++)
        {
            var (start, end) = Quoted(text, i);
            if (end == 0) (start, end) = AfterDownload(text, i);
            if (end == 0) (start, end) = AfterCalled(text, i);
            if (end == 0 || text.Take(start, end) is not { } span) continue;
            found.Add(new AppFact(span, text.Text.Substring(start, end - start)));
            i = end;
        }
        return found;
    }

    private static (int Start, int End) Quoted(FoldedText text, int at)
    {
        var kind = Opening.IndexOf(text[at], StringComparison.Ordinal);
        if (kind < 0) return default;
        var (start, end) = (at + 1, at + 1);
        while (end - start <= LongestName && end < text.Length && text[end] != Closing[kind] && text[end] is not ('\n' or '。' or ',')) end++;
        if (end == start || end - start > LongestName || text[end] != Closing[kind] || text.Slice(start, end - start).Trim().IsEmpty) return default;
        return KindFollows(text, end + 1) || CuePrecedes(text, at) ? (start, end) : default;
    }

    private static bool KindFollows(FoldedText text, int at)
    {
        at = text.SkipBlanks(at);
        if (text[at] == '的') at++;
        return StartsKind(text, at);
    }

    private static bool StartsKind(FoldedText text, int at) => Array.Exists(Kinds, k => text.Starts(at, k) && !(k == "app" && text.IsLetter(at + 3) && !text.Starts(at, "application")));

    private static bool CuePrecedes(FoldedText text, int at)
    {
        var before = text.Before(at, Near);
        // A cue belongs to its own sentence.
        var stop = before.LastIndexOfAny("。,;!?\n.".AsSpan());
        if (stop >= 0) before = before[(stop + 1)..];
        foreach (var cue in Cues)
            if (before.Contains(cue, StringComparison.Ordinal)) return true;
        return false;
    }

    // 下载了一个叫快贷通的APP
    private static (int Start, int End) AfterDownload(FoldedText text, int at)
    {
        if (text[at] is not ('下' or '安') || Array.Find(Leads, l => text.Starts(at, l)) is not { } lead) return default;
        var start = text.SkipBlanks(at + lead.Length);
        for (var n = 0; n < 3 && Array.Find(Links, l => text.Starts(start, l)) is { } link; n++) start = text.SkipBlanks(start + link.Length);
        for (var end = start; end - start <= LongestBare && IsNamePart(text[end]); end++)
        {
            if (!StartsKind(text, end) || (text.IsLetter(end) && text.IsLetter(end - 1))) continue;
            var last = end;
            while (last > start && text[last - 1] is '的' or ' ') last--;
            return last - start >= 2 && !text.Slice(start, last - start).ContainsAny(NoName) ? (start, last) : default;
        }
        return default;
    }

    // an app called FastLoan: one word, and those behind it that begin with a capital.
    private static (int Start, int End) AfterCalled(FoldedText text, int at)
    {
        if (text[at] is not ('a' or 'p') || text.IsLetter(at - 1) || Array.Find(Named, n => text.Starts(at, n)) is not { } named) return default;
        var start = text.SkipBlanks(at + named.Length);
        var end = EndOfWord(text, start);
        if (end == start) return default;
        for (var n = 0; n < 3 && text[end] == ' ' && end + 1 < text.Length && char.IsAsciiLetterUpper(text.Text[end + 1]); n++) end = EndOfWord(text, end + 1);
        return end - start <= LongestName ? (start, end) : default;
    }

    private static int EndOfWord(FoldedText text, int at)
    {
        var end = at;
        while (end - at <= LongestName && (char.IsAsciiLetterOrDigit(text[end]) || (text[end] is '-' or '+' && text.IsLetter(end + 1)))) end++;
        return end;
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is ' ' or (>= '\u4e00' and <= '\u9fff');
}
