using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>The guards of an order: pure, in ladders, first failing rung answers.</summary>
internal static class OrderRules
{
    private const int BasisLength = 200;
    private const int ReasonLength = 500;

    public static Decision<OrderEvent> Decide(Order order, OrderCommand command, Actor actor, Instant now) => command switch
    {
        IssueOrder c => Issue(order, c, actor, now),
        AcknowledgeOrder => Acknowledge(order, actor, now),
        ReportHeld c => Report(order, c, actor, now),
        DeclineOrder c => Decline(order, c, actor, now),
        ReleaseOrder c => Release(order, c, actor, now),
        WithdrawOrder c => Withdraw(order, c, now),
        AnswerEnquiry c => Answer(order, c, actor, now),
        NoteAnswered => FoundAnswered(order, now),
        RenewFreeze c => Renew(order, c, actor, now),
        ReportPaid c => Pay(order, c, actor, now),
        CheckClocks => Check(order, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    private static Decision<OrderEvent> Issue(Order order, IssueOrder command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.PoliceOfficer)) return OrderRefusal.NotPolice;
        if (order.State != OrderState.Proposed) return OrderRefusal.WrongState(order.State, "issued");
        if (command.LegalBasis.Length is 0 or > BasisLength) return OrderRefusal.NoBasis;
        if (order.Kind == OrderKind.Enquiry) return new EnquiryIssued(now, actor.Id, actor.Member, command.LegalBasis, OrderClocks.AnswerBy(now));
        if (order.Kind == OrderKind.StopPayment && command.StopsSoFar >= OrderClocks.StopsPerAccount) return OrderRefusal.StopLimit;
        var ordinal = order.Kind == OrderKind.StopPayment ? command.StopsSoFar + 1 : 0;
        return new OrderIssued(now, actor.Id, actor.Member, command.LegalBasis, ordinal, OrderClocks.AcknowledgeBy(now), OrderClocks.LapsesAt(now));
    }

    private static Decision<OrderEvent> Acknowledge(Order order, Actor actor, Instant now)
    {
        if (actor.Member != order.Member) return OrderRefusal.NotAddressee;
        if (!HoldsMoney(order.Kind)) return OrderRefusal.NotOfThisKind;
        if (order.State is OrderState.Acknowledged or OrderState.Executed) return Decision<OrderEvent>.Nothing;
        if (order.State != OrderState.Issued) return OrderRefusal.WrongState(order.State, "acknowledged");
        if (now >= order.ExpiresAt) return OrderRefusal.Expired;
        return new OrderAcknowledged(now, OrderClocks.ExpiresAt(order.Kind, now));
    }

    private static Decision<OrderEvent> Report(Order order, ReportHeld command, Actor actor, Instant now)
    {
        if (actor.Member != order.Member) return OrderRefusal.NotAddressee;
        if (!HoldsMoney(order.Kind)) return OrderRefusal.NotOfThisKind;
        if (order.State == OrderState.Executed)
            return command.Held == order.Held ? Decision<OrderEvent>.Nothing : OrderRefusal.OtherReceipt(order.Held);
        if (order.State != OrderState.Acknowledged) return OrderRefusal.WrongState(order.State, "executed");
        if (now >= order.ExpiresAt) return OrderRefusal.Expired;
        if (command.Held.Currency != order.Currency || command.Held.Minor < 0 || command.Held.Minor > order.AmountMinor)
            return OrderRefusal.HeldTooMuch(order.Amount);
        return new OrderExecuted(now, command.Held);
    }

    private static Decision<OrderEvent> Answer(Order order, AnswerEnquiry command, Actor actor, Instant now)
    {
        if (actor.Member != order.Member) return OrderRefusal.NotAddressee;
        if (order.Kind != OrderKind.Enquiry) return OrderRefusal.NotOfThisKind;
        if (order.State == OrderState.Answered) return OrderRefusal.OtherAnswer;
        if (order.State != OrderState.Issued) return OrderRefusal.WrongState(order.State, "answered");
        var given = command.References.IsDefault ? [] : command.References;
        var asked = order.Asked.Select(a => (a.Teller, a.Transfer)).ToHashSet();
        // Taken out of the set as they come, so that a transfer named twice is refused like one not asked about.
        if (given.Any(g => !asked.Remove((g.Teller, g.Transfer)) || !IsReference(g.OrderReference))) return OrderRefusal.NoAnswer;
        if (command.Note is { Length: 0 or > ReasonLength } || (command.Note is null && given.IsEmpty)) return OrderRefusal.NoAnswer;
        return new EnquiryAnswered(now, given, command.Note);
    }

    private static bool HoldsMoney(OrderKind kind) => kind is OrderKind.StopPayment or OrderKind.Freeze;

    private static Decision<OrderEvent> Renew(Order order, RenewFreeze command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.PoliceOfficer)) return OrderRefusal.NotPolice;
        if (order.Kind != OrderKind.Freeze) return OrderRefusal.NotOfThisKind;
        if (order.State is not (OrderState.Acknowledged or OrderState.Executed)) return OrderRefusal.WrongState(order.State, "renewed");
        if (now >= order.ExpiresAt) return OrderRefusal.Expired;
        if (command.LegalBasis.Length is 0 or > BasisLength) return OrderRefusal.NoBasis;
        // One term more at a time: a freeze that runs for more than one term from now was renewed already.
        if (order.ExpiresAt > OrderClocks.FreezeUntil(now)) return OrderRefusal.RenewedAlready;
        return new FreezeRenewed(now, actor.Id, command.LegalBasis, OrderClocks.FreezeUntil(order.ExpiresAt!.Value));
    }

    private static Decision<OrderEvent> Pay(Order order, ReportPaid command, Actor actor, Instant now)
    {
        if (actor.Member != order.Member) return OrderRefusal.NotAddressee;
        if (order.Kind != OrderKind.Return) return OrderRefusal.NotOfThisKind;
        if (order.State == OrderState.Paid && order.Payment == command.Payment && command.Amount == order.Amount) return Decision<OrderEvent>.Nothing;
        if (order.State != OrderState.Issued) return OrderRefusal.WrongState(order.State, "paid");
        if (command.Amount != order.Amount) return OrderRefusal.PaidOther(order.Amount);
        if (!IsReference(command.Payment)) return OrderRefusal.NoPayment;
        return new ReturnPaid(now, command.Payment);
    }

    private static bool IsReference(string? text) => text is { Length: >= 1 and <= 64 } && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

    private static Decision<OrderEvent> FoundAnswered(Order order, Instant now) =>
        order is { Kind: OrderKind.Enquiry, State: OrderState.Issued } ? new EnquiryAnswered(now, [], null) : Decision<OrderEvent>.Nothing;

    private static Decision<OrderEvent> Decline(Order order, DeclineOrder command, Actor actor, Instant now)
    {
        if (actor.Member != order.Member) return OrderRefusal.NotAddressee;
        if (order.State is not (OrderState.Issued or OrderState.Acknowledged)) return OrderRefusal.WrongState(order.State, "declined");
        if (command.Reason.Length is 0 or > ReasonLength) return OrderRefusal.NoReason;
        return new OrderDeclined(now, command.Reason);
    }

    private static Decision<OrderEvent> Release(Order order, ReleaseOrder command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.PoliceOfficer)) return OrderRefusal.NotPolice;
        if (order.State is not (OrderState.Issued or OrderState.Acknowledged or OrderState.Executed)) return OrderRefusal.WrongState(order.State, "released");
        if (command.Reason.Length is 0 or > ReasonLength) return OrderRefusal.NoReason;
        return new OrderReleased(now, command.Reason);
    }

    private static Decision<OrderEvent> Withdraw(Order order, WithdrawOrder command, Instant now)
    {
        if (order.State != OrderState.Proposed) return OrderRefusal.WrongState(order.State, "withdrawn");
        if (command.Reason.Length is 0 or > ReasonLength) return OrderRefusal.NoReason;
        return new OrderWithdrawn(now, command.Reason);
    }

    private static Decision<OrderEvent> Check(Order order, Instant now)
    {
        if (order.State is not (OrderState.Issued or OrderState.Acknowledged or OrderState.Executed)) return Decision<OrderEvent>.Nothing;
        if (order.Kind is OrderKind.Enquiry or OrderKind.Return)
            return order.OverdueAt is null && now > order.AnswerBy ? new OrderOverdue(now, order.AnswerBy!.Value) : Decision<OrderEvent>.Nothing;
        if (now >= order.ExpiresAt) return new OrderExpired(now);
        if (order.State == OrderState.Issued && order.OverdueAt is null && now > order.AcknowledgeBy) return new OrderOverdue(now, order.AcknowledgeBy!.Value);
        return Decision<OrderEvent>.Nothing;
    }
}
