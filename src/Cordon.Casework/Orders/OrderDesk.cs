using System.Collections.Immutable;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Orders;

/// <summary>The façade of the module: orders to members, from draft to end.</summary>
/// <param name="store">The database.</param>
public sealed class OrderDesk(CaseworkStore store)
{
    private static readonly OrderState[] Running = [OrderState.Issued, OrderState.Acknowledged, OrderState.Executed];

    /// <summary>Raised after an order changed, with the case it serves.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Drafts a stop-payment within a change of the caller's. One open stop for an account and case.</summary>
    public static async Task<Outcome<Order>> ProposeAsync(Change change, Guid caseId, AccountNumber account, Amount amount)
    {
        if (amount.Minor <= 0) return OrderRefusal.BadAmount;
        var open = await change.Db.Set<Order>().AnyAsync(o => o.CaseId == caseId && o.Account == account && o.Kind == OrderKind.StopPayment
            && (o.State == OrderState.Proposed || o.State == OrderState.Issued || o.State == OrderState.Acknowledged || o.State == OrderState.Executed));
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
            var freezes = await change.Db.Set<Order>().Where(o => o.Kind == OrderKind.Freeze && o.CaseId == held.CaseId && o.Account == held.Account).ToListAsync(cancel);
            if (freezes.Exists(o => !o.Ended)) return OrderRefusal.AlreadyProposed;
            var freeze = new Order();
            change.Begin(freeze, new OrderProposed(change.Now, change.NewId(), await NumberAsync(change, 'F'), OrderKind.Freeze, held.CaseId, held.Account, held.Held));
            return freeze;
        }, cancel);
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.CaseId);
        return outcome;
    }

    /// <summary>Orders a return within a change of the caller's, which has judged who may.</summary>
    internal static async Task OrderReturnAsync(Change change, Order hold, Guid ledger, Guid report, AccountNumber? payTo, long minor, string legalBasis, Instant payBy) =>
        change.Begin(new Order(), new ReturnOrdered(
            change.Now, change.NewId(), await NumberAsync(change, 'R'), hold.CaseId, hold.Account, payTo, new Amount(minor, hold.Currency), ledger, report,
            change.Actor.Id, change.Actor.Member, legalBasis, payBy));

    /// <summary>Issues a drafted order. Police only.</summary>
    public Task<Outcome<Order>> IssueAsync(Actor actor, Guid id, string legalBasis, CancellationToken cancel = default) =>
        ActAsync(actor, id, async (change, order) =>
            new IssueOrder(legalBasis, await change.Db.Set<Order>().CountAsync(o => o.Account == order.Account && o.StopOrdinal > 0, cancel)), cancel);

    /// <summary>Carries out any other command.</summary>
    public Task<Outcome<Order>> ActAsync(Actor actor, Guid id, OrderCommand command, CancellationToken cancel = default) =>
        ActAsync(actor, id, (_, _) => Task.FromResult(command), cancel);

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
        // All kinds count on one row; the letter before tells the kind and nothing of the order.
        if (filter.Before is { Length: > OrderFilter.LetterLength } before) orders = orders.Where(o => o.Number.Substring(OrderFilter.LetterLength).CompareTo(before.Substring(OrderFilter.LetterLength)) < 0);
        return orders.OrderByDescending(o => o.Number.Substring(OrderFilter.LetterLength)).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One order, where the actor may see it.</summary>
    public Task<Order?> FindAsync(Actor actor, Guid id) =>
        store.ReadAsync(db => Visible(db.Set<Order>(), actor).SingleOrDefaultAsync(o => o.Id == id));

    /// <summary>Looks at every running clock once: notes missed acknowledgements, ends what the law ends.</summary>
    /// <returns>How many orders changed.</returns>
    public async Task<int> CheckClocksAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<Order>()
            .Where(o => Running.Contains(o.State) && (o.ExpiresAt <= now || (o.State == OrderState.Issued && o.OverdueAt == null && (o.AcknowledgeBy < now || o.AnswerBy < now))))
            .Select(o => o.Id).ToListAsync(cancel));
        foreach (var id in due) await ActAsync(Actor.System("clocks"), id, new CheckClocks(), cancel);
        return due.Count;
    }

    private async Task<Outcome<Order>> ActAsync(Actor actor, Guid id, Func<Change, Order, Task<OrderCommand>> command, CancellationToken cancel)
    {
        var outcome = await store.ChangeAsync<Order>(actor, async change =>
        {
            var order = await change.Db.Set<Order>().SingleOrDefaultAsync(o => o.Id == id, cancel);
            if (order is null || !MaySee(actor, order)) return OrderRefusal.NotFound;
            var held = order.Holds;
            var asked = await command(change, order);
            var refused = change.Carry(order, OrderRules.Decide(order, asked, actor, change.Now));
            if (refused is not null) return refused;
            // The engine learns of a stop when money is held, and of its end, by the outbox: screening then blocks transfers out.
            if (held != order.Holds) await TellEngineAsync(change, order, cancel);
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

    private static async Task TellEngineAsync(Change change, Order order, CancellationToken cancel)
    {
        // Another case may hold money in the same account: it stays stopped until the last hold ends.
        var stopped = order.Holds || await change.Db.Set<Order>()
            .AnyAsync(o => o.Account == order.Account && o.Id != order.Id && o.State == OrderState.Executed && o.HeldMinor > 0, cancel);
        change.Tell(new ListChanged(change.NewId(), ListName.StoppedAccounts, order.Account.ToString(), stopped, change.Now));
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
        : actor.Member is { } member ? orders.Where(o => o.Member == member && o.State != OrderState.Proposed && o.State != OrderState.Withdrawn)
        : orders.Where(o => false);

    private static bool MaySee(Actor actor, Order order) => actor.SeesAll
        || (actor.Member == order.Member && order.State is not (OrderState.Proposed or OrderState.Withdrawn));
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
