using System.Collections.Immutable;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Cases;

/// <summary>Puts a report to the case it belongs to, or opens one.</summary>
internal static class CaseIntake
{
    private const string ByTransfer = "transfer";
    private const string ByAccount = "account";
    private const string ByPhone = "phone";

    public static async Task<ReceivedReport> JoinAsync(
        Change change, ReportIntake intake, ImmutableArray<(int Loss, TransferFacts Transfer)> found, CancellationToken cancel)
    {
        var reportId = change.NewId();
        var identifiers = Identifiers(intake, found).Distinct().ToList();
        var (joined, why) = await FindAsync(change, intake.Losses[0].Amount.Currency, identifiers, cancel);
        joined ??= await OpenAsync(change, intake);

        // A transfer that another report already brought is the same loss told twice: it is not counted again.
        var known = joined.Seeds.Select(s => (s.Member, s.Transfer)).ToHashSet();
        var seeds = found.Where(f => !known.Contains((f.Transfer.Member, f.Transfer.Id)))
            .Select(f => new CaseSeed(reportId, f.Transfer.Member, f.Transfer.Id, f.Transfer.Amount)).ToImmutableArray();
        var matched = found.Select(f => f.Loss).ToHashSet();
        var unmatched = intake.Losses.Where((_, i) => !matched.Contains(i)).Sum(l => l.Amount.Minor);

        var report = new Report();
        change.Begin(report, new ReportReceived(
            change.Now, reportId, intake.SourceId, intake.Reporter, intake.Phone, intake.Text, intake.FraudType,
            intake.Suspects, intake.Losses, intake.ReportedAt, joined.Id));
        change.Record(joined, new ReportJoined(change.Now, reportId, why, seeds, unmatched));
        await RememberAsync(change, joined.Id, identifiers, cancel);
        return new ReceivedReport(reportId, joined.Id, joined.Number, Repeat: false);
    }

    private static async Task<Case> OpenAsync(Change change, ReportIntake intake)
    {
        var year = change.Now.ToDateTimeOffset().Year;
        var number = $"C-{year}-{await change.NextNumberAsync($"case-{year}"):D6}";
        var opened = new Case();
        change.Begin(opened, new CaseOpened(change.Now, change.NewId(), number, intake.FraudType, intake.Losses[0].Amount.Currency));
        return opened;
    }

    private static async Task<(Case? Joined, string Why)> FindAsync(
        Change change, Currency currency, List<(string Kind, string Value)> identifiers, CancellationToken cancel)
    {
        foreach (var (kind, value) in identifiers)
        {
            var open = change.Db.Set<Case>().Where(c => c.State == CaseState.Open && c.Currency == currency);
            var joined = await open.Where(c => change.Db.Set<CaseIdentifier>().Any(i => i.CaseId == c.Id && i.Kind == kind && i.Value == value))
                .OrderBy(c => c.Number).FirstOrDefaultAsync(cancel);
            if (joined is not null) return (joined, $"{kind} {value}");
        }
        return (null, "first report");
    }

    private static async Task RememberAsync(Change change, Guid caseId, List<(string Kind, string Value)> identifiers, CancellationToken cancel)
    {
        var known = await change.Db.Set<CaseIdentifier>().Where(i => i.CaseId == caseId).Select(i => new { i.Kind, i.Value }).ToListAsync(cancel);
        foreach (var (kind, value) in identifiers.Where(i => !known.Exists(k => k.Kind == i.Kind && k.Value == i.Value)))
            change.Db.Add(new CaseIdentifier { CaseId = caseId, Kind = kind, Value = value });
    }

    // The strongest tie first: a transfer is one event, an account one holder, a number may be shown by many.
    private static IEnumerable<(string Kind, string Value)> Identifiers(ReportIntake intake, ImmutableArray<(int Loss, TransferFacts Transfer)> found)
    {
        foreach (var (_, transfer) in found) yield return (ByTransfer, $"{transfer.Member}/{transfer.Id}");
        foreach (var (_, transfer) in found)
            if (transfer.Payee is { } payee) yield return (ByAccount, payee.ToString());
        foreach (var loss in intake.Losses)
            if (loss.Payee is { } payee) yield return (ByAccount, payee.ToString());
        foreach (var account in intake.Suspects.Accounts) yield return (ByAccount, account.ToString());
        foreach (var phone in intake.Suspects.Phones) yield return (ByPhone, phone.ToString());
    }
}
