using System.Text;
using Cordon.Casework.Cases;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Engine.Money;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
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

    // 9,000 of the mule's own lie before what is stolen: by FIFO the first 5,000 that leave are his own, but they left an account in which money was mixed.
    [Fact]
    public void Money_mixed_with_stolen_money_proves_that_an_account_took_part_and_nothing_of_how_much()
    {
        var (first, second) = (AccountNumber.Parse("bank-a:1"), AccountNumber.Parse("bank-b:2"));
        var engine = new ScreeningEngine(Rulebook.Empty);
        foreach (var signal in (Signal[])[Opening("o1", first, 9_000), Opening("o2", second, 0), Pay("t1", ProvinceFacts.Victim, first, 48_000, 0), Pay("t2", first, second, 5_000, 5)])
            engine.Step(new SignalAccepted(signal));
        Trace TraceBy(AttributionMethod method)
        {
            Assert.Null(engine.Known.Money.Trace(new TraceRequest([new TransferSeed(ProvinceFacts.Victim.Member, new SignalId("t1"))], Instant.Max, TraceBounds.Default, method), out var trace));
            return trace!;
        }
        var facts = new FraudChainFacts { Case = "case-1", Trace = TraceBy(AttributionMethod.Fifo), OpeningOf = (a, _) => engine.Known.Accounts.Find(a), SectorOf = _ => Sector.Bank };
        Assert.Equal([first], FraudChainBuilder.Build(facts).Links.OfType<AccountLink>().Select(a => a.Account));

        var chain = FraudChainBuilder.Build(facts with { Mixed = TraceBy(AttributionMethod.Poison) });
        var reached = chain.Links.OfType<AccountLink>().ToList();
        Assert.Equal([(first, (Amount?)null, Yuan(48_000)), (second, Yuan(5_000), Yuan(0))], reached.Select(a => (a.Account, a.Mixed, a.SurelyArrived)));
        Assert.True(reached[1].Proven);
        Assert.DoesNotContain(chain.Links.OfType<TransferLink>(), t => t.To == second);
        var finding = Assert.Single(Attribution.Attribute(chain, ShippedPack.Cn, ProvinceFacts.After(60)).Findings, f => f.Link == $"account:{second}");
        Assert.Equal(("cn.atf.15.customer-due-diligence", Yuan(0)), (finding.Duty, finding.Loss));
        Assert.Contains("5,000.00 CNY of money that was mixed", finding.Statement.En, StringComparison.Ordinal);
        Assert.Equal(["signal:bank-b/o2", "signal:bank-a/t2"], finding.Evidence.Select(e => e.ToString()));
    }

    private static AccountOpening Opening(string id, AccountNumber account, long yuan) => new(
        new SignalId(id), account.Member, ProvinceFacts.After(-60), account, AccountKind.Personal, IdentityCheck.NotVerified, null, Yuan(yuan), null, null);

    private static Transfer Pay(string id, AccountNumber from, AccountNumber to, long yuan, double minutes) => new(
        new SignalId(id), from.Member, ProvinceFacts.After(minutes), from, to, Yuan(yuan), TransferMeans.Account, null);

    [Fact]
    public void A_chain_comes_back_from_JSON_as_the_same_bytes()
    {
        var json = Chain.ToJson();
        Assert.Equal(json, FraudChain.FromJson(json).ToJson());
        Assert.Contains("\"link\":\"call\",", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Evidence(string link) => Chain.Links.Single(l => l.Id == link).Evidence.Select(e => e.ToString());
}
