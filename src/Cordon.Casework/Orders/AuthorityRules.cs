using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>What the guards of an order rest on: the law of the jurisdiction, and for whom the actor acts.</summary>
/// <param name="Competence">Who may do what.</param>
/// <param name="Clocks">The times.</param>
/// <param name="Authority">The member that the actor acts for; null where the centre has no member of its own.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="Unfounded">Whether the case of the order rests on nothing but what strangers told.</param>
internal sealed record OrderGround(Competence Competence, OrderClocks Clocks, MemberCode? Authority, Sector Sector, bool Unfounded = false)
{
    public Refusal? Judge(CompetentAct act, OrderKind kind, Actor actor, string? basis = null) => Competence.Judge(act, kind, actor, Sector, basis);
}

/// <summary>The guards of what the authority does: issue, approve, send back, renew, lift. Pure, in ladders, first failing rung answers.</summary>
internal static class AuthorityRules
{
    public static Decision<OrderEvent> Decide(Order order, OrderCommand command, Actor actor, Instant now, OrderGround ground) => command switch
    {
        IssueOrder c => Issue(order, c, actor, now, ground),
        ApproveOrder c => Approve(order, c, actor, now, ground),
        SendBackOrder c => SendBack(order, c, actor, now, ground),
        RenewFreeze c => Renew(order, c, actor, now, ground),
        ReleaseOrder c => Release(order, c, actor, now, ground),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    private static Decision<OrderEvent> Issue(Order order, IssueOrder command, Actor actor, Instant now, OrderGround ground)
    {
        if (ground.Judge(CompetentAct.Issue, order.Kind, actor) is { } notCompetent) return notCompetent;
        if (order.State != OrderState.Proposed) return OrderRefusal.WrongState(order.State, "issued");
        if (Binds(order) && ground.Unfounded) return OrderRefusal.Unfounded;
        if (command.LegalBasis.Length is 0 or > OrderLimits.BasisLength) return OrderRefusal.NoBasis;
        if (ground.Judge(CompetentAct.Issue, order.Kind, actor, command.LegalBasis) is { } otherBasis) return otherBasis;
        if (Spent(order, command.StopsSoFar)) return OrderRefusal.StopLimit;
        if (command.Emergency is not { } why) return new OrderSigned(now, actor.Id, ground.Authority, command.LegalBasis);
        if (!ground.Competence.InEmergency(order.Kind, actor, ground.Sector)) return OrderRefusal.NoEmergency;
        if (why.Length is 0 or > OrderLimits.ReasonLength) return OrderRefusal.NoReason;
        return Decision<OrderEvent>.Of(
            new EmergencyDeclared(now, why, ground.Clocks.ConfirmBy(now)), GoOut(order, actor.Id, ground.Authority, command.LegalBasis, command.StopsSoFar, now, ground.Clocks));
    }

    private static Decision<OrderEvent> Approve(Order order, ApproveOrder command, Actor actor, Instant now, OrderGround ground)
    {
        if (ground.Judge(CompetentAct.Approve, order.Kind, actor) is { } notCompetent) return notCompetent;
        if (order.Approver == actor.Id && order.Running) return Decision<OrderEvent>.Nothing;
        if (order.State != OrderState.AwaitsApproval && !order.Unconfirmed) return OrderRefusal.WrongState(order.State, "approved");
        if (actor.Id == order.Issuer) return OrderRefusal.SamePerson;
        if (ground.Authority != order.Authority) return OrderRefusal.OtherAuthority;
        if (Binds(order) && ground.Unfounded) return OrderRefusal.Unfounded;
        if (order.Unconfirmed) return now > order.ConfirmBy ? OrderRefusal.ConfirmedLate : new OrderApproved(now, actor.Id);
        if (Spent(order, command.StopsSoFar)) return OrderRefusal.StopLimit;
        return Decision<OrderEvent>.Of(
            new OrderApproved(now, actor.Id), GoOut(order, order.Issuer!, order.Authority, order.LegalBasis!, command.StopsSoFar, now, ground.Clocks));
    }

    private static Decision<OrderEvent> SendBack(Order order, SendBackOrder command, Actor actor, Instant now, OrderGround ground)
    {
        if (ground.Judge(CompetentAct.Approve, order.Kind, actor) is { } notCompetent) return notCompetent;
        if (order.State != OrderState.AwaitsApproval) return OrderRefusal.WrongState(order.State, "sent back");
        if (command.Reason.Length is 0 or > OrderLimits.ReasonLength) return OrderRefusal.NoReason;
        return new OrderSentBack(now, actor.Id, command.Reason);
    }

    private static Decision<OrderEvent> Renew(Order order, RenewFreeze command, Actor actor, Instant now, OrderGround ground)
    {
        if (order.Kind != OrderKind.Freeze) return OrderRefusal.NotOfThisKind;
        if (ground.Judge(CompetentAct.Renew, order.Kind, actor) is { } notCompetent) return notCompetent;
        if (order.State is not (OrderState.Acknowledged or OrderState.Executed)) return OrderRefusal.WrongState(order.State, "renewed");
        if (ground.Unfounded) return OrderRefusal.Unfounded;
        if (now >= order.ExpiresAt) return OrderRefusal.Expired;
        if (command.LegalBasis.Length is 0 or > OrderLimits.BasisLength) return OrderRefusal.NoBasis;
        if (ground.Judge(CompetentAct.Renew, order.Kind, actor, command.LegalBasis) is { } otherBasis) return otherBasis;
        // One term more at a time: a freeze that runs for more than one term from now was renewed already.
        if (order.ExpiresAt > ground.Clocks.ExpiresAt(OrderKind.Freeze, now)) return OrderRefusal.RenewedAlready;
        return new FreezeRenewed(now, actor.Id, command.LegalBasis, ground.Clocks.ExpiresAt(OrderKind.Freeze, order.ExpiresAt!.Value)!.Value);
    }

    private static Decision<OrderEvent> Release(Order order, ReleaseOrder command, Actor actor, Instant now, OrderGround ground)
    {
        if (ground.Judge(CompetentAct.Lift, order.Kind, actor) is { } notCompetent) return notCompetent;
        if (!order.Running) return OrderRefusal.WrongState(order.State, "released");
        if (command.Reason.Length is 0 or > OrderLimits.ReasonLength) return OrderRefusal.NoReason;
        return new OrderReleased(now, command.Reason);
    }

    // What lets somebody go may always go out.
    private static bool Binds(Order order) => order.Kind != OrderKind.Unfreeze;

    private static bool Spent(Order order, int stopsSoFar) => order.Kind == OrderKind.StopPayment && stopsSoFar >= OrderClocks.StopsPerAccount;

    private static OrderEvent GoOut(Order order, string issuer, MemberCode? authority, string basis, int stopsSoFar, Instant now, OrderClocks clocks) => order.Kind switch
    {
        OrderKind.Enquiry => new EnquiryIssued(now, issuer, authority, basis, clocks.AnswerBy(OrderKind.Enquiry, now)!.Value),
        OrderKind.StopPayment or OrderKind.Freeze => new OrderIssued(
            now, issuer, authority, basis, order.Kind == OrderKind.StopPayment ? stopsSoFar + 1 : 0,
            clocks.AcknowledgeBy(order.Kind, now)!.Value, clocks.LapsesAt(order.Kind, now)!.Value),
        _ => new MeasureIssued(now, issuer, authority, basis, clocks.AcknowledgeBy(order.Kind, now), clocks.AnswerBy(order.Kind, now)),
    };
}
