using Cordon.Casework.Cases;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
using CsCheck;

namespace Cordon.Tests.Findings;

public sealed class AttributionTests
{
    private static readonly Instant Later = ProvinceFacts.After(24 * 60);
    private static readonly FraudChain Chain = Built(ProvinceFacts.Calls, ProvinceFacts.Orders);

    [Fact]
    public void Every_planted_fault_is_found_and_given_to_the_member_whose_duty_it_was()
    {
        var result = Attribution.Attribute(Chain, ShippedPack.Cn, Later);
        Assert.Equal(
            [
                ("cn.atf.13.true-caller-id", "telco-a", null, "call:telco-a/c1", 48_000),
                ("cn.atf.10.line-limit", "mvno-a", "shop-7", "line:+8613800000002", 48_000),
                ("cn.atf.12.iot-scope", "mvno-a", "shop-7", "line:+8613800000002", 48_000),
                ("cn.atf.9.real-name-line", "mvno-a", "shop-7", "line:+8613800000002", 48_000),
                ("cn.atf.15.customer-due-diligence", "bank-a", "branch-3", "account:bank-a:1001", 48_000),
                ("cn.atf.18.suspicious-transactions", "bank-a", "branch-3", "account:bank-a:1001", 48_000),
                ("cn.atf.19.transaction-data", "pay-a", null, "pool:pay-a:pool", 47_000),
                ("cn.atf.20.stop-payment", "bank-a", (string?)null, "order:S-1", 0),
            ],
            result.Findings.Select(f => (f.Duty, f.Member.ToString(), f.Agent, f.Link, f.Loss.Minor / 100)));
        Assert.All(result.Findings, f => Assert.NotEmpty(f.Evidence));
        Assert.All(result.Findings, f => Assert.DoesNotContain('{', f.Statement.En + f.Statement.Zh));
        Assert.All(result.Findings, f => Assert.Contains(f.Article.En, f.Statement.En, StringComparison.Ordinal));
        Assert.All(result.Assessments, a => Assert.Equal(ShippedPack.Cn.Hash, a.Pack));
    }

    [Fact]
    public void Duty_member_and_link_name_one_assessment()
    {
        var result = Attribution.Attribute(Chain, ShippedPack.Cn, Later);
        Assert.Equal(result.Assessments.Length, result.Assessments.DistinctBy(a => (a.Duty, a.Member, a.Link)).Count());
    }

    [Fact]
    public void The_same_facts_in_any_order_give_the_same_bytes()
    {
        var chain = Chain.ToJson();
        var judged = Attribution.Attribute(Chain, ShippedPack.Cn, Later).ToJson();
        var orders = Gen.Select(
            Gen.Shuffle(ProvinceFacts.Calls.ToArray()), Gen.Shuffle(ProvinceFacts.Orders.ToArray()), Gen.Shuffle(Chain.Links.ToArray()));
        orders.Sample(
            (calls, stops, links) =>
                Built([.. calls, calls[0]], [.. stops, stops[0]]).ToJson().AsSpan().SequenceEqual(chain)
                && Attribution.Attribute(Chain with { Links = [.. links] }, ShippedPack.Cn, Later).ToJson().AsSpan().SequenceEqual(judged),
            iter: 200);
    }

    [Fact]
    public void A_finding_is_only_ever_against_a_member_of_a_sector_that_owes_the_duty()
    {
        // Whatever sectors the register gives, right or wrong, none is judged by a duty of another.
        var sectors = Gen.Enum<Sector>().Array[Chain.Links.Length];
        sectors.Sample(
            given =>
            {
                var links = Chain.Links.Zip(given, (link, sector) => link with { Sector = sector }).ToList();
                var sectorOf = links.ToDictionary(l => l.Id, l => l.Sector);
                return Attribution.Attribute(Chain with { Links = [.. links] }, ShippedPack.Cn, Later).Assessments.All(a =>
                    a.Member.ToString() == "police-a"
                    || ShippedPack.Cn.Duties.Single(d => d.Id == a.Duty).Owes.Sectors.Contains(sectorOf[a.Link]!.Value));
            },
            iter: 500);
    }

    [Fact]
    public void Without_a_known_sector_nobody_is_judged()
    {
        var links = Chain.Links.Select(l => l is OrderLink o ? o with { Sector = null, IssuerSector = null } : l with { Sector = null });
        Assert.Empty(Attribution.Attribute(Chain with { Links = [.. links] }, ShippedPack.Cn, Later).Assessments);
    }

    [Fact]
    public void What_an_uncertain_trace_reaches_only_perhaps_is_no_finding()
    {
        var chain = FraudChainBuilder.Build(ProvinceFacts.Of([], [], ProvinceFacts.Trace(certain: false)));
        var result = Attribution.Attribute(chain, ShippedPack.Cn, Later);
        Assert.Equal(["cn.atf.15.customer-due-diligence"], result.Findings.Select(f => f.Duty));
        Assert.Equal(
            [("cn.atf.18.suspicious-transactions", Standing.Unknown), ("cn.atf.19.transaction-data", Standing.Unknown)],
            result.Assessments.Where(a => a.Standing == Standing.Unknown).Select(a => (a.Duty, a.Standing)));
    }

    private static FraudChain Built(IEnumerable<Call> calls, IEnumerable<OrderFact> orders) =>
        FraudChainBuilder.Build(ProvinceFacts.Of([.. calls], [.. orders], ProvinceFacts.Trace()));
}
