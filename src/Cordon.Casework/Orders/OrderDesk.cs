using System.Collections.Immutable;
using System.Linq.Expressions;
using Cordon.Casework.Appeals;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Indicators;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Orders;

/// <summary>The façade of the module: orders to members, from draft to end.</summary>
/// <param name="store">The database.</param>
/// <param name="competence">Who may give which order on what basis.</param>
/// <param name="clocks">The times that bind orders.</param>
/// <param name="notices">What people are told whom an order hits.</param>
public sealed class OrderDesk(CaseworkStore store, Competence competence, OrderClocks clocks, NoticeTexts notices)
{
    private static readonly OrderState[] Running = [OrderState.Issued, OrderState.Acknowledged, OrderState.Executed];

    private const string AppealBasis = "Anti-Telecom-Fraud Law, art. 32";

    /// <summary>What a member does not see: nobody is bound by it, or it was dropped before anybody was.</summary>
    private static readonly OrderState[] Inner = [OrderState.Proposed, OrderState.AwaitsApproval, OrderState.Withdrawn];

    /// <summary>Raised after an order changed, with the case it serves.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Drafts a stop-payment within a change of the caller's, who sees to it that no running stop covers the money. One draft for an account and case.</summary>
    public static async Task<Outcome<Order>> ProposeAsync(Change change, Guid caseId, AccountNumber account, Amount amount)
    {
        if (amount.Minor <= 0) return OrderRefusal.BadAmount;
        var open = await change.Db.Set<Order>().AnyAsync(o => o.CaseId == caseId && o.Subject == account && o.Kind == OrderKind.StopPayment
            && (o.State == OrderState.Proposed || o.State == OrderState.AwaitsApproval));
        if (open) return OrderRefusal.AlreadyProposed;
        var order = new Order();
        change.Begin(order, new OrderProposed(change.Now, change.NewId(), await NumberAsync(change, 'S'), OrderKind.StopPayment, caseId, account, amount));
        return order;
    }

    /// <summary>Drafts an enquiry within a change of the caller's.</summary>
    internal static async Task ProposeEnquiryAsync(Change change, Guid caseId, AccountNumber pool, Amount hidden, ImmutableArray<AskedTransfer> asked)
    {
        change.Begin(new Order(), new EnquiryProposed(change.Now, change.NewId(), await NumberAsync(change, 'E'), caseId, pool, hidden, asked));
    }

    /// <summary>Drafts a freeze of what a stop holds, so that it stays when the stop's hours are over.</summary>
    /// <param name="actor">A duty officer or police.</param>
    /// <param name="stop">The stop, which holds money now.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Order>> ProposeFreezeAsync(Actor actor, Guid stop, CancellationToken cancel = default)
    {
        var outcome = await store.ChangeAsync<Order>(actor, async change =>
        {
            var held = await change.Db.Set<Order>().SingleOrDefaultAsync(o => o.Id == stop, cancel);
            if (held is null || !actor.SeesAll) return OrderRefusal.NotFound;
            if (held.Kind != OrderKind.StopPayment || !held.Holds) return OrderRefusal.NothingHeld;
            var freezes = await change.Db.Set<Order>().Where(o => o.Kind == OrderKind.Freeze && o.CaseId == held.CaseId && o.Subject == held.Subject).ToListAsync(cancel);
            if (freezes.Exists(o => !o.Ended && HeldOrders.Follows(o, held))) return OrderRefusal.AlreadyProposed;
            // What the pack leaves for living stays out of the freeze; the stop before it ends by its own clock.
            var sum = held.HeldMinor - notices.LeftForLiving(OrderKind.Freeze, held.Currency);
            if (sum <= 0) return OrderRefusal.ForLiving;
            var freeze = new Order();
            change.Begin(freeze, new OrderProposed(
                change.Now, change.NewId(), await NumberAsync(change, 'F'), OrderKind.Freeze, held.CaseId, held.Account!.Value, new Amount(sum, held.Currency), held.Id));
            return freeze;
        }, cancel);
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.CaseId);
        return outcome;
    }

    /// <summary>Drafts the end of a freeze.</summary>
    /// <param name="actor">A duty officer or police.</param>
    /// <param name="id">The freeze, which runs.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Order>> ProposeUnfreezeAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        var outcome = await store.ChangeAsync<Order>(actor, async change =>
        {
            var freeze = await change.Db.Set<Order>().SingleOrDefaultAsync(o => o.Id == id, cancel);
            if (freeze is null || !actor.SeesAll) return OrderRefusal.NotFound;
            if (freeze.Kind != OrderKind.Freeze || !freeze.Running) return OrderRefusal.NotFrozen;
            var others = await change.Db.Set<Order>().Where(o => o.Lifts == id).ToListAsync(cancel);
            if (others.Exists(o => !o.Ended)) return OrderRefusal.AlreadyProposed;
            var unfreeze = new Order();
            change.Begin(unfreeze, new UnfreezeProposed(
                change.Now, change.NewId(), await NumberAsync(change, 'U'), freeze.CaseId, freeze.Account!.Value, id, freeze.ExecutedAt is null ? freeze.Amount : freeze.Held));
            return unfreeze;
        }, cancel);
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.CaseId);
        return outcome;
    }

    /// <summary>Drafts a measure about a number or a domain within a change of the caller's, who knows whose it is. One open for a case, kind and subject.</summary>
    internal static async Task<Outcome<Order>> ProposeMeasureAsync(
        Change change, Guid caseId, Currency currency, OrderKind kind, MemberCode member, PhoneNumber? line, Domain? domain)
    {
        if (SubjectFault(kind, line, domain) is { } wrong) return wrong;
        var open = await change.Db.Set<Order>().Where(o => o.CaseId == caseId && o.Kind == kind && o.Line == line && o.Domain == domain).ToListAsync();
        if (open.Exists(o => !o.Ended)) return OrderRefusal.AlreadyProposed;
        var letter = kind switch { OrderKind.SuspendNumber => 'N', OrderKind.BlockNumber => 'B', _ => 'D' };
        var order = new Order();
        change.Begin(order, new MeasureProposed(change.Now, change.NewId(), await NumberAsync(change, letter), kind, caseId, member, line, domain, currency));
        return order;
    }

    /// <summary>Why such a measure cannot be about this; null where it can.</summary>
    internal static Refusal? SubjectFault(OrderKind kind, PhoneNumber? line, Domain? domain) => kind switch
    {
        OrderKind.SuspendNumber or OrderKind.BlockNumber => line is not null && domain is null ? null : OrderRefusal.WrongSubject,
        OrderKind.TakeDown => domain is { } name && line is null && Domain.IsValid(name.Name) && name.Name.Contains('.', StringComparison.Ordinal) ? null : OrderRefusal.WrongSubject,
        _ => OrderRefusal.WrongSubject,
    };

    /// <summary>The times that bind orders.</summary>
    internal OrderClocks Clocks => clocks;

    /// <summary>Whether the actor of another desk's change may do this; null where it may.</summary>
    internal async Task<Refusal?> JudgeAsync(Change change, CompetentAct act, OrderKind kind, string? basis, CancellationToken cancel) =>
        (await GroundAsync(change, cancel)).Judge(act, kind, change.Actor, basis);

    /// <summary>Tells those who watch that orders of a case changed within a change of another desk's.</summary>
    internal void Tell(Guid caseId) => Changed?.Invoke(caseId);

    /// <summary>Orders a return within a change of the caller's, which has judged who may.</summary>
    internal static async Task OrderReturnAsync(Change change, Order hold, Guid ledger, Guid report, AccountNumber? payTo, long minor, string legalBasis, Instant payBy) =>
        change.Begin(new Order(), new ReturnOrdered(
            change.Now, change.NewId(), await NumberAsync(change, 'R'), hold.CaseId, hold.Account!.Value, payTo, new Amount(minor, hold.Currency), ledger, report,
            change.Actor.Id, change.Actor.Member, legalBasis, payBy));

    /// <summary>Issues a drafted order, as the first of two officers: it goes out when the second approves.</summary>
    /// <param name="actor">The first officer.</param>
    /// <param name="id">The order.</param>
    /// <param name="legalBasis">The bases it names.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<Order>> IssueAsync(Actor actor, Guid id, string legalBasis, CancellationToken cancel = default) =>
        ActAsync(actor, id, async (change, order) => new IssueOrder(legalBasis, await StopsOfAsync(change, order, cancel)), null, cancel);

    /// <summary>Sends a drafted order at once, on one officer's word: a second approves it in time, or it lapses.</summary>
    /// <param name="actor">The officer.</param>
    /// <param name="id">The order.</param>
    /// <param name="legalBasis">The bases it names.</param>
    /// <param name="reason">Why it cannot wait for a second officer.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<Order>> IssueInEmergencyAsync(Actor actor, Guid id, string legalBasis, string reason, CancellationToken cancel = default) =>
        ActAsync(actor, id, async (change, order) => new IssueOrder(legalBasis, await StopsOfAsync(change, order, cancel), reason), null, cancel);

    /// <summary>Approves, as the second officer, what waits for it or was sent in an emergency.</summary>
    /// <param name="actor">The second officer.</param>
    /// <param name="id">The order.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<Order>> ApproveAsync(Actor actor, Guid id, CancellationToken cancel = default) =>
        ActAsync(actor, id, async (change, order) => new ApproveOrder(await StopsOfAsync(change, order, cancel)), null, cancel);

    /// <summary>Carries out any other command.</summary>
    public Task<Outcome<Order>> ActAsync(Actor actor, Guid id, OrderCommand command, CancellationToken cancel = default) =>
        ActAsync(actor, id, (_, _) => Task.FromResult(command), null, cancel);

    /// <summary>Carries out a member's answer with its signature, which is asked of systems of a member that registered a receipt key.</summary>
    /// <param name="actor">The member's clerk or system.</param>
    /// <param name="id">The order.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="receipt">The signature and what it covers; null where there is none.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<Order>> AnswerAsync(Actor actor, Guid id, OrderCommand answer, SignedReceipt? receipt, CancellationToken cancel = default) =>
        ActAsync(actor, id, (_, _) => Task.FromResult(answer), receipt, cancel);

    /// <summary>Orders that an actor may see: the centre all, a member its own once issued; the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which.</param>
    public Task<List<Order>> ListAsync(Actor actor, OrderFilter filter) => store.ReadAsync(db =>
    {
        var orders = Visible(db.Set<Order>(), actor);
        if (filter.Case is { } caseId) orders = orders.Where(o => o.CaseId == caseId);
        if (filter.State is { } state) orders = orders.Where(o => o.State == state);
        if (filter.Member is { } member) orders = orders.Where(o => o.Member == member);
        if (filter.Kind is { } kind) orders = orders.Where(o => o.Kind == kind);
        if (filter.Before is { Length: > OrderFilter.LetterLength } before)
        {
            var serial = before[OrderFilter.LetterLength..];
            orders = orders.Where(o => o.Serial.CompareTo(serial) < 0);
        }
        return orders.OrderByDescending(o => o.Serial).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One order, where the actor may see it.</summary>
    public Task<Order?> FindAsync(Actor actor, Guid id) =>
        store.ReadAsync(db => Visible(db.Set<Order>(), actor).SingleOrDefaultAsync(o => o.Id == id));

    /// <summary>Looks at every running clock once: notes missed acknowledgements, lets what is overdue climb, ends what the law ends.</summary>
    /// <returns>How many orders changed.</returns>
    public async Task<int> CheckClocksAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<Order>().Where(Due(now)).Select(o => o.Id).ToListAsync(cancel));
        foreach (var id in due) await ActAsync(Actor.System("clocks"), id, new CheckClocks(), cancel);
        return due.Count;
    }

    /// <summary>Which orders a clock has something to say about: what it finds, the rules turn into an event, so that none is asked twice.</summary>
    internal static Expression<Func<Order, bool>> Due(Instant now) => o =>
        (Running.Contains(o.State) && (o.ExpiresAt <= now || (o.ConfirmBy < now && o.ApprovedAt == null)))
        || (o.State == OrderState.Issued && o.OverdueAt == null && (o.AcknowledgeBy < now || o.AnswerBy < now))
        || (o.State == OrderState.Acknowledged && (o.OverdueAt == null || o.OverdueAt <= o.AnswerBy) && o.AnswerBy < now)
        || o.EscalateAt < now;

    private async Task<Outcome<Order>> ActAsync(Actor actor, Guid id, Func<Change, Order, Task<OrderCommand>> command, SignedReceipt? receipt, CancellationToken cancel)
    {
        var outcome = await store.ChangeAsync<Order>(actor, async change =>
        {
            var order = await change.Db.Set<Order>().SingleOrDefaultAsync(o => o.Id == id, cancel);
            if (order is null || !MaySee(actor, order)) return OrderRefusal.NotFound;
            var (held, draft, running) = (order.Holds, order.Draft, order.Running);
            var asked = await command(change, order);
            var (unsigned, evidence) = asked.IsAnswer && actor.Member == order.Member ? await ReceiptKeys.JudgeAsync(change, order.Member, receipt, cancel) : default;
            if (unsigned is not null) return unsigned;
            var before = order.Version;
            var refused = change.Carry(order, OrderRules.Decide(order, asked, actor, change.Now, await GroundAsync(change, cancel, asked is IssueOrder or ApproveOrder or RenewFreeze ? order : null)));
            if (refused is not null) return refused;
            // A repeat changes nothing, and its signature proves nothing more.
            if (evidence is not null && order.Version > before) change.Record(order, new ReceiptSigned(change.Now, evidence.Key, evidence.Base, evidence.Signature, evidence.Body));
            // The engine learns of a stop when money is held, and of its end, by the outbox: screening then blocks transfers out.
            if (held != order.Holds) await TellEngineAsync(change, [order], cancel);
            if (draft && order.Running) await NoticeMaker.GiveAsync(change, notices, clocks, order, cancel);
            if (draft && order is { Kind: OrderKind.Unfreeze, Running: true }) await LetAllGoAsync(change, order, cancel);
            if (running != order.Running) await IndicatorDesk.FollowAsync(change, order);
            if (asked is AnswerEnquiry answer) TellReferences(change, order, answer);
            return order;
        }, cancel);
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.CaseId);
        return outcome;
    }

    // All kinds count on one row.
    private static async Task<string> NumberAsync(Change change, char letter)
    {
        var year = change.Now.ToDateTimeOffset().Year;
        return $"{letter}-{year}-{await change.NextNumberAsync($"order-{year}"):D6}";
    }

    private static Task<int> StopsOfAsync(Change change, Order order, CancellationToken cancel) =>
        change.Db.Set<Order>().CountAsync(o => o.Subject == order.Subject && o.StopOrdinal > 0, cancel);

    // The centre's own people act for the joint office; where the centre is no member, for it all the same.
    private async Task<OrderGround> GroundAsync(Change change, CancellationToken cancel, Order? binding = null)
    {
        var members = change.Db.Set<Member>();
        var own = change.Actor.Member is { } code ? await members.SingleOrDefaultAsync(m => m.Code == code, cancel)
            : await members.Where(m => m.Sector == Sector.JointOffice).OrderBy(m => m.Code).FirstOrDefaultAsync(cancel);
        return new OrderGround(competence, clocks, own?.Code ?? change.Actor.Member, own?.Sector ?? Sector.JointOffice,
            binding is not null && await Cases.CaseRules.IsUnfoundedAsync(change, binding.CaseId, cancel));
    }

    // An unfreeze that goes out ends the freeze, and the stop that the freeze followed, in the same transaction.
    private static async Task LetAllGoAsync(Change change, Order unfreeze, CancellationToken cancel)
    {
        var holds = await change.Db.Set<Order>().Where(o => o.CaseId == unfreeze.CaseId && o.Subject == unfreeze.Subject
            && (o.Kind == OrderKind.StopPayment || o.Kind == OrderKind.Freeze) && Running.Contains(o.State)).ToListAsync(cancel);
        await LiftAsync(change, holds, $"Ended by {unfreeze.Number}.", cancel);
    }

    /// <summary>Lifts running orders within a change of the caller's, which has judged who may: the members see it at once.</summary>
    internal static async Task LiftAsync(Change change, IReadOnlyList<Order> orders, string reason, CancellationToken cancel)
    {
        var held = orders.Where(o => o.Holds).ToList();
        foreach (var order in orders) change.Record(order, new OrderReleased(change.Now, reason));
        foreach (var account in held.GroupBy(o => o.Account)) await TellEngineAsync(change, [.. account], cancel);
    }

    /// <summary>
    /// Lifts, within a change of the caller's, whatever restricts an account or a number in all cases: what runs is released, returns that were not paid
    /// yet with it, drafts are dropped, and where a freeze ends an unfreeze goes out, so that the member acknowledges it.
    /// </summary>
    /// <returns>The orders that were lifted, then the unfreezes.</returns>
    internal static async Task<List<Order>> LiftOnAppealAsync(Change change, Order appealed, Guid appeal, string reason, OrderClocks clocks, CancellationToken cancel)
    {
        var all = await change.Db.Set<Order>().Where(o => Running.Contains(o.State) || o.State == OrderState.Proposed || o.State == OrderState.AwaitsApproval)
            .Where(o => appealed.Line != null ? o.Line == appealed.Line : o.Subject == appealed.Subject && (o.Kind == OrderKind.StopPayment || o.Kind == OrderKind.Freeze || o.Kind == OrderKind.Return)).ToListAsync(cancel);
        var (held, frozen) = (all.Where(o => o.Holds).ToList(), all.Where(o => o is { Kind: OrderKind.Freeze, AcknowledgedAt: not null }).ToList());
        foreach (var order in all) change.Record(order, new OrderLiftedOnAppeal(change.Now, appeal, reason));
        if (held.Count > 0) await TellEngineAsync(change, held, cancel);
        await IndicatorDesk.ClearAsync(change, appealed, reason);
        foreach (var freeze in frozen) all.Add(await UnfreezeAsync(change, freeze, clocks));
        return all;
    }

    // The decision on the appeal is the decision to unfreeze: nobody has to issue it once more.
    private static async Task<Order> UnfreezeAsync(Change change, Order freeze, OrderClocks clocks)
    {
        var unfreeze = new Order();
        change.Begin(unfreeze, new UnfreezeProposed(
            change.Now, change.NewId(), await NumberAsync(change, 'U'), freeze.CaseId, freeze.Account!.Value, freeze.Id, freeze.ExecutedAt is null ? freeze.Amount : freeze.Held));
        change.Record(unfreeze, new MeasureIssued(
            change.Now, change.Actor.Id, freeze.Authority, AppealBasis, clocks.AcknowledgeBy(OrderKind.Unfreeze, change.Now), clocks.AnswerBy(OrderKind.Unfreeze, change.Now)));
        return unfreeze;
    }

    private static async Task TellEngineAsync(Change change, List<Order> changed, CancellationToken cancel)
    {
        var (account, ids) = (changed[0].Account!.Value, changed.Select(o => o.Id).ToList());
        // Another case may hold money in the same account: it stays stopped until the last hold ends.
        var stopped = changed.Any(o => o.Holds) || await change.Db.Set<Order>()
            .AnyAsync(o => o.Subject == account && !ids.Contains(o.Id) && o.State == OrderState.Executed && o.HeldMinor > 0, cancel);
        change.Tell(new ListChanged(change.NewId(), ListName.StoppedAccounts, account.ToString(), stopped, change.Now));
    }

    // References are facts of the member's: they go to the journal, and the trace goes on from there.
    private static void TellReferences(Change change, Order order, AnswerEnquiry answer)
    {
        var given = answer.References.IsDefault ? [] : answer.References;
        // An id that nobody can use before: the outbox waits for what the engine refuses.
        foreach (var reference in given)
            change.Tell(new SignalAccepted(new TransferCorrection(
                new SignalId($"{order.Number}-{change.NewId():N}"), order.Member, change.Now, reference.Teller, reference.Transfer, null, reference.OrderReference)));
    }

    private static IQueryable<Order> Visible(IQueryable<Order> orders, Actor actor) =>
        actor.SeesAll ? orders
        : actor.Member is { } member ? orders.Where(o => o.Member == member && !Inner.Contains(o.State))
        : orders.Where(o => false);

    private static bool MaySee(Actor actor, Order order) => actor.SeesAll
        || (actor.Member == order.Member && !Inner.Contains(order.State));
}

/// <summary>Which orders to list.</summary>
public sealed record OrderFilter
{
    /// <summary>The letter of a number and its hyphen.</summary>
    internal const int LetterLength = 2;

    /// <summary>Of one case.</summary>
    public Guid? Case { get; init; }

    /// <summary>Of one kind.</summary>
    public OrderKind? Kind { get; init; }

    /// <summary>In one state.</summary>
    public OrderState? State { get; init; }

    /// <summary>To one member.</summary>
    public MemberCode? Member { get; init; }

    /// <summary>Numbers below this one: the cursor of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}
