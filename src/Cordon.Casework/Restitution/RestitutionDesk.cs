using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Restitution;

/// <summary>A ledger with all that belongs to it.</summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="FreeMinor">What is held now and not ordered back, minor units.</param>
/// <param name="Claims">The claims as they are now.</param>
/// <param name="Divisions">What is free now, divided by every method, the legal one first; empty without claims.</param>
/// <param name="Returns">The returns ordered, the oldest first.</param>
/// <param name="Book">The books.</param>
/// <param name="Reports">The reports behind claims and returns, by id.</param>
public sealed record RestitutionView(
    RestitutionLedger Ledger, long FreeMinor, ImmutableArray<VictimClaim> Claims, ImmutableArray<Division> Divisions, IReadOnlyList<Order> Returns, LedgerBook Book,
    IReadOnlyDictionary<Guid, Report> Reports);

/// <summary>The façade of the module: from money that is held to money that is returned.</summary>
/// <param name="store">The database.</param>
/// <param name="engine">The engine.</param>
/// <param name="calendar">The working days.</param>
/// <param name="orders">The desk that returns are ordered at.</param>
public sealed class RestitutionDesk(CaseworkStore store, JournaledEngine engine, WorkingCalendar calendar, OrderDesk orders)
{
    /// <summary>Raised after a ledger changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Opens the ledger of an account, by an order that holds money there. Where it is open already, that one is given.</summary>
    public async Task<Outcome<RestitutionLedger>> OpenAsync(Actor actor, Guid hold, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<RestitutionLedger>(actor, async change =>
        {
            var order = await change.Db.Set<Order>().SingleOrDefaultAsync(o => o.Id == hold, cancel);
            if (order is null || !actor.SeesAll) return OrderRefusal.NotFound;
            if (!order.Holds) return RestitutionRefusal.NothingHeld;
            var known = await change.Db.Set<RestitutionLedger>().SingleOrDefaultAsync(l => l.Account == order.Subject && l.Currency == order.Currency, cancel);
            if (known is not null) return known;
            var year = change.Now.ToDateTimeOffset().Year;
            var number = $"L-{year}-{await change.NextNumberAsync($"restitution-{year}"):D6}";
            var ledger = new RestitutionLedger();
            change.Begin(ledger, new LedgerOpened(change.Now, change.NewId(), number, order.Id, order.CaseId, order.Account!.Value, order.Held));
            return ledger;
        }, cancel));

    /// <summary>Announces a division of what is free now.</summary>
    public Task<Outcome<RestitutionLedger>> AnnounceAsync(
        Actor actor, Guid id, DivisionMethod method, string? reason, string legalBasis, CancellationToken cancel = default) =>
        ActAsync(actor, id, async (change, ledger) =>
        {
            var now = await StandAsync(change.Db, ledger, cancel);
            return new AnnounceDivision(method, reason, legalBasis, now.FreeMinor, now.Claims, calendar.AfterDays(change.Now, RestitutionClocks.NoticeDays));
        }, cancel);

    /// <summary>Takes down or settles an objection, or opens the ledger again.</summary>
    public Task<Outcome<RestitutionLedger>> ActAsync(Actor actor, Guid id, RestitutionCommand command, CancellationToken cancel = default) =>
        ActAsync(actor, id, (_, _) => Task.FromResult(command), cancel);

    /// <summary>Decides the announced division: each share becomes a return, in the same transaction.</summary>
    public async Task<Outcome<RestitutionLedger>> DecideAsync(Actor actor, Guid id, string legalBasis, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<RestitutionLedger>(actor, async change =>
        {
            if (await FindAsync(change, actor, id, cancel) is not { } ledger) return RestitutionRefusal.NotFound;
            var now = await StandAsync(change.Db, ledger, cancel);
            if (change.Carry(ledger, RestitutionRules.Decide(ledger, new DecideDivision(legalBasis, now.FreeMinor, now.Claims), actor, change.Now)) is { } refused) return refused;
            if (await orders.JudgeAsync(change, CompetentAct.Issue, OrderKind.Return, legalBasis, cancel) is { } notCompetent) return notCompetent;
            var hold = HeldOrders.Governing(now.Holds).First();
            var payBy = calendar.AfterWorkingDays(change.Now, orders.Clocks.ReturnWorkingDays);
            foreach (var share in ledger.Division!.Shares.Where(s => s.Minor > 0))
            {
                var payTo = ClaimFinder.PayerOf(engine, now.Losses.First(l => l.Report == share.Report).Seed);
                await OrderDesk.OrderReturnAsync(change, hold, ledger.Id, share.Report, payTo, share.Minor, legalBasis, payBy);
            }
            return ledger;
        }, cancel));

    /// <summary>Ledgers, the newest first; only the centre sees any.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="caseId">Only those opened in a case; null for all.</param>
    /// <param name="before">Numbers below this one: the cursor of the page before.</param>
    /// <param name="limit">How many at most, 1 to 500.</param>
    public Task<List<RestitutionLedger>> ListAsync(Actor actor, Guid? caseId, string? before, int limit) => store.ReadAsync(db =>
    {
        var ledgers = actor.SeesAll ? db.Set<RestitutionLedger>() : db.Set<RestitutionLedger>().Where(l => false);
        if (caseId is { } of) ledgers = ledgers.Where(l => l.CaseId == of);
        if (before is not null) ledgers = ledgers.Where(l => l.Number.CompareTo(before) < 0);
        return ledgers.OrderByDescending(l => l.Number).Take(limit).ToListAsync();
    });

    /// <summary>One ledger with all that belongs to it; null where there is none or the actor may not see it.</summary>
    public async Task<RestitutionView?> ViewAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (!actor.SeesAll) return null;
        return await store.ReadAsync(async db =>
        {
            if (await db.Set<RestitutionLedger>().SingleOrDefaultAsync(l => l.Id == id, cancel) is not { } ledger) return null;
            var now = await StandAsync(db, ledger, cancel);
            var divisions = now.Claims.IsEmpty ? [] : Divisions.Of(now.FreeMinor, now.Claims);
            var named = now.Claims.Select(c => c.Report).Concat(ledger.Claims.Select(c => c.Report)).Concat(now.Returns.Select(r => r.Report!.Value)).Distinct().ToList();
            var reports = await db.Set<Report>().Where(r => named.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancel);
            return new RestitutionView(ledger, now.FreeMinor, now.Claims, divisions, now.Returns, LedgerBook.Of(now.Holds, now.Returns), reports);
        });
    }

    private async Task<Outcome<RestitutionLedger>> ActAsync(
        Actor actor, Guid id, Func<Change, RestitutionLedger, Task<RestitutionCommand>> command, CancellationToken cancel) =>
        Told(await store.ChangeAsync<RestitutionLedger>(actor, async change =>
        {
            if (await FindAsync(change, actor, id, cancel) is not { } ledger) return RestitutionRefusal.NotFound;
            var refused = change.Carry(ledger, RestitutionRules.Decide(ledger, await command(change, ledger), actor, change.Now));
            return refused is null ? ledger : refused;
        }, cancel));

    private static async Task<RestitutionLedger?> FindAsync(Change change, Actor actor, Guid id, CancellationToken cancel) =>
        actor.SeesAll ? await change.Db.Set<RestitutionLedger>().SingleOrDefaultAsync(l => l.Id == id, cancel) : null;

    private async Task<Stand> StandAsync(CaseworkContext db, RestitutionLedger ledger, CancellationToken cancel)
    {
        var returns = await ReturnsAsync(db, ledger, cancel);
        var paid = returns.Where(HeldMoney.Counts).GroupBy(r => r.Report!.Value).ToDictionary(g => g.Key, g => g.Sum(r => r.AmountMinor));
        var losses = await LossesAsync(db, ledger, cancel);
        var claims = ClaimFinder.Find(engine, ledger.Account, losses, paid, await ElsewhereAsync(db, ledger, losses, cancel));
        var holds = await HoldsAsync(db, ledger, cancel);
        return new Stand(HeldMoney.Free(holds, returns), claims, holds, returns, losses);
    }

    /// <summary>What the victims were paid, or are owed, out of other accounts, minor units by report.</summary>
    private static async Task<Dictionary<Guid, long>> ElsewhereAsync(CaseworkContext db, RestitutionLedger ledger, List<VerifiedLoss> losses, CancellationToken cancel)
    {
        var reports = losses.ConvertAll(l => (Guid?)l.Report);
        var others = await db.Set<Order>().Where(o => o.Kind == OrderKind.Return && o.Ledger != ledger.Id && reports.Contains(o.Report)).ToListAsync(cancel);
        return others.Where(HeldMoney.Counts).GroupBy(o => o.Report!.Value).ToDictionary(g => g.Key, g => g.Sum(o => o.AmountMinor));
    }

    private static Task<List<Order>> ReturnsAsync(CaseworkContext db, RestitutionLedger ledger, CancellationToken cancel) =>
        db.Set<Order>().Where(o => o.Ledger == ledger.Id).OrderBy(o => o.Number).ToListAsync(cancel);

    private static Task<List<Order>> HoldsAsync(CaseworkContext db, RestitutionLedger ledger, CancellationToken cancel) =>
        db.Set<Order>().Where(o => o.Subject == ledger.Account && o.Currency == ledger.Currency && (o.Kind == OrderKind.StopPayment || o.Kind == OrderKind.Freeze)).ToListAsync(cancel);

    /// <summary>The verified losses of all cases that gave an order about the account. A payment that two reports tell of counts for the earlier.</summary>
    private static async Task<List<VerifiedLoss>> LossesAsync(CaseworkContext db, RestitutionLedger ledger, CancellationToken cancel)
    {
        var about = await db.Set<Order>().Where(o => o.Subject == ledger.Account && o.Currency == ledger.Currency).Select(o => o.CaseId).Distinct().ToListAsync(cancel);
        var cases = await db.Set<Case>().Where(c => about.Contains(c.Id) && c.Currency == ledger.Currency).ToListAsync(cancel);
        var reported = await db.Set<Report>().Where(r => about.Contains(r.CaseId)).Select(r => new { r.Id, r.ReportedAt, r.SourceId })
            .ToDictionaryAsync(r => r.Id, r => (r.ReportedAt, r.SourceId), cancel);
        return
        [
            .. cases.SelectMany(c => c.Seeds.Select(seed => new VerifiedLoss(seed.Report, c.Id, seed)))
                .OrderBy(l => reported.GetValueOrDefault(l.Report).ReportedAt).ThenBy(l => reported.GetValueOrDefault(l.Report).SourceId, StringComparer.Ordinal)
                .ThenBy(l => l.Seed.Member.ToString(), StringComparer.Ordinal).ThenBy(l => l.Seed.Transfer.Text, StringComparer.Ordinal)
                .DistinctBy(l => (l.Seed.Member, l.Seed.Transfer)),
        ];
    }

    /// <summary>How a ledger stands at this moment.</summary>
    private sealed record Stand(long FreeMinor, ImmutableArray<VictimClaim> Claims, List<Order> Holds, List<Order> Returns, List<VerifiedLoss> Losses);

    private Outcome<RestitutionLedger> Told(Outcome<RestitutionLedger> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.Id);
        return outcome;
    }
}
