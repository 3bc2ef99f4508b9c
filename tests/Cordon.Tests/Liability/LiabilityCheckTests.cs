using System.Text;
using Cordon.Casework;
using Cordon.Casework.Findings;
using Cordon.Casework.Liability;
using Cordon.Tests.Duties;
using static Cordon.Tests.Liability.FactsOf;

namespace Cordon.Tests.Liability;

public sealed class LiabilityCheckTests
{
    public static TheoryData<string, LiabilityFacts> Wrong { get; } = new()
    {
        { "payments: There is no payment, and so no loss.", Singapore() with { Payments = [] } },
        { "at: It lies outside the years 1950 to 2200.", Singapore() with { At = Cordon.Engine.Signals.Instant.Max } },
        { "payments[0].at: It lies outside the years 1950 to 2200.", Singapore() with { Payments = [Payment("p1", "0001-01-01", Of("SGD", 1))] } },
        { "holidays[0]: It lies outside the years 1950 to 2200.", Singapore() with { Holidays = [DateOnly.MaxValue] } },
        { "clockStops[0].to: It lies outside the years 1950 to 2200.", Singapore() with { ClockStops = [new ClockStop { From = new DateOnly(2026, 3, 9), To = DateOnly.MaxValue, Evidence = [] }] } },
        { "payments[1].id: 'p1' stands here twice.", Singapore() with { Payments = [.. Singapore().Payments, .. Singapore().Payments] } },
        { "payments[0].amount: The pack sg judges in SGD.", Singapore() with { Payments = [Payment("p1", "2026-03-02", Of("CNY", 1))] } },
        { "payments[0].amount: A payment is more than nothing and at most 10,000,000,000,000.00.", Singapore() with { Payments = [Payment("p1", "2026-03-02", Of("SGD", 0))] } },
        { "payments[0].sending: bank-x is not among the members of the facts.", Singapore() with { Payments = [Payment("p1", "2026-03-02", Of("SGD", 1), sending: "bank-x")] } },
        { "payments[0].sending: telco-a is of sector telecomOperator and takes no payments.", Singapore() with { Payments = [Payment("p1", "2026-03-02", Of("SGD", 1), sending: "telco-a")] } },
        { "payments[0].sending: Which institution it was must be told.", Singapore() with { Payments = [Payment("p1", "2026-03-02", Of("SGD", 1)) with { Sending = null }] } },
        { "members[2].member: bank-a stands here twice.", Singapore() with { Members = [.. Singapore().Members, Bank("bank-a")] } },
        { "members[0].answers[5].duty: The pack sg lists no duty 'sg.nothing'.", Singapore().With("bank-a", "sg.nothing", Standing.Kept) },
        { "members[0].answers[5].duty: A member of sector bank does not owe 'sg.srf.link-filter'.", Singapore().With("bank-a", "sg.srf.link-filter", Standing.Kept) },
        { "members[0].answers[0].evidence: 'breached' without a record that shows it is no answer.", Singapore() with { Members = [Bank("bank-a") with { Answers = [Answer("sg.srf.cooling-off", Standing.Breached) with { Evidence = [] }] }] } },
        { "members[0].answers[1].duty: 'sg.srf.cooling-off' is answered twice.", Singapore() with { Members = [Bank("bank-a", "sg.srf.cooling-off", "sg.srf.cooling-off")] } },
        { "reported.at: It lies before the first payment.", Singapore() with { Reported = Told("2026-03-01") } },
        { "reported.at: It lies after the instant of judging.", Singapore() with { Reported = Told("2026-03-21"), Papers = null } },
        { "papers.at: The papers came before the report.", Singapore() with { Papers = Told("2026-03-02T03:00:00Z") } },
        { "at: The facts are judged before a payment was made.", Singapore() with { At = At("2026-03-01"), Reported = null, Papers = null } },
        { "recovered.amount: It is not less than nothing and not more than the loss.", Singapore() with { Recovered = new ShownSum { Amount = Of("SGD", 100_002), Evidence = [] } } },
        { "excess.amount: The pack sg judges in SGD.", Singapore() with { Excess = new ShownSum { Amount = Of("GBP", 1), Evidence = [] } } },
        { "clockStops[0].to: The clock ran again before it was stopped.", Singapore() with { ClockStops = [new ClockStop { From = new DateOnly(2026, 3, 9), To = new DateOnly(2026, 3, 8), Evidence = [] }] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Facts_that_contradict_themselves_are_refused_with_the_place(string told, LiabilityFacts facts)
    {
        var judgement = LiabilityJudgement.Of(facts, ShippedPack.Of("sg"));
        Assert.Null(judgement.Statement);
        Assert.Contains(told, judgement.Faults.Select(f => f.ToString()));
    }

    [Fact]
    public void A_claim_of_the_split_has_one_sending_institution_and_a_receiving_one_for_each_payment()
    {
        var facts = Kingdom() with { Payments = [Payment("p1", "2026-03-02", Of("GBP", 1), "bank-b"), Payment("p2", "2026-03-02", Of("GBP", 1), null, "bank-b")] };
        Assert.Equal(["payments[1].receiving", "payments"], LiabilityJudgement.Of(facts, ShippedPack.Of("uk")).Faults.Select(f => f.Path));
    }

    [Fact]
    public void A_pack_without_a_model_states_nothing() =>
        Assert.Equal("The pack au tells no model of liability.", LiabilityJudgement.Of(Singapore(), ShippedPack.Of("au")).Faults[0].Message);

    [Fact]
    public void Facts_written_as_JSON_are_read_back_as_they_were()
    {
        var facts = Kingdom() with { ClockStops = [new ClockStop { From = new DateOnly(2026, 3, 9), Evidence = ["note:1"] }], Holidays = [new DateOnly(2026, 4, 3)] };
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(facts, CaseworkJson.Options);
        var read = LiabilityFactsReader.Read(json);
        Assert.Empty(read.Faults);
        Assert.Equal(facts.Judged("uk").ToJson(), read.Facts!.Judged("uk").ToJson());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    [InlineData("""{ "case": "x" }""", "")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": [], "authorized": null }""", "authorized")]
    [InlineData("""{ "case": "x", "case": "y", "at": "2026-03-01T00:00:00Z", "payments": [] }""", "case")]
    [InlineData("""{ "case": "x", "at": "noon", "payments": [] }""", "at")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": null }""", "payments")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": [ { "id": "p", "at": "2026-03-01", "amount": { "amount": "1.005", "currency": "SGD" } } ] }""", "payments[0].amount")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": [], "malware": { "is": "perhaps", "evidence": [] } }""", "malware.is")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": [null] }""", "payments")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": [], "members": [null] }""", "members")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": [], "clockStops": [null] }""", "clockStops")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": [], "members": [{ "member": "bank-a", "sector": "bank", "answers": [null] }] }""", "members")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": [], "malware": { "is": true, "evidence": [null] } }""", "evidence")]
    [InlineData("""{ "case": "x", "at": "2026-03-01T00:00:00Z", "payments": [], "members": [{ "member": "bank-a", "sector": "bank", "answers": [{ "duty": "d", "standing": "kept", "shows": { "zh": "x" } }] }] }""", "members[0].answers[0].shows")]
    public void What_is_not_facts_is_a_fault_with_its_place_and_not_an_exception(string json, string path)
    {
        var reading = LiabilityFactsReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Null(reading.Facts);
        Assert.Equal(path, Assert.Single(reading.Faults).Path);
    }
}
