using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using Cordon.WebConsole.Marks;
using Cordon.WebConsole.Shell;

namespace Cordon.WebConsole.Cases;

/// <summary>A link of a chain in words: its name, and its facts as pairs.</summary>
internal static class LinkText
{
    public static string Title(ChainLink link) => link switch
    {
        CallLink c => $"{c.Caller} called",
        LineLink l => l.Line.ToString(),
        AccountLink a => Words.Grouped(a.Account.Number),
        TransferLink t => t.Stolen.ToString(),
        PoolLink p => Words.Grouped(p.Account.Number),
        ExitLink x => x.Amount.ToString(),
        OrderLink o => Words.Of(o.OrderKind),
        _ => link.Id,
    };

    public static string Summary(ChainLink link, MemberNames names) => link switch
    {
        CallLink c => Words.Of(c.Origin) + (c.RoamingProven ? ", roaming proven" : ""),
        LineLink l => Joined(Words.Of(l.LineKind), Words.Of(l.Identity), l.Agent is { } agent ? $"by {names.AgentName(agent)}" : null),
        AccountLink a => Joined(Words.Of(a.Identity), a is { Arrived.Minor: 0, Mixed: { } mixed } ? $"mixed {mixed}" : $"in {a.Arrived}"),
        TransferLink t => "transfer " + t.Transfer,
        PoolLink p => Joined($"in {p.Arrived}", p.ReferenceGiven switch { true => "reference given", false => "no order reference", _ => null }),
        ExitLink x => Words.Of(x.Outcome).ToLowerInvariant(),
        OrderLink { OrderKind: OrderKind.Enquiry } o => o.AnsweredAt is null ? "not answered yet" : "answered",
        OrderLink { OrderKind: OrderKind.Return } o => Joined(o.Ordered?.ToString(), o.AnsweredAt is null ? "not paid yet" : "paid"),
        OrderLink { Account: null } o => Joined(o.AnsweredAt is null ? "not carried out yet" : "carried out", o.EndedAt is null ? null : "ended"),
        OrderLink { OrderKind: OrderKind.Unfreeze } o => o.AnsweredAt is null ? "not carried out yet" : "carried out",
        OrderLink o => Joined(o.Held is { } held ? $"held {held}" : "no receipt yet", o.EndedAt is null ? null : "ended"),
        _ => "",
    };

    public static IEnumerable<(string Name, string Value)> Facts(ChainLink link, MemberNames names)
    {
        var facts = link switch
        {
            CallLink c => Of(c),
            LineLink l => Of(l, names),
            AccountLink a => Of(a, names),
            TransferLink t => [("Transfer", t.Transfer.ToString()), ("From", Account(t.From)), ("To", Account(t.To)), ("Whole transfer", t.Amount.ToString()), .. Range("Stolen", t.Stolen, t.SurelyStolen)],
            PoolLink p => [("Account", p.Account.ToString()), ("Arrived", p.Arrived.ToString()), ("Cannot be followed", p.Hidden.ToString()), ("Order reference", YesNo(p.ReferenceGiven))],
            ExitLink x => [("Transfer", x.Transfer.ToString()), ("Amount", x.Amount.ToString()), ("Counts as", Words.Of(x.Outcome))],
            OrderLink o => Of(o),
            _ => [],
        };
        return facts.Where(f => f.Item2.Length > 0);
    }

    private static (string, string)[] Of(CallLink c) =>
    [
        ("Shown number", c.Caller.ToString()), ("Called", c.Callee.ToString()), ("Came in by", Words.Of(c.Origin)),
        ("Trunk", c.Trunk?.ToString() ?? ""), ("Roaming proven", YesNo(c.RoamingProven)),
    ];

    private static (string, string)[] Of(LineLink l, MemberNames names) =>
    [
        ("Line", l.Line.ToString()), ("What kind", Words.Of(l.LineKind)), ("Holder", Words.Of(l.Identity)), ("Agent", l.Agent is { } agent ? names.AgentName(agent) : ""),
        ("Lines of the holder", l.LinesHeld?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""),
        ("Calls in this case", l.CallsMade == 0 ? "" : l.CallsMade.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static (string, string)[] Of(AccountLink a, MemberNames names) =>
    [
        ("Account", a.Account.ToString()), ("What for", Words.Of(a.AccountKind)), ("Holder", Words.Of(a.Identity)), ("Branch", a.Branch is { } branch ? names.AgentName(branch) : ""),
        .. Range("Arrived", a.Arrived, a.SurelyArrived), ("Still there", a.Remains.ToString()),
        ("Counts as", a.Remains.Minor > 0 ? Words.Of(a.Outcome) : ""),
    ];

    private static (string, string)[] Of(OrderLink o)
    {
        (string, string) concerns = ("Concerns", Account(o.Account) is { Length: > 0 } account ? account : o.Line?.ToString() ?? "");
        var answered = o.AnsweredAt is { } done ? Clock.Length(done - o.At) + " after issue" : "not yet";
        return o.OrderKind switch
        {
            OrderKind.Enquiry => [concerns, ("Answered", answered)],
            OrderKind.Return => [concerns, ("To return", o.Ordered?.ToString() ?? ""), ("Paid", answered)],
            OrderKind.SuspendNumber or OrderKind.BlockNumber or OrderKind.TakeDown or OrderKind.Unfreeze => [concerns, ("Carried out", answered)],
            _ => [concerns, ("Held", o.Held?.ToString() ?? "no receipt yet"), ("Acknowledged", o.AcknowledgedAt is { } at ? Clock.Length(at - o.At) + " after issue" : "not yet")],
        };
    }

    private static (string, string)[] Range(string name, Amount furthest, Amount surely) =>
        furthest == surely ? [(name, furthest.ToString())] : [(name, $"{surely} to {furthest}")];

    private static string Account(AccountNumber? account) => account?.ToString() ?? "";

    private static string YesNo(bool? value) => value switch { true => "yes", false => "no", _ => "not known" };

    private static string Joined(params IEnumerable<string?> parts) => string.Join(" · ", parts.Where(p => !string.IsNullOrEmpty(p)));
}
