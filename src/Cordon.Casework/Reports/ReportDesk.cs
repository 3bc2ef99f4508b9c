using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cordon.Casework.Cases;
using Cordon.Casework.Series;
using Cordon.Casework.Storage;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Reports;

/// <summary>Which reports to list.</summary>
public sealed record ReportFilter
{
    /// <summary>In one state.</summary>
    public ReportState? State { get; init; }

    /// <summary>By one channel.</summary>
    public ReportChannel? Channel { get; init; }

    /// <summary>Behind this report in the list's order: the cursor of the page before.</summary>
    public Guid? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A report in its case.</summary>
/// <param name="Report">The report.</param>
/// <param name="CaseNumber">The number of its case.</param>
/// <param name="Others">The reports that its payments are counted with.</param>
/// <param name="CountedHere">The reports that have payments counted with this one.</param>
public sealed record ReportFile(Report Report, string CaseNumber, IReadOnlyList<Report> Others, IReadOnlyList<Report> CountedHere);

/// <summary>The façade of the module: what clerks decide about reports. Receiving one is the case desk's.</summary>
/// <param name="store">The database.</param>
/// <param name="engine">The engine.</param>
/// <param name="cases">Follows the money of the report's case.</param>
/// <param name="types">The tree of types of fraud.</param>
public sealed class ReportDesk(CaseworkStore store, JournaledEngine engine, CaseDesk cases, FraudTypes types)
{
    /// <summary>Reports, the newest first; only the centre sees any.</summary>
    public Task<List<Report>> ListAsync(Actor actor, ReportFilter filter) => store.ReadAsync(db =>
    {
        var reports = actor.SeesAll ? db.Set<Report>() : db.Set<Report>().Where(r => false);
        if (filter.State is { } state) reports = reports.Where(r => r.State == state);
        if (filter.Channel is { } channel) reports = reports.Where(r => r.Channel == channel);
        // Ids are ordered by time.
        if (filter.Before is { } before) reports = reports.Where(r => r.Id.CompareTo(before) < 0);
        return reports.OrderByDescending(r => r.Id).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One report with those of the same losses; null where there is none or the actor may not see it.</summary>
    public async Task<ReportFile?> ViewAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (!actor.SeesAll) return null;
        return await store.ReadAsync(async db =>
        {
            if (await db.Set<Report>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } report) return null;
            var number = await db.Set<Case>().Where(c => c.Id == report.CaseId).Select(c => c.Number).SingleAsync(cancel);
            var others = report.Duplicates.Select(d => d.Other).Distinct().ToList();
            var key = $"twice:{id:N}";
            var here = await db.Set<ReportKey>().Where(k => k.Value == key).Select(k => k.ReportId).ToListAsync(cancel);
            var both = await db.Set<Report>().Where(r => others.Contains(r.Id) || here.Contains(r.Id)).ToListAsync(cancel);
            return new ReportFile(report, number, both.FindAll(r => others.Contains(r.Id)), both.FindAll(r => r.Duplicates.Any(d => d.Other == id && d.Stands)));
        });
    }

    /// <summary>
    /// Reports that may tell of the same losses as one that a clerk is taking down, with the pairs. Nothing is stored; the report is compared once more
    /// when it is received.
    /// </summary>
    public async Task<IReadOnlyList<(Report Other, DuplicateLoss Pair)>> LikelyTwiceAsync(Actor actor, ReportIntake intake, CancellationToken cancel = default)
    {
        if (!actor.SeesAll || intake.Losses.IsDefaultOrEmpty) return [];
        var found = engine.Read(e => LossMatch.Find(e.Known.Money, intake.Losses));
        var told = new ToldLosses(Guid.Empty, intake.Phone, LossCounting.WithTransfers(intake.Losses, found), ReportDuplicates.UsualMemory);
        return await store.ReadAsync(async db =>
        {
            var others = await ToldTwiceFinder.OthersAsync(db, told, cancel);
            return others.SelectMany(o => ReportDuplicates.Of(told, [ToldLosses.Of(o)]).Select(pair => (o, pair))).ToList();
        });
    }

    /// <summary>How many strangers' reports wait for a clerk.</summary>
    public Task<int> WaitingAsync() => store.ReadAsync(db => db.Set<Report>().CountAsync(r => r.State == ReportState.Received));

    /// <summary>Where a stranger's report stands, for one who has its number and secret; null for everybody else, whether or not there is such a report.</summary>
    public async Task<ReportState?> StateOfAsync(string sourceId, string secret)
    {
        var known = await store.ReadAsync(db => db.Set<Report>().Where(r => r.SourceId == sourceId && r.SecretHash != null).Select(r => new { r.State, r.SecretHash }).SingleOrDefaultAsync());
        // The same work for a number that there is not, so that the time tells nothing.
        var equal = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(known?.SecretHash ?? HashOf("")));
        return equal && known is not null ? known.State : null;
    }

    /// <summary>The digest of a secret, as reports keep it.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Carries out a clerk's decision, counts the payments anew, and follows the money.</summary>
    /// <param name="actor">A duty officer or police officer.</param>
    /// <param name="id">The report.</param>
    /// <param name="command">What is decided.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Report>> ActAsync(Actor actor, Guid id, ReportCommand command, CancellationToken cancel = default)
    {
        if (!actor.SeesAll) return ReportRefusal.NotFound;
        var outcome = await store.ChangeAsync<Report>(actor, async change =>
        {
            if (await change.Db.Set<Report>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } report) return ReportRefusal.NotFound;
            var of = await change.Db.Set<Case>().SingleAsync(c => c.Id == report.CaseId, cancel);
            var refused = command switch
            {
                VerifyReport verify => await VerifyAsync(change, report, of, verify, cancel),
                FindUnfounded => await RejectAsync(change, report, of, command, cancel),
                RefuteDuplicate refute => Refute(change, report, of, refute),
                _ => change.Carry(report, ReportRules.Decide(report, command, actor, change.Now, GroundOf(of))),
            };
            return refused is null ? report : refused;
        }, cancel);
        if (outcome.Succeeded) await cases.FollowAsync(actor, outcome.Value.CaseId, cancel);
        return outcome;
    }

    private async Task<Refusal?> VerifyAsync(Change change, Report report, Case of, VerifyReport command, CancellationToken cancel)
    {
        var losses = command.Losses.IsDefault ? [] : command.Losses;
        var found = Find(losses);
        var told = LossCounting.WithTransfers(losses, found);
        var twice = await ToldTwiceFinder.FindAsync(change, new ToldLosses(report.Id, report.Phone, told, ReportDuplicates.UsualMemory), verified: true, cancel);
        var sum = LossCounting.Sum(of, report.Id, losses, Enumerable.Range(0, losses.Length).Except(twice.Mine.Select(t => t.Loss)), found);
        var ground = GroundOf(of) with { Matched = sum.Seeds.Length, Duplicates = twice.Mine };
        if (change.Carry(report, ReportRules.Decide(report, command, change.Actor, change.Now, ground)) is { } refused) return refused;
        change.Record(of, new ReportCounted(change.Now, report.Id, sum.Seeds, sum.UnmatchedMinor, report.Vouches));
        await ToldTwiceFinder.SettleAsync(change, report, told, twice, cancel);
        await CaseIntake.RememberAsync(change, of.Id, [.. CaseIntake.Identifiers(losses, report.Suspects, found, a => cases.IsHub(a, of.Currency)).Distinct()], cancel);
        await SeriesMarks.RememberAsync(change, of.Id, SeriesMarks.Of(told, report.Suspects, report.Text, a => cases.IsHub(a, of.Currency)), cancel);
        return null;
    }

    private async Task<Refusal?> RejectAsync(Change change, Report report, Case of, ReportCommand command, CancellationToken cancel)
    {
        var (sum, vouched) = (LossCounting.SumOf(of, report), report.Vouches);
        if (change.Carry(report, ReportRules.Decide(report, command, change.Actor, change.Now, GroundOf(of))) is { } refused) return refused;
        if (vouched || !sum.Seeds.IsEmpty || sum.UnmatchedMinor != 0)
            change.Record(of, new ReportDiscounted(change.Now, report.Id, [.. sum.Seeds.Select(s => s.Transfer)], sum.UnmatchedMinor, vouched));
        await ForgetAsync(change, of, report, cancel);
        // The better vouched for first, then the earlier: where several told the same, the others are counted with that one now.
        foreach (var other in (await ToldTwiceFinder.CountedWithAsync(change, report.Id, cancel)).OrderByDescending(o => o.IsVerified).ThenBy(o => o.ReceivedAt).ThenBy(o => o.Id))
            await ReleaseAsync(change, other, report.Id, cancel);
        return null;
    }

    // What a report pointed at that counts no more draws nobody into its case and links it with none.
    private async Task ForgetAsync(Change change, Case of, Report rejected, CancellationToken cancel)
    {
        var left = (await change.Db.Set<Report>().Where(r => r.CaseId == of.Id && r.Id != rejected.Id).ToListAsync(cancel)).FindAll(r => r is { IsVerified: true, Unfounded: null });
        // Of a case without a report that counts nothing is left, what its chain pointed at included.
        if (left.Count == 0)
        {
            await CaseIntake.ForgetAsync(change, of.Id, null, cancel);
            await SeriesMarks.ForgetAsync(change, of.Id, null, cancel);
            return;
        }
        var (gone, kept) = (Pointed(rejected), left.ConvertAll(Pointed));
        await CaseIntake.ForgetAsync(change, of.Id, gone.Identifiers.Except(kept.SelectMany(k => k.Identifiers)).ToHashSet(), cancel);
        await SeriesMarks.ForgetAsync(change, of.Id, gone.Marks.Except(kept.SelectMany(k => k.Marks)).ToHashSet(StringComparer.Ordinal), cancel);

        (List<(string Kind, string Value)> Identifiers, List<string> Marks) Pointed(Report report)
        {
            var found = Find(report.Losses, LossCounting.Refuted(of, report));
            bool IsHub(AccountNumber account) => cases.IsHub(account, of.Currency);
            return ([.. CaseIntake.Identifiers(report.Losses, report.Suspects, found, IsHub)], [.. SeriesMarks.Of(LossCounting.WithTransfers(report.Losses, found), report.Suspects, report.Text, IsHub)]);
        }
    }

    // What was counted with a report that counts no more is counted where else it was told.
    private async Task ReleaseAsync(Change change, Report other, Guid with, CancellationToken cancel)
    {
        var losses = other.Duplicates.Where(d => d.Other == with && d.Stands).Select(d => d.Loss).ToHashSet();
        if (losses.Count == 0) return;
        change.Record(other, new DuplicatesReleased(change.Now, with));
        if (!other.IsVerified || other.Unfounded is not null) return;
        var of = await change.Db.Set<Case>().SingleAsync(c => c.Id == other.CaseId, cancel);
        var told = LossCounting.WithTransfers(other.Losses, Find(other.Losses, LossCounting.Refuted(of, other)));
        var twice = (await ToldTwiceFinder.FindAsync(change, new ToldLosses(other.Id, other.Phone, told, ReportDuplicates.UsualMemory), verified: true, cancel))
            .Mine.Where(t => losses.Contains(t.Loss) && !other.Duplicates.Any(d => d.Loss == t.Loss && d.Other == t.Other)).ToImmutableArray();
        if (!twice.IsEmpty)
        {
            change.Record(other, new LossesToldTwice(change.Now, twice));
            foreach (var one in twice.DistinctBy(t => t.Other)) await ToldTwiceFinder.KeepAsync(change, one, other.Id, cancel);
            losses.ExceptWith(twice.Select(t => t.Loss));
        }
        if (losses.Count > 0) Count(change, other, of, losses);
    }

    private Refusal? Refute(Change change, Report report, Case of, RefuteDuplicate command)
    {
        var before = report.Counted.ToHashSet();
        if (change.Carry(report, ReportRules.Decide(report, command, change.Actor, change.Now, GroundOf(of))) is { } refused) return refused;
        var more = report.Counted.Except(before).ToHashSet();
        if (report.IsVerified && more.Count > 0) Count(change, report, of, more);
        return null;
    }

    private void Count(Change change, Report report, Case of, HashSet<int> losses)
    {
        var sum = LossCounting.Sum(of, report.Id, report.Losses, losses, Find(report.Losses, LossCounting.Refuted(of, report)));
        if (!sum.Seeds.IsEmpty) change.Record(report, new ReportMatched(change.Now, sum.Seeds.Length));
        change.Record(of, new ReportCounted(change.Now, report.Id, sum.Seeds, sum.UnmatchedMinor, Vouched: false));
    }

    private ReportGround GroundOf(Case of) => new(code => types.Leaves.Any(t => t.Code == code), of.Currency, of.State == CaseState.Closed, 0, []);

    private ImmutableArray<(int Loss, TransferFacts Transfer)> Find(ImmutableArray<ReportedLoss> losses, IEnumerable<(MemberCode Member, SignalId Id)>? others = null) =>
        losses.IsDefaultOrEmpty ? [] : engine.Read(e => LossMatch.Find(e.Known.Money, losses, others));
}
