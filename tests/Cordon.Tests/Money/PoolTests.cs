using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

/// <summary>A payment institution <c>p</c> with pooled accounts <c>p:1</c> and <c>p:2</c> and a wallet <c>p:w</c>.</summary>
public sealed class PoolTests
{
    private readonly Ladder ladder = new Ladder().Empty("v:1", "m:1", "m:2", "p:w").Open("p:1", 0, AccountKind.Pool).Open("p:2", 1_000, AccountKind.Pool);

    [Fact]
    public void Money_crosses_a_pool_by_its_order_reference_whatever_else_lies_there()
    {
        Pay("t1", "v:1", "m:1", 100, 1).Pay("o1", "x:9", "p:1", 70, 2, "other").Pay("t2", "m:1", "p:1", 100, 3, "R1").Pay("o2", "p:1", "m:2", 70, 4, "other").Pay("t3", "p:1", "p:w", 100, 5, "R1");
        var answer = ladder.Trace(Ladder.Seed("v", "t1")).Least;
        Assert.Equal("t1=100/1, t2=100/2, t3=100/3 | m:1=0 Held/1, p:1=0 Pool/2, p:w=100 Held/3 | ", Ladder.Tell(answer));
        Assert.Empty(answer.Hidden);
    }

    [Fact]
    public void What_has_not_left_an_order_stays_hidden_in_the_pool()
    {
        Pay("t1", "v:1", "p:1", 100, 1, "R1").Pay("t2", "p:1", "m:1", 60, 2, "R1");
        var answer = ladder.Trace(Ladder.Seed("v", "t1")).Least;
        Assert.Equal(Ladder.Totals((TraceOutcome.Held, 60), (TraceOutcome.Pool, 40)), answer.Totals);
        Assert.Equal(Hidden("t1", "R1", 40), Assert.Single(answer.Hidden));
    }

    [Fact]
    public void Without_a_reference_a_transfer_stops_in_the_pool_and_the_answer_says_how_much_is_hidden()
    {
        Pay("t1", "v:1", "p:1", 100, 1).Pay("t2", "p:1", "m:1", 100, 2).Pay("t3", "p:1", "m:2", 100, 2, "R1");
        var answer = ladder.Trace(Ladder.Seed("v", "t1")).Least;
        Assert.Equal("t1=100/1 | p:1=100 Pool/1 | ", Ladder.Tell(answer));
        Assert.Equal(Hidden("t1", null, 100), Assert.Single(answer.Hidden));
    }

    [Fact]
    public void An_order_leaves_by_another_pooled_account_of_the_same_member_and_by_no_other_members()
    {
        Pay("t1", "v:1", "p:1", 100, 1, "R1").Pay("t2", "p:2", "m:1", 30, 2, "R1").Pay("t3", "q:1", "m:2", 100, 2, "R1");
        ladder.Open("q:1", 0, AccountKind.Pool);
        Assert.Equal("t1=100/1, t2=30/2 | p:1=70 Pool/1, m:1=30 Held/2 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("v", "t1")).Least));
    }

    [Fact]
    public void Orders_are_in_one_currency()
    {
        Pay("t1", "v:1", "p:1", 100, 1, "R1");
        ladder.Graph.Add(Ladder.Transfer("t2", "p:1", "m:1", 100, 2, currency: "USD") with { OrderReference = "R1" });
        Assert.Equal("t1=100/1 | p:1=100 Pool/1 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("v", "t1")).Least));
    }

    [Fact]
    public void That_an_account_is_a_pool_may_be_told_after_its_transfers()
    {
        ladder.Empty("n:1");
        Pay("t1", "v:1", "n:1", 100, 1, "R1").Pay("t0", "n:1", "m:2", 100, 2).Pay("t2", "n:1", "m:1", 100, 3, "R1");
        Assert.Equal(100, Assert.Single(ladder.Trace(Ladder.Seed("v", "t1")).Least.Accounts, a => a.Account.ToString() == "m:2").Remains);
        ladder.Graph.Open(Ladder.Opening("later", "n:1", 0, 9, AccountKind.Pool));
        Assert.Equal("t1=100/1, t2=100/2 | n:1=0 Pool/1, m:1=100 Held/2 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("v", "t1")).Least));
    }

    [Theory]
    [InlineData("p", "p")]
    [InlineData("v", "v")]
    public void A_reference_supplied_later_lets_the_trace_go_on(string first, string second)
    {
        Pay("t1", "v:1", "p:1", 100, 1).Pay("t2", "p:1", "m:1", 100, 2);
        Assert.True(Correct("c1", first, 5, "v", "t1", reference: "R1"));
        Assert.Equal(Hidden("t1", "R1", 100), Assert.Single(ladder.Trace(Ladder.Seed("v", "t1")).Least.Hidden));
        Assert.True(Correct("c2", second == "v" ? "p" : second, 6, "p", "t2", reference: "R1"));
        Assert.Equal("t1=100/1, t2=100/2 | p:1=0 Pool/1, m:1=100 Held/2 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("v", "t1")).Least));
    }

    [Fact]
    public void A_stranger_gives_no_reference()
    {
        Pay("t1", "v:1", "p:1", 100, 1);
        Assert.False(Correct("c1", "m", 5, "v", "t1", reference: "R1"));
        Assert.False(Correct("c2", "m", 5, "v", "later", reference: "R1"));
        Pay("later", "v:1", "p:1", 100, 1);
        foreach (var transfer in new[] { "t1", "later" })
            Assert.Null(Assert.Single(ladder.Trace(Ladder.Seed("v", transfer)).Least.Hidden).Reference);
    }

    [Fact]
    public void An_order_with_more_transfers_than_the_bound_is_not_followed()
    {
        Pay("t1", "v:1", "p:1", 100, 1, "R1");
        for (var i = 0; i < 5; i++) Pay("o" + i, "p:1", "m:1", 1, 2, "R1");
        var answer = ladder.Trace(new TraceBounds(MaxAccountTransfers: 5), Ladder.Seed("v", "t1")).Least;
        Assert.True(answer.Cut);
        Assert.Equal(Ladder.Totals((TraceOutcome.NotFollowed, 100)), answer.Totals);
    }

    [Fact]
    public void Money_ends_as_cash_virtual_currency_and_abroad_and_where_nobody_is_connected()
    {
        Pay("t1", "v:1", "m:1", 100, 1);
        ladder.Pay("x1", "m:1", "", 10, 2, TransferMeans.CashWithdrawal).Pay("x2", "m:1", "", 20, 3, TransferMeans.VirtualCurrency)
            .Pay("x3", "m:1", "exchange:1", 15, 4, TransferMeans.VirtualCurrency).Pay("x4", "m:1", "abroad:1", 25, 5, TransferMeans.CrossBorder)
            .Pay("x5", "m:1", "unseen:1", 30, 6);
        var answer = ladder.Trace(Ladder.Seed("v", "t1")).Least;
        Assert.Equal(Ladder.Totals((TraceOutcome.CashedOut, 10), (TraceOutcome.LostFromSight, 55), (TraceOutcome.VirtualCurrency, 35)), answer.Totals);
        Assert.Equal(30, Assert.Single(answer.Accounts, a => a.Account.ToString() == "unseen:1" && a.Outcome == TraceOutcome.LostFromSight).Remains);
    }

    [Fact]
    public void Cash_paid_in_is_followed_as_any_money()
    {
        ladder.Pay("t1", "", "m:1", 100, 1, TransferMeans.CashDeposit).Pay("t2", "m:1", "m:2", 100, 2);
        Assert.Equal("t1=100/1, t2=100/2 | m:1=0 Held/1, m:2=100 Held/2 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("m", "t1")).Least));
    }

    private static TraceHidden Hidden(string transfer, string? reference, long units) =>
        new(AccountNumber.Parse("p:1"), MemberCode.Parse("v"), new SignalId(transfer), reference, units);

    private PoolTests Pay(string id, string from, string to, long minor, double day, string? reference = null)
    {
        Assert.True(ladder.Graph.Add(Ladder.Transfer(id, from, to, minor, day) with { OrderReference = reference }));
        return this;
    }

    private bool Correct(string id, string member, double day, string teller, string transfer, string reference) => ladder.Graph.Correct(new TransferCorrection(
        new SignalId(id), MemberCode.Parse(member), Ladder.Day(day), MemberCode.Parse(teller), new SignalId(transfer), null, reference));
}
