using System.Text;
using Cordon.Casework.Cases;
using Cordon.Engine.Signals;
using static Cordon.Tests.Findings.ChainOf;

namespace Cordon.Tests.Findings;

public sealed class FraudChainBuilderTests
{
    private static readonly FraudChain Chain = FraudChainBuilder.Build(ProvinceFacts.Of(ProvinceFacts.Calls, ProvinceFacts.Orders, ProvinceFacts.Trace()));

    [Fact]
    public void The_links_stand_in_the_order_of_the_fraud()
    {
        Assert.Equal(
            [
                "call:telco-a/c1", "call:telco-b/c2", "call:telco-b/c3",
                "line:+8613800000002", "line:+8613800000003",
                "account:bank-a:1001",
                "transfer:bank-v/t1", "transfer:bank-a/t2", "transfer:bank-a/t3",
                "pool:pay-a:pool",
                "cashOut:bank-a/t3",
                "order:S-1", "order:S-2",
            ],
            Chain.Links.Select(l => l.Id));
        Assert.Equal((Yuan(48_000), true, false), (Chain.Loss, Chain.Exact, Chain.Cut));
    }

    [Fact]
    public void Every_link_carries_the_records_it_rests_on()
    {
        Assert.All(Chain.Links, l => Assert.NotEmpty(l.Evidence));
        Assert.Equal(["signal:bank-a/o1", "signal:bank-v/t1"], Evidence("account:bank-a:1001"));
        Assert.Equal(["signal:telco-b/c2", "signal:telco-b/c3", "signal:mvno-a/s2"], Evidence("line:+8613800000002"));
        Assert.Equal(["order:S-1"], Evidence("order:S-1"));
    }

    [Fact]
    public void The_true_holder_of_a_borrowed_number_has_no_part_in_the_chain()
    {
        Assert.DoesNotContain(Chain.Links.OfType<LineLink>(), l => l.Line == ProvinceFacts.Shown);
    }

    [Fact]
    public void A_line_behind_a_call_of_untold_origin_is_in_the_chain_but_not_proven()
    {
        var calls = ProvinceFacts.Calls.Select(c => c with { Origin = CallOrigin.Unknown }).ToArray();
        var chain = FraudChainBuilder.Build(ProvinceFacts.Of([.. calls], [], ProvinceFacts.Trace()));
        Assert.Equal(
            [(ProvinceFacts.Shown, false), (ProvinceFacts.Card, false), (ProvinceFacts.Bound, true)],
            chain.Links.OfType<LineLink>().Select(l => (l.Line, l.Proven)));
    }

    [Fact]
    public void A_pool_tells_what_it_hides_and_that_no_reference_was_given()
    {
        var pool = Assert.Single(Chain.Links.OfType<PoolLink>());
        Assert.Equal((Yuan(47_000), Yuan(47_000), false), (pool.Arrived, pool.Hidden, pool.ReferenceGiven));
        Assert.DoesNotContain(Chain.Links.OfType<AccountLink>(), a => a.Account == ProvinceFacts.Pool);
    }

    [Theory]
    [InlineData("R1", 47_000, true)]
    [InlineData(null, 47_000, false)]
    [InlineData(null, 46_999, null)]
    [InlineData("R2", 47_000, null)]
    public void A_reference_given_on_the_way_in_must_show_the_way_out(string? outReference, long yuan, bool? expected)
    {
        var facts = ProvinceFacts.Of([], [], ProvinceFacts.Trace());
        var inLeg = facts.TransferOf(Member("bank-a"), new SignalId("t2"))! with { OrderReference = "R1" };
        var outLeg = new Transfer(
            new SignalId("t4"), ProvinceFacts.Pool.Member, ProvinceFacts.After(11), ProvinceFacts.Pool, AccountNumber.Parse("bank-b:7"), Yuan(yuan),
            TransferMeans.Account, outReference);
        var chain = FraudChainBuilder.Build(facts with { TransferOf = (_, _) => inLeg, PoolPayments = (_, _) => [outLeg] });
        var pool = Assert.Single(chain.Links.OfType<PoolLink>());
        Assert.Equal(expected, pool.ReferenceGiven);
        Assert.Equal(expected == false, pool.Evidence.Any(e => e.ToString() == "signal:pay-a/t4"));
    }

    [Fact]
    public void A_pool_that_tells_of_no_payment_on_may_still_hold_the_money()
    {
        var facts = ProvinceFacts.Of([], [], ProvinceFacts.Trace());
        var inLeg = facts.TransferOf(Member("bank-a"), new SignalId("t2"))! with { OrderReference = "R1" };
        var chain = FraudChainBuilder.Build(facts with { TransferOf = (_, _) => inLeg });
        Assert.Null(Assert.Single(chain.Links.OfType<PoolLink>()).ReferenceGiven);
    }

    [Fact]
    public void What_only_one_end_of_the_trace_reaches_is_shown_but_not_proven()
    {
        var chain = FraudChainBuilder.Build(ProvinceFacts.Of([], [], ProvinceFacts.Trace(certain: false)));
        Assert.False(chain.Exact);
        Assert.Equal(
            [("account:bank-a:1001", true), ("transfer:bank-v/t1", true), ("transfer:bank-a/t2", false), ("transfer:bank-a/t3", false), ("pool:pay-a:pool", false), ("cashOut:bank-a/t3", false)],
            chain.Links.Where(l => l.Kind != LinkKind.Line).Select(l => (l.Id, l.Proven)));
    }

    [Fact]
    public void A_chain_comes_back_from_JSON_as_the_same_bytes()
    {
        var json = Chain.ToJson();
        Assert.Equal(json, FraudChain.FromJson(json).ToJson());
        Assert.Contains("\"link\":\"call\",", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Evidence(string link) => Chain.Links.Single(l => l.Id == link).Evidence.Select(e => e.ToString());
}
