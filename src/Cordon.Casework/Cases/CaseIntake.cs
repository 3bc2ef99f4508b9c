using System.Collections.Immutable;
using Cordon.Casework.Reports;
using Cordon.Casework.Series;
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
    private const string SameLoss = "same loss";

    /// <summary>Takes a report in.</summary>
    /// <param name="change">The change in which.</param>
    /// <param name="intake">The report.</param>
    /// <param name="type">The type of fraud, told or guessed.</param>
    /// <param name="found">Its payments found among the signals.</param>
    /// <param name="isHub">Whether an account is everybody's: it puts no report to another's case.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public static async Task<ReceivedReport> JoinAsync(
        Change change, ReportIntake intake, string type, ImmutableArray<(int Loss, TransferFacts Transfer)> found, Func<AccountNumber, bool> isHub, CancellationToken cancel)
    {
        var stranger = intake.Channel == ReportChannel.Public;
        // What a stranger names may be anybody's transfer: it is looked for when a clerk has verified the victim.
        if (stranger) found = [];
        var reportId = change.NewId();
        var told = LossCounting.WithTransfers(intake.Losses, found);
        var twice = await ToldTwiceFinder.FindAsync(change, new ToldLosses(reportId, intake.Phone, told, ReportDuplicates.UsualMemory), !stranger, cancel);
        var identifiers = Identifiers(intake.Losses, intake.Suspects, found, isHub).Distinct().ToList();
        var (joined, why) = await OfOtherAsync(change, twice, intake, cancel) ?? await FindAsync(change, intake.Money, identifiers, cancel);
        if (joined is null && await OfStrangersAsync(change, twice, intake.Money, cancel) is { } theirs) (joined, why) = (theirs, SameLoss);
        joined ??= await OpenAsync(change, intake, type);

        var sum = stranger ? LossSum.Nothing : LossCounting.Sum(joined, reportId, intake.Losses, Enumerable.Range(0, intake.Losses.Length).Except(twice.Mine.Select(t => t.Loss)), found);
        var typeBy = intake.FraudType == ReportIntake.TypeNotKnown ? null : change.Actor.Id;
        var report = new Report();
        change.Begin(report, new ReportReceived(
            change.Now, reportId, intake.SourceId, intake.Channel, intake.Reporter, intake.Phone, intake.Text, type, intake.FraudType, typeBy,
            intake.Suspects, intake.Losses, intake.ReportedAt, joined.Id, stranger ? null : change.Actor.Id, sum.Seeds.Length, twice.Mine,
            intake.Stranger?.Origin, intake.Stranger?.SecretHash));
        change.Record(joined, new ReportJoined(change.Now, reportId, why, sum.Seeds, sum.UnmatchedMinor, Vouched: !stranger));
        await ToldTwiceFinder.SettleAsync(change, report, told, twice, cancel);
        // What a stranger points at draws nobody's report into a case.
        if (stranger) return new ReceivedReport(reportId, joined.Id, joined.Number, Repeat: false);
        await RememberAsync(change, joined.Id, identifiers, cancel);
        await SeriesMarks.RememberAsync(change, joined.Id, SeriesMarks.Of(told, intake.Suspects, intake.Text, isHub), cancel);
        return new ReceivedReport(reportId, joined.Id, joined.Number, Repeat: false);
    }

    /// <summary>The identifiers of a report, by which other reports are put to its case; the strongest tie first: a transfer is one event, an account one holder, a number may be shown by many.</summary>
    public static IEnumerable<(string Kind, string Value)> Identifiers(
        ImmutableArray<ReportedLoss> losses, Suspects suspects, ImmutableArray<(int Loss, TransferFacts Transfer)> found, Func<AccountNumber, bool> isHub)
    {
        foreach (var (_, transfer) in found) yield return (ByTransfer, $"{transfer.Member}/{transfer.Id}");
        var accounts = found.Select(f => f.Transfer.Payee).Concat(losses.Select(l => l.Payee)).OfType<AccountNumber>().Concat(suspects.Accounts);
        foreach (var account in accounts.Where(a => !isHub(a))) yield return (ByAccount, account.ToString());
        foreach (var phone in suspects.Phones.Where(p => !SeriesRules.IsHub(p))) yield return (ByPhone, phone.ToString());
    }

    /// <summary>Keeps identifiers of a case, each once.</summary>
    public static async Task RememberAsync(Change change, Guid caseId, List<(string Kind, string Value)> identifiers, CancellationToken cancel)
    {
        var known = await change.Db.Set<CaseIdentifier>().Where(i => i.CaseId == caseId).Select(i => new { i.Kind, i.Value }).ToListAsync(cancel);
        foreach (var (kind, value) in identifiers.Where(i => !known.Exists(k => k.Kind == i.Kind && k.Value == i.Value)))
            change.Db.Add(new CaseIdentifier { CaseId = caseId, Kind = kind, Value = value });
    }

    /// <summary>Drops identifiers of a case.</summary>
    /// <param name="change">The change in which.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="which">Which; null for all.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public static async Task ForgetAsync(Change change, Guid caseId, HashSet<(string Kind, string Value)>? which, CancellationToken cancel)
    {
        var known = await change.Db.Set<CaseIdentifier>().Where(i => i.CaseId == caseId).ToListAsync(cancel);
        change.Db.RemoveRange(known.Where(i => which?.Contains((i.Kind, i.Value)) != false));
    }

    private static async Task<Case> OpenAsync(Change change, ReportIntake intake, string type)
    {
        var year = change.Now.ToDateTimeOffset().Year;
        var number = $"C-{year}-{await change.NextNumberAsync($"case-{year}"):D6}";
        var opened = new Case();
        change.Begin(opened, new CaseOpened(change.Now, change.NewId(), number, type, intake.Money));
        return opened;
    }

    // A loss that was told twice belongs where it is counted; a closed case takes only what brings nothing new.
    private static async Task<(Case? Joined, string Why)?> OfOtherAsync(Change change, FoundTwice twice, ReportIntake intake, CancellationToken cancel)
    {
        if (twice.Case is not { } id) return null;
        var of = await change.Db.Set<Case>().SingleAsync(c => c.Id == id, cancel);
        var nothingNew = twice.Mine.Select(t => t.Loss).Distinct().Count() == intake.Losses.Length;
        return of.Currency == intake.Money && (of.State == CaseState.Open || nothingNew) ? (of, SameLoss) : null;
    }

    // A stranger leads nobody's report away: where only strangers told the loss, their case is taken as long as nobody else's report is in it.
    private static async Task<Case?> OfStrangersAsync(Change change, FoundTwice twice, Currency currency, CancellationToken cancel)
    {
        var ids = twice.Theirs.Select(t => t.Other.CaseId).Distinct().ToList();
        if (ids.Count == 0) return null;
        return await change.Db.Set<Case>()
            .Where(c => ids.Contains(c.Id) && c.State == CaseState.Open && c.Currency == currency && !change.Db.Set<Report>().Any(r => r.CaseId == c.Id && r.IsVerified))
            .OrderBy(c => c.Number).FirstOrDefaultAsync(cancel);
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
}
