using Cordon.Casework.Appeals;
using Cordon.Casework.Cases;
using Cordon.Casework.Findings;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Registers;

/// <summary>The centre at a glance.</summary>
/// <param name="At">When it was taken.</param>
/// <param name="Signals">Signals told so far.</param>
/// <param name="Alerts">Those of them that were not let pass.</param>
/// <param name="OpenCases">Cases worked on.</param>
/// <param name="Cases">Cases in all.</param>
/// <param name="Reports">Reports that count: those of strangers whom nobody verified, of losses told twice, and unfounded ones do not.</param>
/// <param name="ToVerify">Strangers' reports that wait for a clerk.</param>
/// <param name="Losses">Where the money of all cases is, by currency, the currency of most cases first; by the end of the interval in which it went furthest.</param>
/// <param name="Orders">Orders by state.</param>
/// <param name="Findings">Failed duties found.</param>
/// <param name="Appeals">How people fare who are restricted.</param>
/// <param name="Days">Tallies of the last days, by day, kind and member.</param>
public sealed record SituationView(
    Instant At, long Signals, long Alerts, int OpenCases, int Cases, int Reports, int ToVerify, IReadOnlyList<CurrencyLosses> Losses,
    IReadOnlyDictionary<OrderState, int> Orders, int Findings, AppealFigures Appeals, IReadOnlyList<SignalTally> Days);

/// <summary>Where the money of all cases of one currency is; sums of several are never added up.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Cases">How many cases are in it.</param>
/// <param name="Places">Where it is, minor units.</param>
public sealed record CurrencyLosses(Currency Currency, int Cases, LossPlaces Places);

/// <summary>The façade of the module: what casework knows from the journal.</summary>
/// <param name="store">The database.</param>
public sealed class Situation(CaseworkStore store)
{
    private const int TrendDays = 30;

    /// <summary>The situation now. The centre's own; others are refused by the policies of page and endpoint.</summary>
    public Task<SituationView> NowAsync() => store.ReadAsync(async db =>
    {
        var cases = await db.Set<Case>().Select(c => new { c.State, c.Currency, c.Losses }).ToListAsync();
        var orders = await db.Set<Order>().GroupBy(o => o.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        var last = await db.Set<SignalTally>().MaxAsync(t => (int?)t.Day) ?? 0;
        var totals = await db.Set<SignalTally>().GroupBy(t => 1).Select(g => new { Count = g.Sum(t => t.Count), Alerts = g.Sum(t => t.Alerts) }).SingleOrDefaultAsync();
        return new SituationView(
            store.Now, totals?.Count ?? 0, totals?.Alerts ?? 0, cases.Count(c => c.State == CaseState.Open), cases.Count,
            await db.Set<Report>().CountAsync(r => r.State == ReportState.Verified || r.State == ReportState.Matched),
            await db.Set<Report>().CountAsync(r => r.State == ReportState.Received),
            [.. cases.GroupBy(c => c.Currency).Select(g => new CurrencyLosses(g.Key, g.Count(), g.Aggregate(LossPlaces.Empty, (sum, c) => sum + c.Losses.Least)))
                .OrderByDescending(l => l.Cases).ThenBy(l => l.Currency.Code, StringComparer.Ordinal)],
            orders,
            await db.Set<Finding>().CountAsync(),
            await AppealFigures.TakeAsync(db),
            await db.Set<SignalTally>().Where(t => t.Day > last - TrendDays).OrderBy(t => t.Day).ThenBy(t => t.Kind).ThenBy(t => t.Member).ToListAsync());
    });

    /// <summary>The newest alerts.</summary>
    /// <param name="limit">How many, 1 to 500.</param>
    public Task<List<Alert>> LatestAlertsAsync(int limit) =>
        store.ReadAsync(db => db.Set<Alert>().OrderByDescending(a => a.Sequence).Take(limit).ToListAsync());
}
