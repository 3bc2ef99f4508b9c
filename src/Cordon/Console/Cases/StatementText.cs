using System.Globalization;
using System.Text.RegularExpressions;
using Cordon.Engine.Signals;
using Cordon.WebConsole.Marks;
using Cordon.WebConsole.Shell;

namespace Cordon.WebConsole.Cases;

/// <summary>
/// A finding's statement as people read it. What is kept names members, agents and instants as the journal does, because it must
/// mean the same for ever; here codes become names, account numbers are grouped, and instants stand in the centre's time.
/// </summary>
internal static partial class StatementText
{
    public static string Of(string statement, MemberNames names, TimeSpan offset, bool chinese)
    {
        var timed = UtcInstant().Replace(statement, m => DateTimeOffset.Parse(m.Value, CultureInfo.InvariantCulture).ToOffset(offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        return Code().Replace(timed, m => NameOf(m.Value, names, chinese));
    }

    private static string NameOf(string text, MemberNames names, bool chinese)
    {
        if (AccountNumber.TryParse(text, out var account)) return names.Find(account.Member) is null ? text : Words.Grouped(account.Number);
        if (MemberCode.TryParse(text, out var code) && names.Find(code) is { } member) return chinese ? member.NameZh : member.NameEn;
        return names.AgentName(text);
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", RegexOptions.CultureInvariant)]
    private static partial Regex UtcInstant();

    // Chinese characters stand right beside a code, so a word's end is told by hand.
    [GeneratedRegex(@"(?<![A-Za-z0-9_:/-])[a-z][a-z0-9]*(-[a-z0-9]+)+(:[A-Za-z0-9-]+)?(?![A-Za-z0-9_:/-])", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
