using Cordon.Engine.Money;

namespace Cordon.Tests.Money;

/// <summary>The worked examples of docs/concepts/attribution.md, in thousandths.</summary>
public sealed class AttributionTests
{
    [Theory]
    [InlineData(AttributionMethod.Fifo, "b=5000")]
    [InlineData(AttributionMethod.RollingCharge, "a=1500 b=3500")]
    [InlineData(AttributionMethod.LowestIntermediateBalance, "a=1500 b=3500")]
    [InlineData(AttributionMethod.PariPassu, "a=1500 b=3500")]
    public void A_pays_3_B_pays_7_and_5_leave(AttributionMethod method, string left) => Assert.Equal(left, Left(method, new Ladder().Empty("m:1", "x:1")
        .Pay("a", "a:1", "m:1", 3_000, 1).Pay("b", "b:1", "m:1", 7_000, 2).Pay("out", "m:1", "x:1", 5_000, 3)));

    [Theory]
    [InlineData(AttributionMethod.Fifo, "b=5000")]
    [InlineData(AttributionMethod.RollingCharge, "a=625 b=4375")]
    [InlineData(AttributionMethod.LowestIntermediateBalance, "a=625 b=4375")]
    [InlineData(AttributionMethod.PariPassu, "a=1500 b=3500")]
    public void Two_leave_between_A_and_B_and_three_after(AttributionMethod method, string left) => Assert.Equal(left, Left(method, new Ladder().Empty("m:1", "x:1")
        .Pay("a", "a:1", "m:1", 3_000, 1).Pay("o1", "m:1", "x:1", 2_000, 2).Pay("b", "b:1", "m:1", 7_000, 3).Pay("o2", "m:1", "x:1", 3_000, 4)));

    [Theory]
    [InlineData(AttributionMethod.Fifo, "a=2000 b=7000")]
    [InlineData(AttributionMethod.RollingCharge, "a=1948 b=4546")]
    [InlineData(AttributionMethod.LowestIntermediateBalance, "a=3000 b=7000")]
    [InlineData(AttributionMethod.PariPassu, "a=2700 b=6300")]
    public void The_holder_had_4_of_his_own_and_spends_4_and_then_1_more_after_putting_in_1(AttributionMethod method, string left) => Assert.Equal(left, Left(method,
        new Ladder().Open("m:1", 4_000).Empty("x:1").Pay("a", "a:1", "m:1", 3_000, 1).Pay("b", "b:1", "m:1", 7_000, 2).Pay("o1", "m:1", "x:1", 4_000, 3)
            .Pay("own", "", "m:1", 1_000, 4).Pay("o2", "m:1", "x:1", 1_000, 5)));

    [Fact]
    public void A_claim_never_exceeds_the_lowest_balance_since_and_later_money_does_not_mend_it()
    {
        var ladder = new Ladder().Open("m:1", 2_000).Empty("x:1").Pay("a", "a:1", "m:1", 3_000, 1).Pay("o", "m:1", "x:1", 4_500, 2).Pay("own", "", "m:1", 9_000, 3);

        Assert.Equal("a=500", Left(AttributionMethod.LowestIntermediateBalance, ladder));
        Assert.Equal("o=2500", Flows(AttributionMethod.LowestIntermediateBalance, ladder, "o"));
    }

    [Fact]
    public void An_unknown_opening_balance_gives_two_ends_for_every_method()
    {
        foreach (var method in Enum.GetValues<AttributionMethod>())
        {
            var trace = Trace(method, new Ladder().Open("m:1", null).Empty("x:1").Pay("a", "a:1", "m:1", 3_000, 1).Pay("o", "m:1", "x:1", 1_000, 2), "a");

            Assert.False(trace.Exact);
            Assert.Equal(method, trace.Method);
            Assert.Contains(trace.Least.Flows, f => f.Transfer.Text == "o");
            Assert.Equal(method == AttributionMethod.Poison, trace.Most.Flows.Any(f => f.Transfer.Text == "o"));
            Assert.Equal(3_000, trace.Most.Accounts.Single(a => a.Account.Member.ToString() == "m").Remains);
        }
    }

    [Fact]
    public void Poison_taints_all_that_leaves_and_is_bounded_by_what_is_there()
    {
        var trace = Trace(AttributionMethod.Poison, new Ladder().Open("m:1", 500).Open("x:1", 900).Pay("a", "a:1", "m:1", 3_000, 1).Pay("o", "m:1", "x:1", 1_000, 2), "a");

        Assert.Equal("a=3000/1, o=1000/2 | m:1=2500 Held/1, x:1=1900 Held/2 | ", Ladder.Tell(trace.Least));
        Assert.Empty(trace.Least.Totals);
    }

    [Fact]
    public void The_unit_that_cannot_be_divided_goes_to_the_largest_remainder_and_at_equal_ones_to_the_earlier_seed()
    {
        var ladder = new Ladder().Empty("m:1", "x:1").Pay("a", "a:1", "m:1", 1, 1).Pay("b", "b:1", "m:1", 1, 2).Pay("o", "m:1", "x:1", 1, 3);

        Assert.Equal("b=1", Left(AttributionMethod.RollingCharge, ladder));
    }

    [Fact]
    public void What_is_back_with_a_victim_is_not_shared_with_others_whose_money_passed_his_account()
    {
        // A gets 2 of his 3 back; then B's 7 come through A's account and leave it again.
        var ladder = new Ladder().Empty("a:1", "m:1", "x:1").Pay("in", "", "a:1", 3_000, 0.5).Pay("a", "a:1", "m:1", 3_000, 1).Pay("back", "m:1", "a:1", 2_000, 2)
            .Pay("spent", "a:1", "x:1", 2_000, 2.5).Pay("b", "b:1", "a:1", 7_000, 3).Pay("on", "a:1", "x:1", 7_000, 4);

        Assert.Equal("a=2000", string.Join(' ', Trace(AttributionMethod.PariPassu, ladder, "a", "b").Least.Claims
            .Where(c => c.Account.ToString() == "a:1").Select(c => $"{c.Transfer}={c.Units}")));
    }

    [Fact]
    public void Money_that_goes_round_within_one_instant_is_counted_once()
    {
        var ladder = new Ladder().Empty("m:1", "n:1").Pay("a", "a:1", "m:1", 100, 1).Pay("o", "m:1", "n:1", 60, 1).Pay("r", "n:1", "m:1", 60, 1).Pay("p", "m:1", "n:1", 50, 2);

        Assert.Equal(100, Trace(AttributionMethod.RollingCharge, ladder, "a").Least.Totals[TraceOutcome.Held]);
    }

    /// <summary>What is left of each seed in m:1.</summary>
    private static string Left(AttributionMethod method, Ladder ladder) =>
        string.Join(' ', Trace(method, ladder, [.. new[] { "a", "b" }.Where(id => ladder.Graph.TellersOf(new(id)).Count > 0)]).Least.Claims
            .Where(c => c.Account.ToString() == "m:1").Select(c => $"{c.Transfer}={c.Units}"));

    private static string Flows(AttributionMethod method, Ladder ladder, string transfer) =>
        string.Join(' ', Trace(method, ladder, "a").Least.Flows.Where(f => f.Transfer.Text == transfer).Select(f => $"{f.Transfer}={f.Stolen}"));

    private static Trace Trace(AttributionMethod method, Ladder ladder, params string[] seeds)
    {
        Assert.Null(ladder.Graph.Trace(new TraceRequest([.. seeds.Select(id => Ladder.Seed(id, id))], Ladder.Day(1000), TraceBounds.Default, method), out var trace));
        if (method != AttributionMethod.Poison) Ladder.AssertConserves(trace!);
        return trace!;
    }
}
