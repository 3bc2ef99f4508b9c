using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>The guards of an order: pure, in ladders, first failing rung answers. Those of the authority are in <see cref="AuthorityRules"/>.</summary>
internal static class OrderRules
{
    /// <summary>What an order that lapsed tells the member.</summary>
    public const string LapsedReason = "Nobody approved the emergency order in time. Let go at once.";

    /// <summary>Judges a command.</summary>
    /// <param name="order">The order as it is.</param>
    /// <param name="command">The command.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="ground">The law, and for whom the actor acts; null for what Cordon does by itself with a draft or an enquiry.</param>
    public static Decision<OrderEvent> Decide(Order order, OrderCommand command, Actor actor, Instant now, OrderGround? ground = null) => command switch
    {
        AcknowledgeOrder => Acknowledge(order, actor, now, ground!.Clocks),
        ReportHeld c => Report(order, c, actor, now),
        DeclineOrder c => Decline(order, c, actor, now),
        WithdrawOrder c => Withdraw(order, c, now),
        AnswerEnquiry c => Answer(order, c, actor, now),
        NoteAnswered => FoundAnswered(order, now),
        ReportCarriedOut c => CarryOut(order, c, actor, now),
        ReportLetGo => LetGo(order, actor, now),
        ReportPaid c => Pay(order, c, actor, now),
        CheckClocks => Check(order, now, ground?.Clocks.Escalation ?? []),
        _ => AuthorityRules.Decide(order, command, actor, now, ground!),
    };

    private static Decision<OrderEvent> Acknowledge(Order order, Actor actor, Instant now, OrderClocks clocks)
    {
        if (actor.Member != order.Member) return OrderRefusal.NotAddressee;
        if (order.Kind is OrderKind.Enquiry or OrderKind.Return) return OrderRefusal.NotOfThisKind;
        if (order.State is OrderState.Acknowledged or OrderState.Executed) return Decision<OrderEvent>.Nothing;
        if (order.State != OrderState.Issued) return OrderRefusal.WrongState(order.State, "acknowledged");
        if (now >= order.ExpiresAt) return OrderRefusal.Expired;
        return new OrderAcknowledged(now, clocks.ExpiresAt(order.Kind, now));
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
        if (command.Note is { Length: 0 or > OrderLimits.ReasonLength } || (command.Note is null && given.IsEmpty)) return OrderRefusal.NoAnswer;
        return new EnquiryAnswered(now, given, command.Note);
    }

    private static bool HoldsMoney(OrderKind kind) => kind is OrderKind.StopPayment or OrderKind.Freeze;

    private static Decision<OrderEvent> CarryOut(Order order, ReportCarriedOut command, Actor actor, Instant now)
    {
        if (actor.Member != order.Member) return OrderRefusal.NotAddressee;
        if (!Measure(order.Kind)) return OrderRefusal.NotOfThisKind;
        if (order.State is OrderState.Executed or OrderState.Done) return Decision<OrderEvent>.Nothing;
        if (order.State != OrderState.Acknowledged) return OrderRefusal.WrongState(order.State, "carried out");
        if (now >= order.ExpiresAt) return OrderRefusal.Expired;
        if (command.Note is { Length: 0 or > OrderLimits.ReasonLength }) return OrderRefusal.NoReason;
        return new MeasureCarriedOut(now, command.Note);
    }

    private static Decision<OrderEvent> LetGo(Order order, Actor actor, Instant now)
    {
        if (actor.Member != order.Member) return OrderRefusal.NotAddressee;
        if (order.LetGoAt is not null) return Decision<OrderEvent>.Nothing;
        if (order.State is not (OrderState.Released or OrderState.Expired or OrderState.Lapsed)) return OrderRefusal.NotSent;
        return new OrderLetGo(now);
    }

    /// <summary>Kinds that are acknowledged and carried out, and hold no money.</summary>
    private static bool Measure(OrderKind kind) => kind is OrderKind.Unfreeze or OrderKind.SuspendNumber or OrderKind.BlockNumber or OrderKind.TakeDown;

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
        if (command.Reason.Length is 0 or > OrderLimits.ReasonLength) return OrderRefusal.NoReason;
        return new OrderDeclined(now, command.Reason);
    }

    private static Decision<OrderEvent> Withdraw(Order order, WithdrawOrder command, Instant now)
    {
        if (!order.Draft) return OrderRefusal.WrongState(order.State, "withdrawn");
        if (command.Reason.Length is 0 or > OrderLimits.ReasonLength) return OrderRefusal.NoReason;
        return new OrderWithdrawn(now, command.Reason);
    }

    private static Decision<OrderEvent> Check(Order order, Instant now, ImmutableArray<EscalationStep> steps)
    {
        if (!order.Running) return Decision<OrderEvent>.Nothing;
        if (order.Unconfirmed && now > order.ConfirmBy) return new OrderLapsed(now, order.ConfirmBy!.Value, LapsedReason);
        if (now >= order.ExpiresAt) return new OrderExpired(now);
        return Decision<OrderEvent>.Of(EscalationRules.Climb(order, now, steps));
    }
}
