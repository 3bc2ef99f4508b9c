using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Cases;

/// <summary>The façade for what to stop first, of one case or of all open ones. It reads; nothing changes by it.</summary>
/// <param name="store">The database.</param>
/// <param name="engine">The engine.</param>
/// <param name="follow">Follows the money of a case.</param>
public sealed class CasePlanner(CaseworkStore store, JournaledEngine engine, CaseFollower follow)
{
    /// <summary>Of all open cases, so many with drafts are planned together, the newest. Ours.</summary>
    public const int MostCases = 200;

    /// <summary>The plan of one case: every account with money in it that no order of the case is running for. Null where there is no such case or the actor may not see it.</summary>
    public async Task<StopPlan?> OfCaseAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (!actor.SeesAll) return null;
        return await store.ReadAsync(async db =>
        {
            var planned = await db.Set<Case>().SingleOrDefaultAsync(c => c.Id == id, cancel);
            if (planned is null) return null;
            return (await PlanAsync(db, [planned], cancel)).FirstOrDefault() ?? StopPlan.Of(planned.Currency, [], StopPlan.UsualEach);
        });
    }

    /// <summary>The plan over all open cases with drafted orders: which draft to issue next. One a currency, since sums of two cannot be compared; none where the actor may not see cases.</summary>
    public async Task<IReadOnlyList<StopPlan>> OfOpenAsync(Actor actor, CancellationToken cancel = default)
    {
        if (!actor.SeesAll) return [];
        return await store.ReadAsync(async db =>
        {
            var drafted = db.Set<Order>().Where(o => o.Kind == OrderKind.StopPayment && o.State == OrderState.Proposed).Select(o => o.CaseId);
            var cases = await db.Set<Case>().Where(c => c.State == CaseState.Open && drafted.Contains(c.Id))
                .OrderByDescending(c => c.Number).Take(MostCases).ToListAsync(cancel);
            return await PlanAsync(db, cases, cancel);
        });
    }

    /// <summary>What could be stopped of one case, with all that the plan asks of it.</summary>
    internal static async Task<List<StopCandidate>> CandidatesAsync(
        CaseworkContext db, JournaledEngine engine, Case of, ImmutableArray<StoppableMoney> money, Dictionary<MemberCode, MemberPace> paces, Instant now, CancellationToken cancel)
    {
        var accounts = money.Select(m => m.Account).ToList();
        var stops = await StopHistory.StopsAsync(db, accounts, cancel);
        var drains = engine.Read(e => accounts.ConvertAll(a => Drain.Of(e.Known.Money, a, of.Currency, now)));
        return [.. money.Select((m, i) => new StopCandidate(
            of.Id, m.Account, m.Minor, drains[i], paces.GetValueOrDefault(m.Account.Member, MemberPace.Unknown), stops.GetValueOrDefault(m.Account)))];
    }

    private async Task<List<StopPlan>> PlanAsync(CaseworkContext db, List<Case> cases, CancellationToken cancel)
    {
        var sectors = await db.Set<Member>().ToDictionaryAsync(m => m.Code, m => m.Sector, cancel);
        // How a member acts is the same for all cases.
        var paces = await StopHistory.PacesAsync(db, sectors.Keys.Where(m => KeepsMoney(sectors, m)), store.Now, cancel);
        var candidates = new List<(Currency Currency, StopCandidate Stop)>();
        foreach (var planned in cases)
        {
            if (follow.TraceOf(planned) is not { } trace) continue;
            var orders = await db.Set<Order>().Where(o => o.CaseId == planned.Id && (o.Kind == OrderKind.StopPayment || o.Kind == OrderKind.Freeze)).ToListAsync(cancel);
            var drafts = orders.FindAll(o => o is { Kind: OrderKind.StopPayment, State: OrderState.Proposed }).ToDictionary(o => o.Account!.Value);
            // What is signed waits for a second officer and for nothing that a plan could say; who was cleared on an appeal is not stopped again.
            var signed = orders.Where(o => o.State == OrderState.AwaitsApproval || o.Appeal is not null).Select(o => o.Subject).ToHashSet();
            var money = StopCover.Uncovered(trace, StoppableMoney.In(trace, m => KeepsMoney(sectors, m)), orders).RemoveAll(m => signed.Contains(m.Account));
            foreach (var stop in await CandidatesAsync(db, engine, planned, money, paces, store.Now, cancel))
            {
                var draft = drafts.GetValueOrDefault(stop.Account);
                candidates.Add((planned.Currency, stop with { Order = draft?.Id, Number = draft?.Number }));
            }
        }
        return [.. candidates.GroupBy(c => c.Currency, c => c.Stop).OrderByDescending(g => g.Count()).Select(g => StopPlan.Of(g.Key, g, StopPlan.UsualEach))];
    }

    internal static bool KeepsMoney(Dictionary<MemberCode, Sector> sectors, MemberCode member) =>
        sectors.GetValueOrDefault(member, Sector.JointOffice) is Sector.Bank or Sector.PaymentInstitution;
}
