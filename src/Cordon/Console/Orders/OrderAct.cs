using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;

namespace Cordon.WebConsole.Orders;

/// <summary>What a person can do with an order.</summary>
internal enum OrderAct
{
    Issue,
    Emergency,
    Approve,
    SendBack,
    Withdraw,
    Release,
    Acknowledge,
    ReportHeld,
    Decline,
    Answer,
    CarriedOut,
    LetGo,
    Freeze,
    Unfreeze,
    Renew,
    Paid,
    Ledger,
}

/// <summary>Which acts to offer. The desk's guards decide; this only spares people buttons that could never work.</summary>
internal static class OrderActs
{
    public static IEnumerable<OrderAct> Offered(Order order, Actor actor, Competence competence)
    {
        var addressee = actor.Is(Roles.MemberClerk) && actor.Member == order.Member;
        return addressee ? ForAddressee(order) : ForCentre(order, actor, competence);
    }

    private static IEnumerable<OrderAct> ForAddressee(Order order)
    {
        switch (order.State)
        {
            case OrderState.Issued:
                yield return order.Kind switch { OrderKind.Enquiry => OrderAct.Answer, OrderKind.Return => OrderAct.Paid, _ => OrderAct.Acknowledge };
                yield return OrderAct.Decline;
                break;
            case OrderState.Acknowledged:
                yield return order.Kind is OrderKind.StopPayment or OrderKind.Freeze ? OrderAct.ReportHeld : OrderAct.CarriedOut;
                yield return OrderAct.Decline;
                break;
            case OrderState.Released or OrderState.Expired or OrderState.Lapsed when order.LetGoAt is null && order.AcknowledgedAt is not null:
                yield return OrderAct.LetGo;
                break;
        }
    }

    private static IEnumerable<OrderAct> ForCentre(Order order, Actor actor, Competence competence)
    {
        var police = actor.Is(Roles.PoliceOfficer);
        var office = police || actor.Is(Roles.DutyOfficer);
        if (police && order.State == OrderState.Proposed) yield return OrderAct.Issue;
        if (police && order.State == OrderState.Proposed && competence.KnowsEmergency(order.Kind)) yield return OrderAct.Emergency;
        if (police && actor.Id != order.Issuer && (order.State == OrderState.AwaitsApproval || order.Unconfirmed)) yield return OrderAct.Approve;
        if (police && order.State == OrderState.AwaitsApproval) yield return OrderAct.SendBack;
        if (office && order.Draft) yield return OrderAct.Withdraw;
        if (order.State == OrderState.Executed)
        {
            if (office && order is { Holds: true, Kind: OrderKind.StopPayment }) yield return OrderAct.Freeze;
            if (office && order.Holds) yield return OrderAct.Ledger;
            if (police && order.Kind == OrderKind.Freeze) yield return OrderAct.Renew;
        }
        if (office && order is { Kind: OrderKind.Freeze, Running: true }) yield return OrderAct.Unfreeze;
        if (police && order.Running) yield return OrderAct.Release;
    }

    public static string Label(OrderAct act) => act switch
    {
        OrderAct.SendBack => "Send back",
        OrderAct.ReportHeld => "Report held",
        OrderAct.CarriedOut => "Report carried out",
        OrderAct.LetGo => "Report let go",
        OrderAct.Freeze => "Draft a freeze",
        OrderAct.Unfreeze => "Draft its end",
        OrderAct.Paid => "Report paid",
        OrderAct.Ledger => "Give it back",
        _ => act.ToString(),
    };

    /// <summary>Whether the act needs something written first.</summary>
    public static bool Asks(OrderAct act) => act is not (
        OrderAct.Acknowledge or OrderAct.Approve or OrderAct.CarriedOut or OrderAct.LetGo or OrderAct.Freeze or OrderAct.Unfreeze or OrderAct.Ledger);

    /// <summary>Whether the act names a legal basis.</summary>
    public static bool NamesBasis(OrderAct act) => act is OrderAct.Issue or OrderAct.Emergency or OrderAct.Renew;

    /// <summary>Whether the act has a text besides the basis.</summary>
    public static bool HasText(OrderAct act) => act is not (OrderAct.Issue or OrderAct.Renew);
}
