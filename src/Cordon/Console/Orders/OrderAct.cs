using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;

namespace Cordon.WebConsole.Orders;

/// <summary>What a person can do with an order.</summary>
internal enum OrderAct
{
    Issue,
    Withdraw,
    Release,
    Acknowledge,
    ReportHeld,
    Decline,
    Answer,
    Freeze,
    Renew,
    Paid,
    Ledger,
}

/// <summary>Which acts to offer. The desk's guards decide; this only spares people buttons that could never work.</summary>
internal static class OrderActs
{
    public static IEnumerable<OrderAct> Offered(Order order, Actor actor)
    {
        var police = actor.Is(Roles.PoliceOfficer);
        var addressee = actor.Is(Roles.MemberClerk) && actor.Member == order.Member;
        var office = police || actor.Is(Roles.DutyOfficer);
        switch (order.State)
        {
            case OrderState.Proposed:
                if (police) yield return OrderAct.Issue;
                if (office) yield return OrderAct.Withdraw;
                break;
            case OrderState.Issued when order.Kind == OrderKind.Enquiry:
                if (addressee) yield return OrderAct.Answer;
                if (addressee) yield return OrderAct.Decline;
                if (police) yield return OrderAct.Release;
                break;
            case OrderState.Issued when order.Kind == OrderKind.Return:
                if (addressee) yield return OrderAct.Paid;
                if (addressee) yield return OrderAct.Decline;
                if (police) yield return OrderAct.Release;
                break;
            case OrderState.Issued:
                if (addressee) yield return OrderAct.Acknowledge;
                if (addressee) yield return OrderAct.Decline;
                if (police) yield return OrderAct.Release;
                break;
            case OrderState.Acknowledged:
                if (addressee) yield return OrderAct.ReportHeld;
                if (addressee) yield return OrderAct.Decline;
                if (police) yield return OrderAct.Release;
                break;
            case OrderState.Executed:
                if (office && order is { Holds: true, Kind: OrderKind.StopPayment }) yield return OrderAct.Freeze;
                if (office && order.Holds) yield return OrderAct.Ledger;
                if (police && order.Kind == OrderKind.Freeze) yield return OrderAct.Renew;
                if (police) yield return OrderAct.Release;
                break;
        }
    }

    public static string Label(OrderAct act) => act switch
    {
        OrderAct.ReportHeld => "Report held",
        OrderAct.Freeze => "Draft a freeze",
        OrderAct.Paid => "Report paid",
        OrderAct.Ledger => "Give it back",
        _ => act.ToString(),
    };

    /// <summary>Whether the act needs something written first.</summary>
    public static bool Asks(OrderAct act) => act is not (OrderAct.Acknowledge or OrderAct.Freeze or OrderAct.Ledger);
}
