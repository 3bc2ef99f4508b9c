using Cordon.Engine.Money;
using CsCheck;

namespace Cordon.Tests.Money;

public sealed class ReplayTraceProperties
{
    [Theory]
    [InlineData(AttributionMethod.RollingCharge)]
    [InlineData(AttributionMethod.LowestIntermediateBalance)]
    public void A_trace_is_what_playing_the_whole_world_gives(AttributionMethod method)
    {
        var compared = 0;
        TraceWorlds.Any.Sample(
            world =>
            {
                var (graph, request, play) = world.Build();
                if (graph.Trace(request with { Method = method }, out var trace) is not null) return;
                Ladder.AssertConserves(trace!);
                var (seeded, least, most, hasRing) = SlowReplay.Of(play, method);
                if (hasRing) return;
                Interlocked.Increment(ref compared);
                Assert.Equal(seeded, trace!.Seeded.Minor);
                Assert.Equal(least, SlowReplay.Tell(trace.Least));
                Assert.Equal(most, SlowReplay.Tell(trace.Most));
                SlowTrace.AssertHidden(trace.Least);
                SlowTrace.AssertHidden(trace.Most);
            },
            // A world in which rounding leaves more of other seeds' money at the most end than at the least.
            seed: "86_WEHBAEdm7",
            iter: 4000);
        Assert.InRange(compared, 1500, 4000);
    }

    [Fact]
    public void Every_method_but_poison_conserves_and_says_whose_each_rest_is() => Gen.Select(TraceWorlds.Any, Gen.Int[1, 6], Gen.Int[1, 12], Gen.Int[1, 9]).Sample(
        (world, depth, flows, hub) =>
        {
            var (graph, request, _) = world.Build();
            foreach (var method in Enum.GetValues<AttributionMethod>().Where(m => m != AttributionMethod.Poison))
            foreach (var bounds in new[] { request.Bounds, new TraceBounds(depth, flows, hub) })
            {
                if (graph.Trace(request with { Method = method, Bounds = bounds }, out var trace) is not null) return;
                Ladder.AssertConserves(trace!);
                foreach (var end in new[] { trace!.Least, trace.Most })
                    Assert.Equal(
                        end.Accounts.Where(a => a.Remains > 0).Select(a => (a.Account, a.Remains)).OrderBy(a => a.Account.ToString(), StringComparer.Ordinal),
                        end.Claims.GroupBy(c => c.Account).Select(g => (g.Key, g.Sum(c => c.Units))).OrderBy(a => a.Key.ToString(), StringComparer.Ordinal));
            }
        },
        iter: 2000);

    [Fact]
    public void Poison_bounds_every_other_method_and_only_grows_with_more_seeds() => TraceWorlds.Any.Sample(
        world =>
        {
            var (graph, request, _) = world.Build();
            if (graph.Trace(request with { Method = AttributionMethod.Poison }, out var poison) is not null) return;
            Assert.Empty(poison!.Least.Totals);
            Assert.Empty(poison.Least.Claims);
            foreach (var method in Enum.GetValues<AttributionMethod>().Where(m => m != AttributionMethod.Poison))
            {
                Assert.Null(graph.Trace(request with { Method = method }, out var other));
                AssertWithin(other!.Least, poison.Least);
            }
            foreach (var seed in request.Seeds)
            {
                if (graph.Trace(request with { Method = AttributionMethod.Poison, Seeds = [seed] }, out var fewer) == TraceRefusal.Reversed) continue;
                Assert.NotNull(fewer);
                AssertWithin(fewer!.Least, poison.Least);
            }
        },
        iter: 2000);

    [Fact]
    public void The_order_of_arrival_changes_nothing() => TraceWorlds.Any.Sample(
        world =>
        {
            var (graph, request, _) = world.Build();
            var (other, _, _) = (world with { Shuffle = world.Shuffle ^ 0x2545_F491 }).Build();
            foreach (var method in Enum.GetValues<AttributionMethod>())
            {
                var refusal = graph.Trace(request with { Method = method }, out var trace);
                Assert.Equal(refusal, other.Trace(request with { Method = method }, out var otherTrace));
                if (refusal is null) Assert.Equal(Ladder.TellAll(trace!), Ladder.TellAll(otherTrace!));
            }
        },
        iter: 1500);

    private static void AssertWithin(TraceAnswer smaller, TraceAnswer larger)
    {
        foreach (var flow in smaller.Flows)
            Assert.InRange(flow.Stolen, 1, Assert.Single(larger.Flows, f => f.Transfer == flow.Transfer && f.Member == flow.Member).Stolen);
    }
}
