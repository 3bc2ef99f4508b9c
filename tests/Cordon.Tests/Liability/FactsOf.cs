using Cordon.Casework.Findings;
using Cordon.Casework.Liability;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Liability;

/// <summary>Facts with plain right values, each to be changed in one place by a test.</summary>
internal static class FactsOf
{
    public static readonly string[] SingaporeBank =
        ["sg.srf.cooling-off", "sg.srf.activity-alerts", "sg.srf.payment-alerts", "sg.srf.kill-switch", "sg.srf.drain-surveillance"];

    public static readonly string[] SingaporeOperator = ["sg.srf.authorised-senders", "sg.srf.block-others", "sg.srf.link-filter"];

    public static ShownFact Yes { get; } = new() { Is = true, Evidence = ["note:1"] };

    public static ShownFact No { get; } = new() { Is = false, Evidence = ["note:1"] };

    public static Instant At(string text) => Instant.TryParse(text, out var at) ? at : throw new FormatException(text);

    public static MemberCode Member(string code) => MemberCode.Parse(code);

    public static Amount Of(string currency, long minor) => new(minor, Currency.Parse(currency));

    /// <summary>A phishing loss of S$1,000.01 in Singapore; both kept every duty, the customer was in time.</summary>
    public static LiabilityFacts Singapore() => new()
    {
        Case = "SG-1",
        At = At("2026-03-20T02:00:00Z"),
        Payments = [Payment("p1", "2026-03-02T02:00:00Z", Of("SGD", 100_001))],
        Members = [Bank("bank-a", SingaporeBank), Telco("telco-a", SingaporeOperator)],
        Reported = Told("2026-03-03T02:00:00Z"),
        Papers = Told("2026-03-05T02:00:00Z"),
        Authorised = No,
        Malware = No,
    };

    /// <summary>A tricked payment of £1,000.01 in the United Kingdom, claimed on Wednesday, 4 March 2026.</summary>
    public static LiabilityFacts Kingdom(long minor = 100_001) => new()
    {
        Case = "UK-1",
        At = At("2026-03-20T12:00:00Z"),
        Payments = [Payment("p1", "2026-03-02T12:00:00Z", Of("GBP", minor), "bank-b")],
        Members = [Bank("bank-a"), Bank("bank-b"), Bank("bank-c")],
        Reported = Told("2026-03-04T12:00:00Z"),
        Authorised = Yes,
        FirstPartyFraud = No,
        GrossNegligence = No,
    };

    public static VictimPayment Payment(string id, string at, Amount amount, string? receiving = null, string sending = "bank-a") => new()
    {
        Id = id,
        At = At(at),
        Amount = amount,
        Sending = Member(sending),
        Receiving = receiving is null ? null : Member(receiving),
        Evidence = [$"signal:{sending}/{id}"],
    };

    public static LiableMember Bank(string code, params string[] kept) => Of(code, Sector.Bank, kept);

    public static LiableMember Telco(string code, params string[] kept) => Of(code, Sector.TelecomOperator, kept);

    public static ToldAt Told(string at) => new() { At = At(at), Evidence = ["report:1"] };

    public static DutyAnswer Answer(string duty, Standing standing) => new() { Duty = duty, Standing = standing, Evidence = ["note:2"] };

    /// <summary>One answer of one member replaced; null takes it away.</summary>
    public static LiabilityFacts With(this LiabilityFacts facts, string member, string duty, Standing? standing) => facts with
    {
        Members =
        [
            .. facts.Members.Select(m => m.Member != Member(member)
                ? m
                : m with { Answers = [.. m.Answers.Where(a => a.Duty != duty), .. standing is { } s ? [Answer(duty, s)] : Array.Empty<DutyAnswer>()] }),
        ],
    };

    public static LiabilityStatement Judged(this LiabilityFacts facts, string pack)
    {
        var judgement = LiabilityJudgement.Of(facts, ShippedPack.Of(pack));
        Assert.Empty(judgement.Faults);
        return judgement.Statement!;
    }

    /// <summary>Who bears what, in minor units.</summary>
    public static IEnumerable<(Bearer As, string? Member, long Minor)> Borne(this LiabilityStatement statement) =>
        statement.Shares.Select(s => (s.As, s.Member?.ToString(), s.Bears.Minor));

    private static LiableMember Of(string code, Sector sector, string[] kept) =>
        new() { Member = Member(code), Sector = sector, Answers = [.. kept.Select(d => Answer(d, Standing.Kept))] };
}
