using Cordon.Engine.Money;
using CsCheck;

namespace Cordon.Tests.Money;

public sealed class FifoTraceProperties
{
    [Fact]
    public void A_trace_is_what_a_queue_of_single_coins_gives()
    {
        var compared = 0;
        TraceWorlds.Any.Sample(
            world =>
            {
                var (graph, request, play) = world.Build();
                if (graph.Trace(request, out var trace) is { } refusal)
                {
                    Assert.True(refusal is TraceRefusal.MixedCurrencies or TraceRefusal.UnknownTransfer or TraceRefusal.UnknownAccount or TraceRefusal.Reversed);
                    return;
                }
                Ladder.AssertConserves(trace!);
                var (seeded, least, most, hasRing) = SlowTrace.Of(play);
                if (hasRing) return;
                Interlocked.Increment(ref compared);
                Assert.Equal(seeded, trace!.Seeded.Minor);
                Assert.Equal(least, SlowTrace.Tell(trace.Least));
                Assert.Equal(most, SlowTrace.Tell(trace.Most));
                if (trace.Exact) Assert.Equal(least, most);
                SlowTrace.AssertHidden(trace.Least);
                SlowTrace.AssertHidden(trace.Most);
            },
            iter: 5000);
        Assert.InRange(compared, 2500, 5000);
    }

    [Fact]
    public void The_order_of_arrival_changes_nothing() => TraceWorlds.Any.Sample(
        world =>
        {
            var (graph, request, _) = world.Build();
            var (other, _, _) = (world with { Shuffle = world.Shuffle ^ 0x2545_F491 }).Build();
            var refusal = graph.Trace(request, out var trace);
            Assert.Equal(refusal, other.Trace(request, out var otherTrace));
            if (refusal is null) Assert.Equal(Ladder.TellAll(trace!), Ladder.TellAll(otherTrace!));
        },
        iter: 2000);

    [Fact]
    public void Nor_does_it_that_somebody_read_between() => TraceWorlds.Any.Sample(
        world =>
        {
            var (graph, request, _) = world.Build(told: static (graph, request) =>
            {
                graph.Trace(request, out _);
                graph.TraceBack(request, out _);
            });
            var (unread, _, _) = world.Build();
            var refusal = graph.Trace(request, out var trace);
            Assert.Equal(refusal, unread.Trace(request, out var other));
            if (refusal is null) Assert.Equal(Ladder.TellAll(trace!), Ladder.TellAll(other!));
        },
        iter: 1000);

    // What no longer fits in a row is kept beside it, and a line too wide for offsets is laid out for each trace.
    [Theory]
    [InlineData(39)]
    [InlineData(46)]
    [InlineData(55)]
    public void Amounts_of_any_size_are_followed_alike(int bits) => TraceWorlds.Any.Sample(
        world =>
        {
            var (graph, request, _) = world.Build();
            var (large, largeRequest, _) = world.Build(1L << bits);
            var refusal = graph.Trace(request, out var trace);
            Assert.Equal(refusal, large.Trace(largeRequest, out var other));
            if (refusal is null) Assert.Equal(Scaled(trace!.Least, 1L << bits), Scaled(other!.Least, 1));
            if (graph.TraceBack(request, out var back) is null && large.TraceBack(largeRequest, out var largeBack) is null)
                Assert.Equal(back!.Most.Sources.Select(s => s with { Units = s.Units << bits }), largeBack!.Most.Sources);
        },
        iter: 500);

    [Fact]
    public void No_bound_ever_loses_or_makes_money() => Gen.Select(TraceWorlds.Any, Gen.Int[1, 6], Gen.Int[1, 12], Gen.Int[1, 9]).Sample(
        (world, depth, flows, hub) =>
        {
            var (graph, request, _) = world.Build();
            if (graph.Trace(request with { Bounds = new TraceBounds(depth, flows, hub) }, out var trace) is not null) return;
            Ladder.AssertConserves(trace!);
            foreach (var end in new[] { trace!.Least, trace.Most })
                Assert.Equal(end.Cut, end.Accounts.Any(a => a.Outcome == TraceOutcome.NotFollowed) || end.Cut && end.Totals.ContainsKey(TraceOutcome.Returned));
        },
        iter: 2000);

    private static string Scaled(TraceAnswer answer, long by) => string.Join(
        ' ', answer.Flows.Select(f => $"{f.Member}/{f.Transfer}={f.Stolen * by}/{f.Layer}").Concat(answer.Accounts.Select(a => $"{a.Account}:{a.Remains * by} {a.Outcome}")));
}
