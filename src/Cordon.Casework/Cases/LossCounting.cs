using System.Collections.Immutable;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Casework.Cases;

/// <summary>What payments add to a case.</summary>
/// <param name="Seeds">Those found among the signals.</param>
/// <param name="UnmatchedMinor">The sum of the others, minor units.</param>
internal readonly record struct LossSum(ImmutableArray<CaseSeed> Seeds, long UnmatchedMinor)
{
    public static LossSum Nothing { get; } = new([], 0);
}

/// <summary>Counts the payments of reports in their case, each once however many reports tell of it.</summary>
internal static class LossCounting
{
    /// <summary>Payments with the transfers that were found for them, so that two reports of one transfer are seen to be of one.</summary>
    public static ImmutableArray<ReportedLoss> WithTransfers(ImmutableArray<ReportedLoss> losses, ImmutableArray<(int Loss, TransferFacts Transfer)> found)
    {
        var known = losses.ToBuilder();
        foreach (var (loss, transfer) in found)
            known[loss] = known[loss] with { Member = transfer.Member, Transfer = transfer.Id, Payer = known[loss].Payer ?? transfer.Payer, Payee = known[loss].Payee ?? transfer.Payee };
        return known.ToImmutable();
    }

    /// <summary>What some payments of a report add to its case.</summary>
    public static LossSum Sum(Case of, Guid report, ImmutableArray<ReportedLoss> losses, IEnumerable<int> counted, ImmutableArray<(int Loss, TransferFacts Transfer)> found)
    {
        var known = of.Seeds.Select(s => (s.Member, s.Transfer)).ToHashSet();
        var transfers = found.ToDictionary(f => f.Loss, f => f.Transfer);
        var (seeds, unmatched) = (ImmutableArray.CreateBuilder<CaseSeed>(), 0L);
        foreach (var loss in counted)
        {
            if (!transfers.TryGetValue(loss, out var transfer)) unmatched = checked(unmatched + losses[loss].Amount.Minor);
            else if (known.Add((transfer.Member, transfer.Id))) seeds.Add(new CaseSeed(report, transfer.Member, transfer.Id, transfer.Amount));
        }
        return new LossSum(seeds.ToImmutable(), unmatched);
    }

    /// <summary>What a report adds to its case as it stands.</summary>
    public static LossSum SumOf(Case of, Report report)
    {
        var seeds = of.Seeds.Where(s => s.Report == report.Id).ToImmutableArray();
        var counted = report.Counted.Sum(i => report.Losses[i].Amount.Minor);
        return new LossSum(seeds, report is { IsVerified: true, Unfounded: null } ? counted - seeds.Sum(s => s.Amount.Minor) : 0);
    }

    /// <summary>The transfers of reports that a clerk said a report's payments are not those of.</summary>
    public static IEnumerable<(MemberCode Member, SignalId Id)> Refuted(Case of, Report report)
    {
        var others = report.Duplicates.Where(d => !d.Stands).Select(d => d.Other).ToHashSet();
        return of.Seeds.Where(s => others.Contains(s.Report)).Select(s => (s.Member, s.Transfer));
    }

    /// <summary>Looks again for payments that were missing: a report may come before the bank has told the transfer that it names.</summary>
    public static async Task MatchMissingAsync(Change change, JournaledEngine engine, Case followed, List<Report> reports, CancellationToken cancel)
    {
        if (followed.UnmatchedMinor == 0) return;
        foreach (var report in reports.Where(r => r.IsVerified && r.Unfounded is null))
        {
            if (SumOf(followed, report).UnmatchedMinor == 0) continue;
            var (own, matched) = (report.Counted.ToHashSet(), 0);
            var found = engine.Read(e => LossMatch.Find(e.Known.Money, report.Losses, Refuted(followed, report)));
            foreach (var (loss, transfer) in found.Where(f => own.Contains(f.Loss)))
            {
                if (followed.Seeds.FirstOrDefault(s => s.Member == transfer.Member && s.Transfer == transfer.Id) is { } seed)
                {
                    if (seed.Report != report.Id) await TellTwiceAsync(change, followed, report, loss, seed, reports.Find(r => r.Id == seed.Report), cancel);
                    continue;
                }
                change.Record(followed, new LossMatched(change.Now, new CaseSeed(report.Id, transfer.Member, transfer.Id, transfer.Amount)));
                matched++;
            }
            if (matched == 0) continue;
            change.Record(report, new ReportMatched(change.Now, matched));
            await ToldTwiceFinder.RememberAsync(change, report.Id, WithTransfers(report.Losses, found), cancel);
        }
    }

    // The bank's word shows only now that both reports tell of one transfer.
    private static async Task TellTwiceAsync(Change change, Case followed, Report report, int loss, CaseSeed seed, Report? other, CancellationToken cancel)
    {
        if (other is null) return;
        var theirs = Enumerable.Range(0, other.Losses.Length).OrderByDescending(i => other.Losses[i].Transfer == seed.Transfer).FirstOrDefault(i => other.Losses[i].Amount == seed.Amount);
        var twice = new ToldTwice(loss, other.Id, theirs, [DuplicateReason.SameTransfer]);
        change.Record(report, new LossesToldTwice(change.Now, [twice]));
        change.Record(followed, new ReportDiscounted(change.Now, report.Id, [], report.Losses[loss].Amount.Minor, Vouched: false));
        await ToldTwiceFinder.KeepAsync(change, twice, report.Id, cancel);
    }
}
