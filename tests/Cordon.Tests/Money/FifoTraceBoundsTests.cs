using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

public sealed class FifoTraceBoundsTests
{
    [Fact]
    public void A_hub_is_not_looked_into_and_what_lies_there_is_not_followed()
    {
        var ladder = new Ladder().Empty("m:1", "m:2", "h:1").Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "h:1", 100, 2);
        for (var i = 0; i < 5; i++) ladder.Pay($"h{i}", "h:1", "m:2", 10, 3 + i);

        var cut = ladder.Trace(new TraceBounds(MaxAccountTransfers: 5), Ladder.Seed("v", "s")).Least;
        Assert.Equal("s=100/1, a=100/2 | m:1=0 Held/1, h:1=100 NotFollowed/2 | ", Ladder.Tell(cut));
        Assert.True(cut.Cut);

        Assert.False(ladder.Trace(new TraceBounds(MaxAccountTransfers: 6), Ladder.Seed("v", "s")).Least.Cut);
    }

    [Fact]
    public void A_trace_stops_at_its_depth()
    {
        var ladder = Chain();

        var cut = ladder.Trace(new TraceBounds(MaxDepth: 2), Ladder.Seed("v", "s")).Least;
        Assert.Equal("s=100/1, a=100/2 | m:1=0 Held/1, m:2=100 NotFollowed/2 | ", Ladder.Tell(cut));
        Assert.True(cut.Cut);
        Assert.Equal(Ladder.Totals((TraceOutcome.NotFollowed, 100)), cut.Totals);
    }

    [Fact]
    public void A_trace_stops_at_its_number_of_flows_and_what_stays_in_the_account_cut_is_not_followed_as_a_whole()
    {
        var ladder = new Ladder().Empty("m:1", "m:2", "m:3")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "m:2", 30, 2).Pay("b", "m:1", "m:3", 30, 3);

        var cut = ladder.Trace(new TraceBounds(MaxFlows: 2), Ladder.Seed("v", "s")).Least;
        Assert.Equal("s=100/1, a=30/2 | m:1=70 NotFollowed/1, m:2=30 Held/2 | ", Ladder.Tell(cut));
        Assert.True(cut.Cut);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1001, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 10_000_001, 1)]
    [InlineData(1, 1, 0)]
    public void Bounds_outside_their_limits_are_refused(int depth, int flows, int transfers)
    {
        var request = new TraceRequest([Ladder.Seed("v", "s")], Ladder.Day(9), new TraceBounds(depth, flows, transfers));
        Assert.Equal(TraceRefusal.BadBounds, Chain().Graph.Trace(request, out var trace));
        Assert.Null(trace);
    }

    [Fact]
    public void What_cannot_be_traced_is_refused_by_name()
    {
        var ladder = Chain().Pay("usd", "v:1", "m:1", 5, 1, currency: "USD")
            .Pay("big1", "v:1", "m:1", long.MaxValue, 1).Pay("big2", "v:1", "m:1", long.MaxValue, 1);
        TraceSeed At(string account, double day, long minor) =>
            new AccountSeed(AccountNumber.Parse(account), Ladder.Day(day), new Amount(minor, Currency.Cny));

        Assert.Equal(TraceRefusal.NoSeed, Refusal());
        Assert.Equal(TraceRefusal.UnknownTransfer, Refusal(Ladder.Seed("v", "nobody")));
        Assert.Equal(TraceRefusal.UnknownTransfer, Refusal(Ladder.Seed("m", "s")));
        Assert.Equal(TraceRefusal.UnknownTransfer, Refusal(Ladder.Seed("never-seen", "s")));
        Assert.Equal(TraceRefusal.UnknownTransfer, Refusal(Ladder.Seed("v", "not a valid id")));
        Assert.Equal(TraceRefusal.UnknownAccount, Refusal(At("m:99", 0, 5)));
        Assert.Equal(TraceRefusal.UnknownAccount, Refusal(At("m:1", 500, 5)));
        Assert.Equal(TraceRefusal.UnknownAccount, Refusal(At("m:1", 0, 0)));
        Assert.Equal(TraceRefusal.MixedCurrencies, Refusal(Ladder.Seed("v", "s"), Ladder.Seed("v", "usd")));
        Assert.Equal(TraceRefusal.TooLarge, Refusal(Ladder.Seed("v", "big1"), Ladder.Seed("v", "big2")));

        TraceRefusal? Refusal(params TraceSeed[] seeds) =>
            ladder.Graph.Trace(new TraceRequest([.. seeds], Ladder.Day(900), TraceBounds.Default), out _);
    }

    [Fact]
    public void Sums_beyond_64_bits_in_one_account_do_not_break_a_trace()
    {
        var trace = new Ladder().Open("m:1", long.MaxValue).Empty("m:2")
            .Pay("s", "v:1", "m:1", long.MaxValue, 1).Pay("t", "w:1", "m:1", long.MaxValue, 2)
            .Pay("a", "m:1", "m:2", long.MaxValue, 3).Pay("b", "m:1", "m:2", long.MaxValue, 4).Pay("c", "m:2", "", 7, 5)
            .Trace(Ladder.Seed("v", "s"));

        Assert.Equal($"s={long.MaxValue}/1, b={long.MaxValue}/2 | m:1=0 Held/1, m:2={long.MaxValue} Held/2 | ", Ladder.Tell(trace.Least));
    }

    private static Ladder Chain() => new Ladder().Empty("m:1", "m:2", "m:3", "m:4")
        .Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "m:2", 100, 2).Pay("b", "m:2", "m:3", 100, 3).Pay("c", "m:3", "m:4", 100, 4);
}
