using System.Collections.Immutable;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Cases;

/// <summary>Which payments of a report others tell of too.</summary>
/// <param name="Mine">Its own that are counted with another report.</param>
/// <param name="Theirs">Those of strangers' reports, which are counted with this one now.</param>
/// <param name="Case">The case of the surest of the reports that its own are counted with; null where there is none.</param>
internal sealed record FoundTwice(ImmutableArray<ToldTwice> Mine, ImmutableArray<(Report Other, ToldTwice Twice)> Theirs, Guid? Case);

/// <summary>
/// Finds the reports that tell of the same losses, by keys in the database, and says with which of two a loss is counted: with
/// one whose victim is verified before a stranger's, else with the earlier.
/// </summary>
internal static class ToldTwiceFinder
{
    /// <summary>At most so many reports are compared, the newest; a victim has a few. Ours.</summary>
    private const int Most = 200;

    private const int MostKeys = 400;

    /// <summary>Compares a report that is about to count.</summary>
    /// <param name="change">The change in which.</param>
    /// <param name="told">The report, with the transfers found for it.</param>
    /// <param name="verified">Whether its victim is verified.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public static async Task<FoundTwice> FindAsync(Change change, ToldLosses told, bool verified, CancellationToken cancel)
    {
        if (told.Losses.IsEmpty) return new FoundTwice([], [], null);
        var others = await OthersAsync(change.Db, told, cancel);
        if (others.Count == 0) return new FoundTwice([], [], null);
        var ids = others.Where(o => o.MatchedLosses > 0).Select(o => o.CaseId).Distinct().ToList();
        var cases = await change.Db.Set<Case>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var (mine, theirs) = (ImmutableArray.CreateBuilder<ToldTwice>(), ImmutableArray.CreateBuilder<(Report, ToldTwice)>());
        var taken = new HashSet<int>();
        // The better vouched for first, then the earlier: what one report has of its own, a second duplicate of it has not.
        foreach (var other in others.OrderByDescending(o => o.IsVerified).ThenBy(o => o.ReceivedAt))
        {
            var compared = ToldLosses.Of(other) with { Losses = WithSeeds(other, cases) };
            foreach (var pair in ReportDuplicates.Of(told, [compared]))
            {
                if (other.Duplicates.Any(d => d.Loss == pair.OtherLoss && d.Other == told.Id)) continue;
                if (verified && !other.IsVerified) theirs.Add((other, new ToldTwice(pair.OtherLoss, told.Id, pair.Loss, pair.Reasons)));
                else if (other.Counted.Contains(pair.OtherLoss) && taken.Add(pair.Loss)) mine.Add(new ToldTwice(pair.Loss, other.Id, pair.OtherLoss, pair.Reasons));
            }
        }
        var surest = mine.Count > 0 ? others.First(o => o.Id == mine.MinBy(m => m.Reasons[0])!.Other).CaseId : (Guid?)null;
        return new FoundTwice(mine.ToImmutable(), theirs.ToImmutable(), surest);
    }

    /// <summary>Writes what was found: keys of the report, and that strangers' payments are counted with it.</summary>
    public static async Task SettleAsync(Change change, Report report, ImmutableArray<ReportedLoss> told, FoundTwice twice, CancellationToken cancel)
    {
        await RememberAsync(change, report.Id, told, cancel);
        foreach (var key in twice.Mine.Select(t => t.Other).Distinct()) await AddAsync(change, TwiceKey(key), report.Id, cancel);
        foreach (var group in twice.Theirs.GroupBy(t => t.Other))
        {
            var found = group.Select(t => t.Twice).Where(t => group.Key.Counted.Contains(t.Loss)).DistinctBy(t => t.Loss).ToImmutableArray();
            if (found.IsEmpty) continue;
            change.Record(group.Key, new LossesToldTwice(change.Now, found));
            await AddAsync(change, TwiceKey(report.Id), group.Key.Id, cancel);
        }
    }

    /// <summary>Keeps by what a report's payments are found.</summary>
    public static async Task RememberAsync(Change change, Guid report, ImmutableArray<ReportedLoss> told, CancellationToken cancel)
    {
        var keys = KeysOf(told).ToList();
        if (keys.Count == 0) return;
        var known = (await change.Db.Set<ReportKey>().Where(k => k.ReportId == report).Select(k => k.Value).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        known.UnionWith(change.Db.Set<ReportKey>().Local.Where(k => k.ReportId == report).Select(k => k.Value));
        change.Db.AddRange(keys.Where(known.Add).Select(key => new ReportKey { Value = key, ReportId = report }));
    }

    /// <summary>Keeps that a payment of a report is counted with another.</summary>
    public static Task KeepAsync(Change change, ToldTwice twice, Guid report, CancellationToken cancel) => AddAsync(change, TwiceKey(twice.Other), report, cancel);

    /// <summary>The reports that have payments counted with one.</summary>
    public static async Task<List<Report>> CountedWithAsync(Change change, Guid report, CancellationToken cancel)
    {
        var key = TwiceKey(report);
        var ids = await change.Db.Set<ReportKey>().Where(k => k.Value == key).Select(k => k.ReportId).ToListAsync(cancel);
        return await change.Db.Set<Report>().Where(r => ids.Contains(r.Id)).ToListAsync(cancel);
    }

    /// <summary>The reports that may tell of the same losses: those with a transfer or paying account of it, or with the victim's number. Bounded.</summary>
    public static async Task<List<Report>> OthersAsync(CaseworkContext db, ToldLosses told, CancellationToken cancel)
    {
        var keys = KeysOf(told.Losses).Take(MostKeys).ToList();
        var ids = await db.Set<ReportKey>().Where(k => keys.Contains(k.Value) && k.ReportId != told.Id).Select(k => k.ReportId).Distinct().OrderByDescending(id => id).Take(Most).ToListAsync(cancel);
        var found = await db.Set<Report>().Where(r => ids.Contains(r.Id)).ToListAsync(cancel);
        if (told.Phone is { } phone)
            found.AddRange(await db.Set<Report>().Where(r => r.Phone == phone && r.Id != told.Id).OrderByDescending(r => r.ReceivedAt).Take(Most).ToListAsync(cancel));
        return [.. found.DistinctBy(r => r.Id).Where(r => r.Unfounded is null && !r.Losses.IsEmpty)];
    }

    // A payment that was found by memory has no receipt number in the report; its case has.
    private static ImmutableArray<ReportedLoss> WithSeeds(Report other, Dictionary<Guid, Case> cases)
    {
        if (other.MatchedLosses == 0) return other.Losses;
        var losses = other.Losses.ToBuilder();
        foreach (var seed in cases[other.CaseId].Seeds.Where(s => s.Report == other.Id))
        {
            var at = Enumerable.Range(0, losses.Count).FirstOrDefault(i => losses[i].Transfer is null && losses[i].Amount == seed.Amount, -1);
            if (at >= 0 && !losses.Any(l => l.Transfer == seed.Transfer && (l.Member ?? l.Payer?.Member) == seed.Member)) losses[at] = losses[at] with { Member = seed.Member, Transfer = seed.Transfer };
        }
        return losses.ToImmutable();
    }

    private static IEnumerable<string> KeysOf(ImmutableArray<ReportedLoss> told) => told.SelectMany(Keys).Distinct();

    private static IEnumerable<string> Keys(ReportedLoss loss)
    {
        if (loss.Transfer is { } id && (loss.Member ?? loss.Payer?.Member) is { } member) yield return $"transfer:{member}/{id}";
        if (loss.Payer is { } payer) yield return $"payer:{payer}";
    }

    private static string TwiceKey(Guid report) => $"twice:{report:N}";

    private static async Task AddAsync(Change change, string value, Guid report, CancellationToken cancel)
    {
        if (await change.Db.Set<ReportKey>().FindAsync([value, report], cancel) is null) change.Db.Add(new ReportKey { Value = value, ReportId = report });
    }
}
