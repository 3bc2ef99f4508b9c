using System.Globalization;
using Cordon.Casework.Appeals;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Restrictions;

/// <summary>Writes what a restricted person is told. No token stands in it: who holds it knows who they are, and who else reads it need not.</summary>
internal static class RestrictionNotice
{
    /// <summary>Makes the notice of a restriction within a change; one more where a term is prolonged.</summary>
    public static async Task GiveAsync(Change change, Restriction restriction, GivenGround ground, RestrictionTerms terms, DutyPack duties, CancellationToken cancel)
    {
        var authority = await change.Db.Set<Member>().SingleOrDefaultAsync(m => m.Code == ground.Authority, cancel);
        var year = change.Now.ToDateTimeOffset().Year;
        var number = $"T-{year}-{await change.NextNumberAsync($"notice-{year}"):D6}";
        var (zh, en) = Write(number, restriction, ground, new Wording(authority?.NameZh ?? ground.Authority.ToString(), authority?.NameEn ?? ground.Authority.ToString()), terms, duties);
        change.Begin(new Notice(), new NoticeGiven(change.Now, change.NewId(), number, Guid.Empty, ground.Authority, zh, en, restriction.Id));
    }

    /// <summary>The text in both languages.</summary>
    public static (string Zh, string En) Write(string number, Restriction restriction, GivenGround given, Wording authority, RestrictionTerms terms, DutyPack duties)
    {
        var lines = new DocumentLines(duties.UtcOffset);
        var (ground, told) = (terms.Find(given.Ground), terms.Told);
        lines.Add($"{told.Title.Zh} {number}", $"{told.Title.En} {number}");
        lines.Add($"限制决定：{restriction.Number}；决定机关：{authority.Zh}", $"Decision: {restriction.Number}, by {authority.En}");
        lines.Add($"原因：{ground?.Title.Zh ?? given.Ground}。{given.Reason}", $"Reason: {ground?.Title.En ?? given.Ground}. {given.Reason}");
        lines.Add($"法律依据：{told.Basis.Zh}；{ground?.Source.Citation.Zh}", $"Legal basis: {told.Basis.En}; {ground?.Source.Citation.En}");
        if (restriction.EndsAt is { } ends)
            lines.Add($"期限：自{lines.Time(restriction.BeginsAt!.Value)}起，至{lines.Time(ends)}止，期满自动解除", $"Term: from {lines.Time(restriction.BeginsAt!.Value)} to {lines.Time(ends)}, when it ends by itself");
        else lines.Add($"期限：自批准之日起{given.Years.ToString(CultureInfo.InvariantCulture)}年", $"Term: {given.Years.ToString(CultureInfo.InvariantCulture)} years from the day of approval");
        lines.Add("措施：", "Measures:");
        foreach (var measure in terms.Measures) lines.Add($"· {measure.What.Zh}", $"- {measure.What.En}");
        lines.Add("基本生活保留：", "What stays usable:");
        foreach (var measure in terms.Measures.Where(m => m.Keeps is not null)) lines.Add($"· {measure.Keeps!.Zh}", $"- {measure.Keeps.En}");
        var day = new Amount(terms.Living.DayMinor, duties.Currency);
        if (restriction.Keeps is { } keeps)
            lines.Add($"· {keeps.Member}尾号{Tail(keeps)}的账户每日非柜面支付{day}以内照常", $"- The account at {keeps.Member} that ends in {Tail(keeps)} pays up to {day} a day away from the counter, as ever");
        else lines.Add($"· 可申请保留一个账户，每日非柜面支付{day}以内照常", $"- You may ask for one account to stay, which pays up to {day} a day away from the counter");
        lines.Add($"救济：{told.Remedy.Zh}", $"Remedy: {told.Remedy.En}");
        lines.Add("需要提交的材料：", "Papers to bring:");
        foreach (var (i, paper) in told.Documents.Index()) lines.Add(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {paper.Zh}"), string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {paper.En}"));
        lines.Add($"如何申诉：{told.Appeal.Zh}", $"How to appeal: {told.Appeal.En}");
        var document = lines.Document(number, given.GivenAt);
        return (document.Zh, document.En);
    }

    // Other members that hand the notice over need not learn the number.
    private static string Tail(AccountNumber account) => account.Number.Length > 4 ? account.Number[^4..] : account.Number;
}
