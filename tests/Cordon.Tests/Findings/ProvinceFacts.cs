using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using static Cordon.Tests.Findings.ChainOf;

namespace Cordon.Tests.Findings;

/// <summary>
/// One small fraud with a fault at every link: a spoofed call, a call from an unregistered card for things, a sold
/// account that empties at once, a pool without reference, a stop nobody acknowledged in time.
/// </summary>
internal static class ProvinceFacts
{
    public static readonly AccountNumber Victim = AccountNumber.Parse("bank-v:9");
    public static readonly AccountNumber Pool = AccountNumber.Parse("pay-a:pool");
    public static readonly PhoneNumber Shown = Phone("+8613800000001");
    public static readonly PhoneNumber Card = Phone("+8613800000002");
    public static readonly PhoneNumber Bound = Phone("+8613800000003");

    public static readonly ImmutableArray<Call> Calls =
    [
        CallOf("c1", "telco-a", Shown, CallOrigin.InternationalTrunk),
        CallOf("c2", "telco-b", Card, CallOrigin.Domestic),
        CallOf("c3", "telco-b", Card, CallOrigin.Domestic),
    ];

    public static readonly ImmutableArray<OrderFact> Orders =
    [
        new OrderFact("S-1", OrderKind.StopPayment, Mule.Member, After(20)) { Account = Mule, Issuer = Member("police-a") },
        new OrderFact("S-2", OrderKind.StopPayment, Pool.Member, After(21)) { Account = Pool, Issuer = Member("police-a"), AcknowledgedAt = After(25) },
    ];

    public static Instant After(double minutes) => Noon + TimeSpan.FromMinutes(minutes);

    public static FraudChainFacts Of(ImmutableArray<Call> calls, ImmutableArray<OrderFact> orders, Trace trace) => new()
    {
        Case = "case-1",
        Trace = trace,
        Calls = calls,
        Orders = orders,
        SubscriptionOf = (line, _) => Subscriptions.GetValueOrDefault(line),
        LinesHeld = s => s.Line == Card ? 7 : 1,
        OpeningOf = (account, _) => account != Mule ? null : new AccountOpening(
            new SignalId("o1"), Mule.Member, Noon, Mule, AccountKind.Personal, IdentityCheck.NotVerified, null, null, Bound, "branch-3"),
        TransferOf = (member, id) => id.Text != "t2" ? null : new Transfer(
            id, member, After(10), Mule, Pool, Yuan(47_000), TransferMeans.Account, null),
        SectorOf = m => m.ToString()[..2] switch
        {
            "te" => Sector.TelecomOperator,
            "mv" => Sector.VirtualOperator,
            "ba" => Sector.Bank,
            "pa" => Sector.PaymentInstitution,
            "po" => Sector.Police,
            _ => null,
        },
    };

    /// <summary>48,000 to the mule at noon, 47,000 on to the pool ten minutes later, 1,000 out as cash.</summary>
    public static Trace Trace(bool certain = true)
    {
        var first = Flow("t1", Victim, Mule, Noon, 48_000, 1);
        var second = Flow("t2", Mule, Pool, After(10), 47_000, 2);
        var cash = Flow("t3", Mule, null, After(12), 1_000, 2);
        var least = new TraceAnswer(
            [first, second, cash],
            [Reached(Mule, AccountKind.Personal, 1, Noon, 48_000, 0, TraceOutcome.Held), Reached(Pool, AccountKind.Pool, 2, After(10), 47_000, 47_000, TraceOutcome.Pool)],
            [new TraceExit(cash, TraceOutcome.CashedOut)],
            ImmutableSortedDictionary<TraceOutcome, long>.Empty.Add(TraceOutcome.Pool, 4_700_000).Add(TraceOutcome.CashedOut, 100_000),
            false);
        var most = new TraceAnswer(
            [first], [Reached(Mule, AccountKind.Personal, 1, Noon, 48_000, 48_000, TraceOutcome.Held)], [],
            ImmutableSortedDictionary<TraceOutcome, long>.Empty.Add(TraceOutcome.Held, 4_800_000), false);
        return new Trace(Yuan(48_000), least, certain ? least : most, certain);
    }

    private static readonly Dictionary<PhoneNumber, Subscription> Subscriptions = new()
    {
        [Shown] = Line("s1", "telco-b", Shown, LineKind.Mobile, IdentityCheck.NotVerified),
        [Card] = Line("s2", "mvno-a", Card, LineKind.Iot, IdentityCheck.NotVerified),
        [Bound] = Line("s3", "mvno-a", Bound, LineKind.Mobile, IdentityCheck.Verified),
    };

    private static Call CallOf(string id, string member, PhoneNumber caller, CallOrigin origin) => new(
        new SignalId(id), Member(member), Noon, caller, Phone("+8613900000009"), origin, false,
        origin == CallOrigin.InternationalTrunk ? new Trunk("hk-07") : null, null, 600);

    private static Subscription Line(string id, string member, PhoneNumber line, LineKind kind, IdentityCheck identity) => new(
        new SignalId(id), Member(member), At("2025-06-01T00:00:00Z"), line, kind, identity, new PersonToken(1, 7), "shop-7", null);

    private static TraceFlow Flow(string id, AccountNumber? from, AccountNumber? to, Instant at, long yuan, int layer) => new(
        (from ?? to)!.Value.Member, new SignalId(id), from, to, at, TransferMeans.Account, Yuan(yuan), yuan * 100, layer);

    private static TraceAccount Reached(AccountNumber account, AccountKind kind, int layer, Instant at, long arrived, long remains, TraceOutcome outcome) =>
        new(account, kind, layer, at, arrived * 100, remains * 100, outcome);
}
