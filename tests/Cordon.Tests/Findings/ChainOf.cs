using Cordon.Casework.Cases;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Findings;

/// <summary>Links with plain right values, each to be made wrong in one place by a test.</summary>
internal static class ChainOf
{
    public static readonly Instant Noon = At("2026-03-02T04:00:00Z");

    public static readonly AccountNumber Mule = AccountNumber.Parse("bank-a:1001");

    public static Instant At(string text) => Instant.TryParse(text, out var at) ? at : throw new FormatException(text);

    public static Amount Yuan(long yuan) => new(yuan * 100, Currency.Cny);

    public static MemberCode Member(string code) => MemberCode.Parse(code);

    public static PhoneNumber Phone(string text) => PhoneNumber.TryParse(text, out var number) ? number : throw new FormatException(text);

    public static FraudChain Links(params IEnumerable<ChainLink> links) => new("case-1", Yuan(48_000), true, false, [.. links]);

    public static CallLink Call(
        CallOrigin origin = CallOrigin.InternationalTrunk, string caller = "+8613800000001", bool roaming = false,
        string member = "telco-a", Sector? sector = Sector.TelecomOperator, Instant? at = null) => new(
        $"call:{member}/c1", Member(member), sector, at ?? Noon, true, [new Evidence(EvidenceKind.Call, Member(member), "c1")],
        Phone(caller), Phone("+8613900000009"), origin, new Trunk("hk-07"), roaming, new SignalId("c1"));

    public static LineLink Line(
        IdentityCheck identity = IdentityCheck.Verified, LineKind kind = LineKind.Mobile, int? held = 1, int calls = 1, bool proven = true,
        Instant? at = null, Sector? sector = Sector.VirtualOperator) => new(
        "line:+8613800000001", Member("mvno-a"), sector, at ?? Noon, proven, [new Evidence(EvidenceKind.Subscription, Member("mvno-a"), "s1")],
        Phone("+8613800000001"), kind, identity, "shop-7", null, held, calls);

    public static AccountLink Account(
        IdentityCheck identity = IdentityCheck.Verified, long arrived = 48_000, long? surely = null,
        TraceOutcome outcome = TraceOutcome.Held, AccountKind kind = AccountKind.Personal, Sector? sector = Sector.Bank) => new(
        $"account:{Mule}", Mule.Member, sector, Noon, (surely ?? arrived) > 0, [new Evidence(EvidenceKind.AccountOpening, Mule.Member, "o1")],
        Mule, kind, identity, null, "branch-3", Noon, 1, Yuan(arrived), Yuan(surely ?? arrived), Yuan(0), outcome);

    public static TransferLink Into(string id, Instant at, long stolen, long? surely = null) => Transfer(id, null, Mule, at, stolen, surely);

    public static TransferLink OutOf(string id, Instant at, long stolen, long? surely = null) => Transfer(id, Mule, null, at, stolen, surely);

    public static PoolLink Pool(bool? given, long hidden) => new(
        "pool:pay-a:pool", Member("pay-a"), Sector.PaymentInstitution, Noon, true, [new Evidence(EvidenceKind.Transfer, Member("bank-a"), "t5")],
        AccountNumber.Parse("pay-a:pool"), Yuan(10_000), Yuan(hidden), given);

    public static OrderLink Stop(
        string id = "S-1", Instant? acknowledged = null, Instant? answered = null, Instant? ended = null, long? held = null,
        long? ordered = null, int? ordinal = null, Instant? at = null, Sector? sector = Sector.Bank) => new(
        $"order:{id}", Mule.Member, sector, at ?? Noon, true, [new Evidence(EvidenceKind.Order, Mule.Member, id)],
        id, null, OrderKind.StopPayment, Mule, null, Member("police-a"), Sector.Police, ordinal, ordered is { } o ? Yuan(o) : null,
        null, acknowledged, answered, held is { } h ? Yuan(h) : null, null, ended);

    /// <summary>The one assessment of a duty of the shipped pack.</summary>
    public static Assessment Judge(string duty, Instant now, params IEnumerable<ChainLink> links) =>
        Assert.Single(All(now, links).Assessments, a => a.Duty == duty);

    public static AttributionResult All(Instant now, params IEnumerable<ChainLink> links) => Attribution.Attribute(Links(links), ShippedPack.Cn, now);

    private static TransferLink Transfer(string id, AccountNumber? from, AccountNumber? to, Instant at, long stolen, long? surely) => new(
        $"transfer:bank-a/{id}", Member("bank-a"), Sector.Bank, at, true, [new Evidence(EvidenceKind.Transfer, Member("bank-a"), id)],
        new SignalId(id), from, to, Yuan(stolen), Yuan(stolen), Yuan(surely ?? stolen), 1);
}
