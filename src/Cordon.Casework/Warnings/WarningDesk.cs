using System.Collections.Immutable;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Warnings;

/// <summary>Which warnings to list.</summary>
public sealed record WarningFilter
{
    /// <summary>Only those that somebody still has to do something about, or only those that ended; null for both.</summary>
    public bool? Open { get; init; }

    /// <summary>By when the person should be reached, the soonest first, and not by number.</summary>
    public bool ByDue { get; init; }

    /// <summary>Of one group.</summary>
    public string? Group { get; init; }

    /// <summary>Numbers below this one: the cursor of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>How warnings of a group fared within a stretch of time.</summary>
/// <param name="Group">The group's id.</param>
/// <param name="Proposed">How many people were seen in danger.</param>
/// <param name="Tried">For how many an attempt was made.</param>
/// <param name="Reached">How many were reached.</param>
/// <param name="InTime">How many of these within the group's time.</param>
/// <param name="MedianMinutesToReach">From the signal until the person was reached, over the latest 500 at most; null where nobody was.</param>
/// <param name="Lost">How many lost money after the first attempt.</param>
/// <param name="LostMinor">How much, minor units, of the currency most of it is in.</param>
/// <param name="Currency">That currency; null where nothing was lost.</param>
public sealed record WarningFigures(
    string Group, int Proposed, int Tried, int Reached, int InTime, double? MedianMinutesToReach, int Lost, long LostMinor, Currency? Currency);

/// <summary>How warnings fared.</summary>
/// <param name="ByGroup">By group.</param>
/// <param name="DaysWithoutLoss">Whole days since somebody last lost money after a warning; null where nobody did.</param>
public sealed record WarningReview(ImmutableArray<WarningFigures> ByGroup, int? DaysWithoutLoss);

/// <summary>The façade of the module: people who are likely being defrauded are warned, and what came of it is measured.</summary>
/// <param name="store">The database.</param>
/// <param name="plan">Who is warned of what, how.</param>
public sealed class WarningDesk(CaseworkStore store, WarningPlan plan)
{
    /// <summary>Warnings of a group looked at for the median, the latest. Ours.</summary>
    private const int MostMeasured = 500;

    /// <summary>Raised after warnings changed.</summary>
    public event Action? Changed;

    /// <summary>Raised with each warning that changed, or of whose person a report tells.</summary>
    internal event Action<Guid>? Told;

    /// <summary>Who is warned of what, how.</summary>
    public WarningPlan Plan => plan;

    /// <summary>Writes an attempt down, gives it up, or says that there is nobody to warn.</summary>
    /// <param name="actor">A person of the centre.</param>
    /// <param name="id">The warning.</param>
    /// <param name="command">What is told.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Warning>> ActAsync(Actor actor, Guid id, WarningCommand command, CancellationToken cancel = default)
    {
        var outcome = await store.ChangeAsync<Warning>(actor, async change =>
        {
            if (!actor.SeesAll || await change.Db.Set<Warning>().SingleOrDefaultAsync(w => w.Id == id, cancel) is not { } warning) return WarningRefusal.NotFound;
            return change.Carry(warning, WarningRules.Decide(warning, command, actor, change.Now)) is { } refusal ? refusal : warning;
        }, cancel);
        if (outcome.Succeeded) Tell([id]);
        return outcome;
    }

    /// <summary>Warnings, for the centre alone; the newest first where the filter says nothing else.</summary>
    public Task<List<Warning>> ListAsync(Actor actor, WarningFilter filter) => store.ReadAsync(db =>
    {
        var warnings = actor.SeesAll ? db.Set<Warning>() : db.Set<Warning>().Where(w => false);
        if (filter.Group is { } group) warnings = warnings.Where(w => w.Group == group);
        if (filter.Before is { } before) warnings = warnings.Where(w => w.Number.CompareTo(before) < 0);
        if (filter.Open is { } open)
            warnings = open ? warnings.Where(w => w.State == WarningState.Proposed || w.State == WarningState.Attempted) : warnings.Where(w => w.State != WarningState.Proposed && w.State != WarningState.Attempted);
        return (filter.ByDue ? warnings.OrderBy(w => w.Due).ThenBy(w => w.Number) : warnings.OrderByDescending(w => w.Number)).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One warning; null where there is none or the actor may not see it.</summary>
    public Task<Warning?> FindAsync(Actor actor, Guid id) => store.ReadAsync(db => actor.SeesAll ? db.Set<Warning>().SingleOrDefaultAsync(w => w.Id == id) : Task.FromResult<Warning?>(null));

    /// <summary>How warnings fared that were proposed within a stretch of time.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="until">Its end, not itself in it.</param>
    public Task<WarningReview> ReviewAsync(Instant from, Instant until) => store.ReadAsync(async db =>
    {
        var within = db.Set<Warning>().Where(w => w.ProposedAt >= from && w.ProposedAt < until);
        var counts = await within.GroupBy(w => w.Group).Select(g => new
        {
            Group = g.Key, Proposed = g.Count(), Tried = g.Count(w => w.FirstAttemptAt != null), Reached = g.Count(w => w.ReachedAt != null), InTime = g.Count(w => w.ReachedAt <= w.Due),
        }).ToListAsync();
        var losses = await within.Where(w => w.LossCurrency != null).GroupBy(w => new { w.Group, w.LossCurrency })
            .Select(g => new { g.Key.Group, Currency = g.Key.LossCurrency!.Value, Count = g.Count(), Minor = g.Sum(w => w.LossMinor) }).ToListAsync();
        var last = await db.Set<Warning>().MaxAsync(w => w.LastLossAt);
        var figures = ImmutableArray.CreateBuilder<WarningFigures>();
        foreach (var group in counts.OrderBy(c => c.Group, StringComparer.Ordinal))
        {
            var minutes = (await within.Where(w => w.Group == group.Group && w.ReachedAt != null).OrderByDescending(w => w.Number).Take(MostMeasured).Select(w => new { w.SeenAt, w.ReachedAt }).ToListAsync())
                .Select(w => (w.ReachedAt!.Value - w.SeenAt).TotalMinutes).Order().ToList();
            var lost = losses.Where(l => l.Group == group.Group).ToList();
            var most = lost.MaxBy(l => l.Minor);
            figures.Add(new WarningFigures(
                group.Group, group.Proposed, group.Tried, group.Reached, group.InTime,
                minutes.Count == 0 ? null : Math.Round((minutes[(minutes.Count - 1) / 2] + minutes[minutes.Count / 2]) / 2, 1), lost.Sum(l => l.Count), most?.Minor ?? 0, most?.Currency));
        }
        return new WarningReview(figures.ToImmutable(), last is { } at ? (int)(store.Now - at).TotalDays : null);
    });

    /// <summary>Looks at every open warning whose time passed.</summary>
    /// <returns>How many became overdue.</returns>
    public async Task<int> CheckAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<Warning>()
            .Where(w => (w.State == WarningState.Proposed || w.State == WarningState.Attempted) && w.OverdueAt == null && w.Due < now).Select(w => w.Id).ToListAsync(cancel));
        foreach (var id in due) await ActAsync(Actor.System("warnings"), id, new CheckWarning(), cancel);
        return due.Count;
    }

    /// <summary>
    /// Counts, for each warned person who reports, what was lost after the first attempt to warn, by reports that somebody vouches for. What a
    /// report tells no more, because it is unfounded, counted elsewhere or verified with other sums, is taken back.
    /// </summary>
    /// <param name="caseId">The case whose reports are looked at.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task FollowReportsAsync(Guid caseId, CancellationToken cancel = default)
    {
        // Most cases are of people whom nobody warned: for them nothing is written.
        var warned = await store.ReadAsync(db => db.Set<Report>().Where(r => r.CaseId == caseId && r.Phone != null)
            .Join(db.Set<Warning>(), r => r.Phone, w => (PhoneNumber?)w.Line, (_, w) => new { w.Id, w.FirstAttemptAt }).Distinct().ToListAsync(cancel));
        if (warned.Exists(w => w.FirstAttemptAt is not null)) await CountLossesAsync(caseId, cancel);
        Tell(warned.ConvertAll(w => w.Id));
    }

    private Task<Outcome<int>> CountLossesAsync(Guid caseId, CancellationToken cancel) =>
        store.ChangeAsync<int>(Actor.System("warnings"), async change =>
        {
            var changed = 0;
            foreach (var report in await change.Db.Set<Report>().Where(r => r.CaseId == caseId && r.Phone != null).ToListAsync(cancel))
            {
                var line = report.Phone!.Value;
                foreach (var warning in await change.Db.Set<Warning>().Where(w => w.Line == line && w.FirstAttemptAt != null).ToListAsync(cancel))
                {
                    var after = report is { IsVerified: true, Unfounded: null }
                        ? report.Counted.Select(i => report.Losses[i]).Where(l => l.At > warning.FirstAttemptAt && (warning.LossCurrency ?? l.Amount.Currency) == l.Amount.Currency).ToList()
                        : [];
                    var (before, now) = (warning.Losses.FirstOrDefault(l => l.Report == report.Id)?.Minor ?? 0, after.Sum(l => l.Amount.Minor));
                    if (before == now) continue;
                    change.Record(warning, new LossAfterWarning(change.Now, report.Id, now, after.Count > 0 ? after[0].Amount.Currency : warning.LossCurrency!.Value));
                    changed++;
                }
            }
            return changed;
        }, cancel);

    internal void Tell(IReadOnlyCollection<Guid> warnings)
    {
        if (warnings.Count == 0) return;
        Changed?.Invoke();
        foreach (var id in warnings) Told?.Invoke(id);
    }
}
