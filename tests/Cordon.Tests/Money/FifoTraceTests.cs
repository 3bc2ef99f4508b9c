using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

public sealed class FifoTraceTests
{
    [Fact]
    public void A_lot_is_split_over_the_payments_that_follow_it_and_the_rest_remains()
    {
        var trace = new Ladder().Empty("m:1", "m:2", "m:3")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "m:2", 60, 2).Pay("b", "m:1", "m:3", 30, 3)
            .Trace(Ladder.Seed("v", "s"));

        Assert.True(trace.Exact);
        Assert.Equal("s=100/1, a=60/2, b=30/2 | m:1=10 Held/1, m:2=60 Held/2, m:3=30 Held/2 | ", Ladder.Tell(trace.Least));
        Assert.Equal(Ladder.Totals((TraceOutcome.Held, 100)), trace.Least.Totals);
    }

    [Fact]
    public void Two_lots_meet_in_one_account_and_leave_it_in_the_order_they_came()
    {
        var trace = new Ladder().Empty("m:1", "m:2", "m:3", "m:4")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "m:2", 40, 2).Pay("b", "m:1", "m:3", 60, 2)
            .Pay("c", "m:3", "m:4", 60, 3).Pay("d", "m:2", "m:4", 40, 4).Pay("e", "m:4", "", 70, 5, TransferMeans.CashWithdrawal)
            .Trace(Ladder.Seed("v", "s"));

        Assert.Equal(
            "s=100/1, a=40/2, b=60/2, c=60/3, d=40/3, e=70/4 | m:1=0 Held/1, m:2=0 Held/2, m:3=0 Held/2, m:4=30 Held/3 | e=70 CashedOut",
            Ladder.Tell(trace.Least));
    }

    [Fact]
    public void A_known_opening_balance_leaves_before_what_was_stolen()
    {
        var trace = new Ladder().Open("m:1", 50).Empty("m:2")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "m:2", 80, 2)
            .Trace(Ladder.Seed("v", "s"));

        Assert.True(trace.Exact);
        Assert.Equal("s=100/1, a=30/2 | m:1=70 Held/1, m:2=30 Held/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void The_vector_of_the_duties_holds_A_pays_3_B_pays_7_and_5_leave_leaving_A_0_and_B_5()
    {
        var ladder = new Ladder().Empty("m:1", "m:2")
            .Pay("a", "a:1", "m:1", 3, 1).Pay("b", "b:1", "m:1", 7, 2).Pay("out", "m:1", "m:2", 5, 3);

        Assert.Equal("a=3/1, out=3/2 | m:1=0 Held/1, m:2=3 Held/2 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("a", "a")).Least));
        Assert.Equal("b=7/1, out=2/2 | m:1=5 Held/1, m:2=2 Held/2 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("b", "b")).Least));
    }

    [Fact]
    public void An_unknown_opening_balance_gives_an_interval_between_the_least_and_the_most_it_can_be()
    {
        var trace = new Ladder().Open("m:1", null).Empty("m:2", "m:3")
            .Pay("before", "m:1", "m:3", 20, 0.5).Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "m:2", 70, 2)
            .Trace(Ladder.Seed("v", "s"));

        Assert.False(trace.Exact);
        Assert.Equal("s=100/1, a=70/2 | m:1=30 Held/1, m:2=70 Held/2 | ", Ladder.Tell(trace.Least));
        Assert.Equal("s=100/1 | m:1=100 Held/1 | ", Ladder.Tell(trace.Most));
    }

    [Fact]
    public void The_least_opening_balance_also_pays_for_what_is_overdrawn_only_later()
    {
        // 100 come, 70 and 60 leave: the account must have held 30 from the first, and FIFO spends those first.
        var trace = new Ladder().Open("m:1", null).Empty("m:2", "m:3")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "m:2", 70, 2).Pay("b", "m:1", "m:3", 60, 3)
            .Trace(Ladder.Seed("v", "s"));

        Assert.Equal("s=100/1, a=40/2, b=60/2 | m:1=0 Held/1, m:2=40 Held/2, m:3=60 Held/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void An_account_overdrawn_from_a_known_opening_was_fed_unseen_just_before_and_a_later_credit_never_pays()
    {
        var trace = new Ladder().Empty("m:1", "m:2", "m:3")
            .Pay("early", "m:1", "m:3", 25, 1).Pay("s", "v:1", "m:1", 100, 2).Pay("a", "m:1", "m:2", 100, 3)
            .Trace(Ladder.Seed("v", "s"));

        Assert.True(trace.Exact);
        Assert.Equal("s=100/1, a=100/2 | m:1=0 Held/1, m:2=100 Held/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void Money_passes_through_several_accounts_at_one_instant()
    {
        // Ids run against the chain on purpose: only the rule that credits come first lets it through.
        var trace = new Ladder().Empty("m:1", "m:2", "m:3", "m:4")
            .Pay("9", "v:1", "m:1", 50, 1).Pay("8", "m:1", "m:2", 50, 1).Pay("7", "m:2", "m:3", 50, 1).Pay("6", "m:3", "m:4", 20, 1)
            .Trace(Ladder.Seed("v", "9"));

        Assert.Equal(
            "9=50/1, 8=50/2, 7=50/3, 6=20/4 | m:1=0 Held/1, m:2=0 Held/2, m:3=30 Held/3, m:4=20 Held/4 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void A_cycle_at_one_instant_brings_the_money_round_once_and_on()
    {
        // m:1 gets 50 stolen (id 1) and, at the same instant, the same 50 back from m:2 (id 3); it pays m:2 (2) and m:3 (4).
        var trace = new Ladder().Empty("m:1", "m:2", "m:3")
            .Pay("1", "v:1", "m:1", 50, 1).Pay("2", "m:1", "m:2", 50, 1).Pay("3", "m:2", "m:1", 50, 1).Pay("4", "m:1", "m:3", 50, 1)
            .Trace(Ladder.Seed("v", "1"));

        Assert.Equal(
            "1=50/1, 2=50/2, 3=50/3, 4=50/4 | m:1=0 Held/1, m:2=0 Held/2, m:3=50 Held/4 | ", Ladder.Tell(trace.Least));
        Assert.Equal(100, trace.Least.Accounts[0].Arrived);
    }

    [Fact]
    public void Money_that_comes_back_to_the_victim_is_returned_and_no_longer_followed()
    {
        var trace = new Ladder().Empty("v:1", "m:1", "m:2")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("back", "m:1", "v:1", 40, 2).Pay("again", "v:1", "m:2", 40, 3)
            .Trace(Ladder.Seed("v", "s"));

        Assert.Equal("s=100/1, back=40/2 | m:1=60 Held/1, v:1=40 Returned/2 | ", Ladder.Tell(trace.Least));
        Assert.Equal(Ladder.Totals((TraceOutcome.Held, 60), (TraceOutcome.Returned, 40)), trace.Least.Totals);
    }

    [Fact]
    public void A_cycle_through_the_seed_at_one_instant_ends_with_the_victim()
    {
        var trace = new Ladder().Empty("v:1", "m:1")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("b", "m:1", "v:1", 100, 1)
            .Trace(Ladder.Seed("v", "s"));

        Assert.Equal("s=100/1, b=100/2 | m:1=0 Held/1, v:1=100 Returned/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void A_transfer_of_an_account_to_itself_moves_nothing()
    {
        var ladder = new Ladder().Empty("m:1", "m:2")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("self", "m:1", "m:1", 70, 2).Pay("a", "m:1", "m:2", 30, 3);

        Assert.Equal("s=100/1, a=30/2 | m:1=70 Held/1, m:2=30 Held/2 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("v", "s")).Least));
        Assert.Equal("self=70/1 | m:1=70 Returned/1 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("m", "self")).Least));
    }

    [Theory]
    [InlineData(AccountKind.Pool, TraceOutcome.Pool)]
    [InlineData(AccountKind.Merchant, TraceOutcome.Spent)]
    public void Pools_and_merchants_end_the_way(AccountKind kind, TraceOutcome outcome)
    {
        var trace = new Ladder().Empty("m:1", "m:2").Open("p:1", 0, kind)
            .Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "p:1", 90, 2).Pay("on", "p:1", "m:2", 90, 3)
            .Trace(Ladder.Seed("v", "s"));

        Assert.Equal($"s=100/1, a=90/2 | m:1=10 Held/1, p:1=90 {outcome}/2 | ", Ladder.Tell(trace.Least));
    }

    [Theory]
    [InlineData(TransferMeans.CashWithdrawal, TraceOutcome.CashedOut)]
    [InlineData(TransferMeans.Purchase, TraceOutcome.Spent)]
    [InlineData(TransferMeans.CrossBorder, TraceOutcome.LostFromSight)]
    [InlineData(TransferMeans.Account, TraceOutcome.LostFromSight)]
    [InlineData(TransferMeans.Unknown, TraceOutcome.LostFromSight)]
    public void Money_that_leaves_the_accounts_is_named_by_how_it_left(TransferMeans means, TraceOutcome outcome)
    {
        var trace = new Ladder().Empty("m:1")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("out", "m:1", "", 100, 2, means)
            .Trace(Ladder.Seed("v", "s"));

        Assert.Equal($"s=100/1, out=100/2 | m:1=0 Held/1 | out=100 {outcome}", Ladder.Tell(trace.Least));
        Assert.Equal(Ladder.Totals((outcome, 100)), trace.Least.Totals);
    }

    [Fact]
    public void Money_abroad_is_lost_from_sight_even_where_the_payee_is_named()
    {
        var trace = new Ladder().Empty("m:1", "x:1")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("out", "m:1", "x:1", 100, 2, TransferMeans.CrossBorder)
            .Trace(Ladder.Seed("v", "s"));

        Assert.Equal("s=100/1, out=100/2 | m:1=0 Held/1 | out=100 LostFromSight", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void An_account_of_a_member_that_never_told_of_anything_is_lost_from_sight_until_it_does()
    {
        var ladder = new Ladder().Empty("m:1").Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "x:1", 100, 2);
        Assert.Equal("s=100/1, a=100/2 | m:1=0 Held/1, x:1=100 LostFromSight/2 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("v", "s")).Least));

        ladder.Graph.See(MemberCode.Parse("x"));

        var seen = ladder.Trace(Ladder.Seed("v", "s"));
        Assert.False(seen.Exact);
        Assert.Equal("s=100/1, a=100/2 | m:1=0 Held/1, x:1=100 Held/2 | ", Ladder.Tell(seen.Least));
    }

    [Fact]
    public void Currencies_of_one_account_are_separate_money()
    {
        var trace = new Ladder().Empty("m:1", "m:2")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("usd", "m:1", "m:2", 80, 2, currency: "USD").Pay("cny", "m:1", "m:2", 30, 3)
            .Trace(Ladder.Seed("v", "s"));

        Assert.True(trace.Exact);
        Assert.Equal("s=100/1, cny=30/2 | m:1=70 Held/1, m:2=30 Held/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void Transfers_after_the_end_of_the_request_do_not_exist()
    {
        var ladder = new Ladder().Empty("m:1", "m:2").Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "m:2", 100, 2);
        Assert.Null(ladder.Graph.Trace(new TraceRequest([Ladder.Seed("v", "s")], Ladder.Day(1.5), TraceBounds.Default), out var trace));
        Assert.Equal("s=100/1 | m:1=100 Held/1 | ", Ladder.Tell(trace!.Least));

        var early = new TraceRequest([Ladder.Seed("v", "s")], Ladder.Day(0.5), TraceBounds.Default);
        Assert.Equal(TraceRefusal.UnknownTransfer, ladder.Graph.Trace(early, out _));
    }

    [Fact]
    public void A_transfer_told_late_changes_the_answer_as_if_it_had_been_told_in_time()
    {
        var late = new Ladder().Empty("m:1", "m:2", "m:3").Pay("s", "v:1", "m:1", 100, 2).Pay("a", "m:1", "m:2", 60, 3);
        Assert.Equal("s=100/1, a=60/2 | m:1=40 Held/1, m:2=60 Held/2 | ", Ladder.Tell(late.Trace(Ladder.Seed("v", "s")).Least));

        late.Pay("own", "m:3", "m:1", 50, 1);

        Assert.Equal("s=100/1, a=10/2 | m:1=90 Held/1, m:2=10 Held/2 | ", Ladder.Tell(late.Trace(Ladder.Seed("v", "s")).Least));
    }
}
