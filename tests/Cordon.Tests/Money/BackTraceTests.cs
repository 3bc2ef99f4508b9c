using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Money;

public sealed class BackTraceTests
{
    [Fact]
    public void Who_else_paid_into_a_mule_is_found_with_what_each_paid()
    {
        var graph = new Ladder().Open("m:1", 0).Open("m:2", 0).Open("a:1", 1000).Open("b:1", 1000)
            .Pay("1", "a:1", "m:1", 300, 1).Pay("2", "b:1", "m:1", 700, 2).Pay("3", "m:1", "m:2", 500, 3).Pay("cash", "", "m:2", 40, 4, TransferMeans.CashDeposit).Graph;

        Assert.Equal("3=500/1 cash=40/1 1=300/2 2=200/2 | =40 Cash, a:1=300 OpeningBalance, b:1=200 OpeningBalance | exact", Into(graph, "m:2", 10_000));
        Assert.Equal("3=100/1 1=100/2 | a:1=100 OpeningBalance | exact", Into(graph, "m:2", 100));
    }

    [Fact]
    public void Own_money_and_money_that_came_unseen_are_told_apart()
    {
        var graph = new Ladder().Open("m:1", 10).Pay("1", "a:1", "m:1", 100, 1).Pay("2", "m:1", "b:1", 150, 2).Graph;

        Assert.Equal(
            "2=150/1 1=100/2 | a:1=100 OpeningBalance, m:1=10 OpeningBalance, m:1=40 Unexplained | 2=150/1 1=100/2 | a:1=100 OpeningBalance, m:1=10 OpeningBalance, m:1=40 Unexplained",
            From(graph, "m", "2"));
    }

    [Fact]
    public void Where_an_opening_is_unknown_the_answer_has_two_ends()
    {
        var graph = new Ladder().Pay("1", "a:1", "m:1", 100, 1).Pay("2", "m:1", "b:1", 120, 2).Graph;

        Assert.Equal("2=120/1 1=100/2 | a:1=100 OpeningBalance, m:1=20 OpeningBalance | 2=120/1 | m:1=120 OpeningBalance", From(graph, "m", "2"));
    }

    [Fact]
    public void A_pool_a_merchant_a_member_out_of_sight_and_a_bound_end_it()
    {
        var ladder = new Ladder().Open("m:1", 0).Open("p:1", 0, AccountKind.Pool).Open("s:1", 0, AccountKind.Merchant)
            .Pay("1", "p:1", "m:1", 1, 1).Pay("2", "s:1", "m:1", 2, 2).Pay("4", "m:1", "b:1", 3, 5);

        Assert.Equal("4=3/1 1=1/2 2=2/2 | p:1=1 Pool, s:1=2 Merchant | exact", Into(ladder.Graph, "b:1", 10_000));
        Assert.Equal("4=3/1 | m:1=3 NotFollowed | exact cut", Into(ladder.Graph, "b:1", 10_000, new TraceBounds(MaxDepth: 1)));
        Assert.Equal("4=3/1 | m:1=3 NotFollowed | exact cut", Into(ladder.Graph, "b:1", 10_000, new TraceBounds(MaxAccountTransfers: 2)));
        Assert.Equal("4=3/1 1=1/2 | m:1=2 NotFollowed, p:1=1 Pool | exact cut", Into(ladder.Graph, "b:1", 10_000, new TraceBounds(MaxFlows: 2)));
    }

    [Fact]
    public void The_methods_that_mix_do_not_say_which_money_left()
    {
        var graph = new Ladder().Pay("1", "a:1", "m:1", 100, 1).Graph;
        foreach (var method in Enum.GetValues<AttributionMethod>().Where(m => m != AttributionMethod.Fifo))
            Assert.Equal(TraceRefusal.BackwardByFifoOnly, graph.TraceBack(Ask("a", "1") with { Method = method }, out _));
        Assert.Equal(TraceRefusal.UnknownTransfer, graph.TraceBack(Ask("a", "9"), out _));
        Assert.Equal(TraceRefusal.BadBounds, graph.TraceBack(Ask("a", "1") with { Bounds = new TraceBounds(0) }, out _));
    }

    [Fact]
    public void The_way_back_is_the_way_there_and_every_unit_came_from_somewhere()
    {
        var compared = 0;
        TraceWorlds.Any.Sample(
            world =>
            {
                var (graph, request, play) = world.Build();
                if (graph.TraceBack(request, out var whole) is not null) return;
                Assert.Equal(whole!.Traced.Minor, whole.Least.Sources.Sum(s => s.Units));
                Assert.Equal(whole.Traced.Minor, whole.Most.Sources.Sum(s => s.Units));
                foreach (var start in play.Transfers.Where(t => t.At <= request.Until && t.Payer != t.Payee))
                {
                    var forward = request with { Seeds = [new TransferSeed(start.Member, start.Id)], Bounds = TraceBounds.Default };
                    Assert.Null(graph.Trace(forward, out var trace));
                    // A forward trace ends where money comes back to its victim; a backward one has none.
                    if (trace!.Least.Totals.ContainsKey(TraceOutcome.Returned)) continue;
                    foreach (var flow in trace.Least.Flows.Where(f => f.Layer > 1))
                    {
                        Assert.Null(graph.TraceBack(forward with { Seeds = [new TransferSeed(flow.Member, flow.Transfer)] }, out var back));
                        Assert.Equal(flow.Stolen, back!.Least.Flows.Single(f => f.Member == start.Member && f.Transfer == start.Id).Stolen);
                        Interlocked.Increment(ref compared);
                    }
                }
            },
            iter: 2000);
        Assert.True(compared > 2000, $"only {compared} flows were compared");
    }

    private static TraceRequest Ask(string member, string id) =>
        new([new TransferSeed(MemberCode.Parse(member), new SignalId(id))], Instant.Max, TraceBounds.Default);

    private static string Into(MoneyGraph graph, string account, long minor, TraceBounds? bounds = null)
    {
        var seed = new AccountSeed(AccountNumber.Parse(account), Instant.Min, new Amount(minor, Currency.Cny));
        Assert.Null(graph.TraceBack(new TraceRequest([seed], Instant.Max, bounds ?? TraceBounds.Default), out var trace));
        Assert.True(trace!.Exact || bounds is null);
        return $"{Tell(trace.Least)} | {(trace.Exact ? "exact" : "interval")}{(trace.Least.Cut ? " cut" : "")}";
    }

    private static string From(MoneyGraph graph, string member, string id)
    {
        Assert.Null(graph.TraceBack(Ask(member, id), out var trace));
        return $"{Tell(trace!.Least)} | {Tell(trace.Most)}";
    }

    private static string Tell(BackTraceAnswer answer) =>
        $"{string.Join(' ', answer.Flows.Select(f => $"{f.Transfer}={f.Stolen}/{f.Layer}"))} | {string.Join(", ", answer.Sources.Select(s => $"{s.Account}={s.Units} {s.Origin}"))}";
}
