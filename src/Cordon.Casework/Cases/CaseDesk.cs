using System.Text;
using Cordon.Casework.Findings;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Cases;

/// <summary>One case with all that belongs to it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Reports">Its reports, the oldest first.</param>
/// <param name="Chain">Its chain; null until the money was first followed.</param>
/// <param name="Trace">The flow of its money as the engine answers now; null where no payment was found.</param>
/// <param name="Orders">Its orders, the newest first.</param>
/// <param name="Findings">Its findings.</param>
public sealed record CaseView(
    Case Case, IReadOnlyList<Report> Reports, FraudChain? Chain, Trace? Trace, IReadOnlyList<Order> Orders, IReadOnlyList<Finding> Findings);

/// <summary>Which cases to list.</summary>
public sealed record CaseFilter
{
    /// <summary>In one state.</summary>
    public CaseState? State { get; init; }

    /// <summary>That somebody works on, as <c>person:…</c>.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>That a region works on.</summary>
    public string? Region { get; init; }

    /// <summary>That a text may mean: a number or its beginning, a telephone number, an account, a page, a type of fraud. Null or blank for all.</summary>
    public string? Text { get; init; }

    /// <summary>Numbers below this one: the cursor of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>The façade of the module: from a report to a case whose money is followed.</summary>
/// <param name="store">The database.</param>
/// <param name="engine">The engine.</param>
/// <param name="follow">Follows the money of a case.</param>
/// <param name="types">The tree of types of fraud, by which the type of a report is guessed that tells none; without it none is guessed.</param>
/// <param name="limits">How much strangers may leave; the usual where it is not given.</param>
public sealed class CaseDesk(CaseworkStore store, JournaledEngine engine, CaseFollower follow, FraudTypes? types = null, StrangersLimits? limits = null)
{
    private readonly StrangersLimits most = limits ?? new StrangersLimits();

    /// <summary>Raised after a case changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>
    /// Takes a report: finds its payments among the signals, puts it to a case with which it shares a transfer, a first
    /// account or a caller, or opens one, and follows the money at once.
    /// </summary>
    public async Task<Outcome<ReceivedReport>> ReceiveAsync(Actor actor, ReportIntake intake, CancellationToken cancel = default)
    {
        if (intake.Fault() is { } fault) return fault;
        var type = intake.FraudType == ReportIntake.TypeNotKnown ? GuessType(intake.Text) : intake.FraudType;
        var found = engine.Read(e => LossMatch.Find(e.Known.Money, intake.Losses));
        var outcome = await store.ChangeAsync<ReceivedReport>(actor, async change =>
        {
            var known = await change.Db.Set<Report>().SingleOrDefaultAsync(r => r.SourceId == intake.SourceId, cancel);
            if (known is not null) return await RepeatAsync(change, known, intake, cancel);
            if (intake.Stranger is { } stranger && StrangersDoor.Judge(await StrangersDoor.LoadAsync(change, stranger.Origin, cancel), most) is { } full) return full;
            return await CaseIntake.JoinAsync(change, intake, type, found, account => follow.IsHub(account, intake.Money), cancel);
        }, cancel);
        if (!outcome.Succeeded || outcome.Value.Repeat) return outcome;
        await FollowAsync(actor, outcome.Value.Case, cancel);
        return outcome;
    }

    /// <summary>Whether an account is everybody's: a pool or a merchant.</summary>
    internal bool IsHub(AccountNumber account, Currency currency) => follow.IsHub(account, currency);

    private string GuessType(string? text) =>
        text is { Length: > 0 } && types?.Guess(text) is { IsEmpty: false } guesses ? guesses[0].Type.Code : ReportIntake.TypeNotKnown;

    /// <summary>Cases, the newest first; only the centre sees any.</summary>
    public Task<List<Case>> ListAsync(Actor actor, CaseFilter filter) => store.ReadAsync(async db =>
    {
        var cases = actor.SeesAll ? db.Set<Case>() : db.Set<Case>().Where(c => false);
        if (filter.State is { } state) cases = cases.Where(c => c.State == state);
        if (filter.AssignedTo is { } person) cases = cases.Where(c => c.AssignedTo == person);
        if (filter.Region is { } region) cases = cases.Where(c => c.Region == region);
        if (filter.Before is { } before) cases = cases.Where(c => c.Number.CompareTo(before) < 0);
        if (!string.IsNullOrWhiteSpace(filter.Text)) cases = await CaseSearch.MatchingAsync(db, cases, filter.Text, store.Now.ToDateTimeOffset().Year, types);
        return await cases.OrderByDescending(c => c.Number).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One case with all that belongs to it; null where there is none or the actor may not see it.</summary>
    public async Task<CaseView?> ViewAsync(Actor actor, Guid id)
    {
        if (!actor.SeesAll) return null;
        var view = await store.ReadAsync(async db =>
        {
            var found = await db.Set<Case>().SingleOrDefaultAsync(c => c.Id == id);
            if (found is null) return null;
            var reports = await db.Set<Report>().Where(r => r.CaseId == id).OrderBy(r => r.ReportedAt).ToListAsync();
            var orders = await db.Set<Order>().Where(o => o.CaseId == id).OrderByDescending(o => o.Serial).ToListAsync();
            var findings = await db.Set<Finding>().Where(f => f.CaseId == id).OrderBy(f => f.Duty).ThenBy(f => f.Link).ToListAsync();
            var chain = await db.Set<CaseChain>().SingleOrDefaultAsync(c => c.CaseId == id);
            return new CaseView(found, reports, chain is null ? null : FraudChain.FromJson(Encoding.UTF8.GetBytes(chain.Json)), null, orders, findings);
        });
        return view is null ? null : view with { Trace = follow.TraceOf(view.Case) };
    }

    /// <summary>The flow of a case's money by one method of attribution; null where there is none or the actor may not see it.</summary>
    public async Task<Trace?> TraceAsync(Actor actor, Guid id, AttributionMethod method)
    {
        if (!actor.SeesAll) return null;
        var traced = await store.ReadAsync(db => db.Set<Case>().SingleOrDefaultAsync(c => c.Id == id));
        return traced is null ? null : follow.TraceOf(traced, method);
    }

    /// <summary>Follows the money of a case again: where it is now, what to stop next, which duties failed.</summary>
    public async Task<Outcome<Case>> FollowAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        var outcome = await follow.FollowAsync(actor, id, cancel);
        if (outcome.Succeeded) Changed?.Invoke(id);
        return outcome;
    }

    /// <summary>Follows the open cases of which a payment was not told yet; for when transfers came.</summary>
    /// <returns>How many cases were followed.</returns>
    internal async Task<int> FollowUnmatchedAsync(CancellationToken cancel)
    {
        var open = await store.ReadAsync(db => db.Set<Case>().Where(c => c.State == CaseState.Open && c.UnmatchedMinor != 0).Select(c => c.Id).ToListAsync(cancel));
        foreach (var id in open) await FollowAsync(Actor.System("follower"), id, cancel);
        return open.Count;
    }

    /// <summary>Follows the cases whose money something was told of since the last time.</summary>
    /// <returns>How many cases were followed.</returns>
    internal async Task<int> FollowTouchedAsync(CancellationToken cancel)
    {
        var touched = follow.TakeTouched();
        foreach (var id in touched) await FollowAsync(Actor.System("pursuit"), id, cancel);
        return touched.Count;
    }

    /// <summary>Follows every open case once: from then on their money is pursued.</summary>
    /// <returns>How many cases were followed.</returns>
    public async Task<int> FollowOpenAsync(CancellationToken cancel = default)
    {
        var open = await store.ReadAsync(db => db.Set<Case>().Where(c => c.State == CaseState.Open).Select(c => c.Id).ToListAsync(cancel));
        foreach (var id in open) await FollowAsync(Actor.System("follower"), id, cancel);
        return open.Count;
    }

    private static async Task<Outcome<ReceivedReport>> RepeatAsync(Change change, Report known, ReportIntake intake, CancellationToken cancel)
    {
        if (!intake.Same(known)) return ReportRefusal.OtherReport;
        var number = await change.Db.Set<Case>().Where(c => c.Id == known.CaseId).Select(c => c.Number).SingleAsync(cancel);
        return new ReceivedReport(known.Id, known.CaseId, number, Repeat: true);
    }
}
