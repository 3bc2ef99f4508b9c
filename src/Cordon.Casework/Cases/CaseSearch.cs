using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Casework.Series;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Cases;

/// <summary>
/// What somebody looks for in the list of cases: a number or its beginning, a telephone number, an account, a page, or a type of fraud. Every way goes
/// through an index, so that a million cases are looked through as fast as a thousand.
/// </summary>
internal static class CaseSearch
{
    private const string Shape = "C-0000-000000";
    private const int Digits = 6;
    private const int Years = 20;
    private const string Mainland = "+86";

    /// <summary>An identifier that everybody names is found in the newest cases. Ours.</summary>
    private const int Most = 1_000;

    /// <summary>The cases that a text may mean; none where it means nothing.</summary>
    /// <param name="db">The database.</param>
    /// <param name="cases">Among which.</param>
    /// <param name="text">What was typed; blanks around it do not count.</param>
    /// <param name="year">The present year: digits alone are a number of it or of the twenty years before.</param>
    /// <param name="types">The tree of types; null where there is none.</param>
    public static async Task<IQueryable<Case>> MatchingAsync(CaseworkContext db, IQueryable<Case> cases, string text, int year, FraudTypes? types)
    {
        text = text.Trim();
        if (text.StartsWith("C-", StringComparison.OrdinalIgnoreCase)) return OfNumber(cases, text.ToUpperInvariant());
        if (text.All(char.IsAsciiDigit) && text.Length <= Digits)
        {
            var numbers = Enumerable.Range(year - Years, Years + 1).Select(y => $"C-{y}-{text.PadLeft(Digits, '0')}").ToList();
            return cases.Where(c => numbers.Contains(c.Number));
        }
        if (await IdentifiersAsync(db, text) is { } found)
        {
            var (phones, accounts, marks) = found;
            // Asked first and by themselves: within the list's query SQLite looks through all cases for the few. Ids are ordered by time.
            var ids = await db.Set<SeriesMark>().Where(m => marks.Contains(m.Value)).Select(m => m.CaseId)
                .Union(db.Set<Report>().Where(r => phones.Contains(r.Phone)).Select(r => r.CaseId))
                .Union(db.Set<Order>().Where(o => phones.Contains(o.Line)).Select(o => o.CaseId))
                .Union(db.Set<Order>().Where(o => accounts.Contains(o.Subject)).Select(o => o.CaseId))
                .OrderByDescending(id => id).Take(Most).ToListAsync();
            return cases.Where(c => ids.Contains(c.Id));
        }
        var named = (types?.All ?? []).Where(t => Says(t, text)).Select(t => t.Code).ToList();
        // Members may tell codes that are not in the tree.
        named.Add(text.Replace(' ', '-').ToLowerInvariant());
        return cases.Where(c => named.Contains(c.FraudType));
    }

    private static IQueryable<Case> OfNumber(IQueryable<Case> cases, string text)
    {
        if (text.Length >= Shape.Length) return cases.Where(c => c.Number == text);
        var (least, most) = (text + Shape[text.Length..], text + Shape[text.Length..].Replace('0', '9'));
        return cases.Where(c => c.Number.CompareTo(least) >= 0 && c.Number.CompareTo(most) <= 0);
    }

    private static async Task<(List<PhoneNumber?> Phones, List<AccountNumber> Accounts, List<string> Marks)?> IdentifiersAsync(CaseworkContext db, string text)
    {
        var (phones, accounts, marks) = (new List<PhoneNumber?>(), new List<AccountNumber>(), new List<string>());
        var compact = text.Replace(" ", "", StringComparison.Ordinal);
        if (compact.Length > 0 && compact.All(char.IsAsciiDigit))
        {
            foreach (var written in (string[])["+" + compact, Mainland + compact])
                if (PhoneNumber.TryParse(written, out var number)) phones.Add(number);
            // Whose account it is was not told: that of any member that keeps accounts.
            if (AccountNumber.IsNumber(compact))
                accounts.AddRange((await db.Set<Member>().Where(m => m.Sector == Sector.Bank || m.Sector == Sector.PaymentInstitution).Select(m => m.Code).ToListAsync()).Select(m => new AccountNumber(m, compact)));
        }
        else if (compact.StartsWith('+') && PhoneNumber.TryParse(compact, out var number)) phones.Add(number);
        else if (AccountNumber.TryParse(text, out var account)) accounts.Add(account);
        else if (text.Contains('.', StringComparison.Ordinal) && Domain.IsValid(text.ToLowerInvariant())) marks.Add(SeriesRules.OfDomain(text.ToLowerInvariant()));
        marks.AddRange(phones.Select(p => SeriesRules.Of(p!.Value)));
        marks.AddRange(accounts.Select(a => SeriesRules.Of(a)));
        return marks.Count == 0 ? null : (phones, accounts, marks);
    }

    // A page shows codes with blanks for hyphens.
    private static bool Says(FraudType type, string text) =>
        type.Code.Replace('-', ' ').Contains(text.Replace('-', ' '), StringComparison.OrdinalIgnoreCase)
        || type.Title.En.Contains(text, StringComparison.OrdinalIgnoreCase) || type.Title.Zh.Contains(text, StringComparison.Ordinal);
}
