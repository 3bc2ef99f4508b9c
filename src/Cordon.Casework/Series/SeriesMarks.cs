using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Series;

/// <summary>What a case leaves behind by which others are linked to it, kept as it becomes known.</summary>
internal static class SeriesMarks
{
    /// <summary>At most so many accounts of a chain. Ours.</summary>
    private const int MostAccounts = 64;

    /// <summary>Layers of a chain whose accounts are a gang's own; those behind them launder for many. Ours.</summary>
    private const int OwnLayers = 2;

    private static readonly TimeSpan CallsBefore = TimeSpan.FromDays(7);

    /// <summary>The marks of a report.</summary>
    public static IEnumerable<string> Of(ImmutableArray<ReportedLoss> losses, Suspects suspects, string? words, Func<AccountNumber, bool> isHub) =>
        suspects.Phones.Where(p => !SeriesRules.IsHub(p)).Select(p => SeriesRules.Of(p))
            .Concat(losses.Select(l => l.Payee).OfType<AccountNumber>().Concat(suspects.Accounts).Where(a => !isHub(a)).Select(a => SeriesRules.Of(a)))
            .Concat(suspects.Domains.Select(SeriesRules.OfDomain))
            .Concat(SeriesRules.OfScript(words));

    /// <summary>The marks of a chain: accounts that the money went through, lines that called, and the handsets that these calls came from.</summary>
    public static IEnumerable<string> Of(FraudChain chain, EngineKnowledge known, IEnumerable<Report> reports)
    {
        var accounts = chain.Links.OfType<AccountLink>().Where(a => a.Layer is >= 1 and <= OwnLayers && a.Arrived.Minor > 0 && !SeriesRules.IsHub(a.AccountKind)).OrderBy(a => a.Layer).Take(MostAccounts).Select(a => SeriesRules.Of(a.Account));
        var lines = chain.Links.OfType<LineLink>().Where(l => l is { Proven: true, CallsMade: > 0 } && !SeriesRules.IsHub(l.Line)).Select(l => SeriesRules.Of(l.Line));
        var devices = reports.Where(r => r is { MayAct: true, Phone: not null, Losses.IsEmpty: false })
            .SelectMany(r => r.Suspects.Phones.SelectMany(p => known.Calls.Between(p, r.Phone!.Value, r.Losses.Max(l => l.At), CallsBefore)))
            .Select(c => c.Device).OfType<Device>().Select(d => SeriesRules.Of(d));
        return accounts.Concat(lines).Concat(devices);
    }

    /// <summary>Keeps marks of a case, each once, and counts in how many cases each stands.</summary>
    public static async Task RememberAsync(Change change, Guid caseId, IEnumerable<string> found, CancellationToken cancel)
    {
        var values = found.Distinct().ToList();
        if (values.Count == 0) return;
        var marks = change.Db.Set<SeriesMark>();
        var known = (await marks.Where(m => m.CaseId == caseId && values.Contains(m.Value)).Select(m => m.Value).ToListAsync(cancel)).ToHashSet();
        known.UnionWith(marks.Local.Where(m => m.CaseId == caseId).Select(m => m.Value));
        var fresh = values.Where(v => !known.Contains(v)).ToList();
        if (fresh.Count == 0) return;
        var degrees = (await change.Db.Set<SeriesDegree>().Where(d => fresh.Contains(d.Value)).ToListAsync(cancel))
            .Concat(change.Db.Set<SeriesDegree>().Local).DistinctBy(d => d.Value).ToDictionary(d => d.Value);
        foreach (var value in fresh)
        {
            marks.Add(new SeriesMark { CaseId = caseId, Value = value });
            if (!degrees.TryGetValue(value, out var degree)) change.Db.Add(new SeriesDegree { Value = value, Cases = 1 });
            // A hub's row is written no more: all that name it would wait for each other.
            else if (degree.Cases <= SeriesRules.MostCases(SeriesRules.Read(value).Kind)) degree.Cases++;
        }
    }

    /// <summary>Drops marks of a case, and counts them in one case less.</summary>
    /// <param name="change">The change in which.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="which">Which; null for all.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public static async Task ForgetAsync(Change change, Guid caseId, HashSet<string>? which, CancellationToken cancel)
    {
        var gone = (await change.Db.Set<SeriesMark>().Where(m => m.CaseId == caseId).ToListAsync(cancel)).FindAll(m => which?.Contains(m.Value) != false);
        change.Db.RemoveRange(gone);
        var values = gone.ConvertAll(m => m.Value);
        // What is a hub stays one: how many cases name it is not counted to the end.
        foreach (var degree in await change.Db.Set<SeriesDegree>().Where(d => values.Contains(d.Value)).ToListAsync(cancel))
            if (degree.Cases <= SeriesRules.MostCases(SeriesRules.Read(degree.Value).Kind)) degree.Cases--;
    }
}
