using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Money;

public sealed class PursuitTests
{
    private static readonly Guid One = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Two = new("00000000-0000-0000-0000-000000000002");

    [Fact]
    public void Each_transfer_out_of_tainted_money_tells_at_once_what_to_stop_next()
    {
        var ladder = new Ladder().Open("m:1", 0).Open("m:2", 0).Open("m:3", 0).Pay("1", "a:1", "m:1", 100, 1);
        var pursuit = new Pursuit(ladder.Graph);
        Assert.Null(pursuit.Follow(One, Ask("1"), out var first));
        Assert.Equal(100, first!.Least.Totals[TraceOutcome.Held]);
        Assert.False(pursuit.IsTouched);

        ladder.Pay("2", "m:1", "m:2", 60, 2);
        Assert.Equal("One m:2=60(0)", Tell(pursuit.Advance()));
        ladder.Pay("3", "m:2", "m:3", 60, 3).Pay("4", "m:1", "m:2", 40, 4);
        Assert.Equal("One m:3=60(0)", Tell(pursuit.Advance()));
        Assert.Equal("", Tell(pursuit.Advance()));
    }

    [Fact]
    public void A_late_transfer_re_opens_the_part_it_touches_and_what_touches_nothing_costs_nothing()
    {
        var ladder = new Ladder().Open("m:1", 0).Open("m:2", 0).Pay("1", "a:1", "m:1", 100, 2).Pay("2", "m:1", "m:2", 50, 3);
        var pursuit = new Pursuit(ladder.Graph);
        pursuit.Follow(One, Ask("1"), out _);

        ladder.Pay("x", "a:8", "a:9", 5, 1);
        Assert.False(pursuit.IsTouched);
        // Twenty came before the theft and left first: so twenty of the victim's fifty stayed.
        ladder.Pay("late", "b:1", "m:1", 20, 1);
        Assert.Equal("One m:1=70(50)", Tell(pursuit.Advance()));
        Assert.True(ladder.Graph.Open(Ladder.Opening("later", "m:2", 30, 9)));
        Assert.True(pursuit.IsTouched);
        pursuit.Leave(One);
        Assert.False(pursuit.IsTouched);
        Assert.Equal(0, pursuit.Count);
    }

    [Fact]
    public void Two_cases_on_one_account_are_both_told()
    {
        var ladder = new Ladder().Open("m:1", 0).Open("m:2", 0).Pay("1", "a:1", "m:1", 100, 1).Pay("2", "b:1", "m:1", 10, 2);
        var pursuit = new Pursuit(ladder.Graph);
        pursuit.Follow(One, Ask("1"), out _);
        pursuit.Follow(Two, Ask("2", "b"), out _);

        ladder.Pay("3", "m:1", "m:2", 105, 3);
        Assert.Equal("One m:2=100(0), Two m:2=5(0)", Tell(pursuit.Advance()));
    }

    [Fact]
    public void A_case_whose_seed_is_unknown_is_not_pursued()
    {
        var pursuit = new Pursuit(new Ladder().Pay("1", "a:1", "m:1", 100, 1).Graph);
        Assert.Equal(TraceRefusal.UnknownTransfer, pursuit.Follow(One, Ask("9"), out _));
        Assert.Equal(0, pursuit.Count);
    }

    [Fact]
    public void A_pursuit_is_at_every_moment_where_a_new_trace_would_be() => TraceWorlds.Any.Sample(
        world =>
        {
            Pursuit? pursuit = null;
            var begun = false;
            Trace? last = null;
            world.Build(told: (graph, request) =>
            {
                pursuit ??= new Pursuit(graph);
                foreach (var step in pursuit.Advance()) last = step.Trace;
                if (!begun) begun = pursuit.Follow(One, request, out last) is null;
                var refusal = graph.Trace(request, out var fresh);
                if (!begun || refusal is not null) return;
                // A seed told later than the pursuit began is not watched for: casework asks anew when it finds one.
                if (fresh!.Seeded != last!.Seeded) begun = pursuit.Follow(One, request, out last) is null;
                Assert.Equal(Ladder.TellAll(fresh), Ladder.TellAll(last!));
            });
        },
        iter: 1000);

    private static TraceRequest Ask(string id, string member = "a") =>
        new([new TransferSeed(MemberCode.Parse(member), new SignalId(id))], Instant.Max, TraceBounds.Default);

    private static string Tell(IReadOnlyList<PursuitStep> steps) => string.Join(
        ", ", steps.Where(s => s.More.Length > 0).Select(s => $"{(s.Case == One ? "One" : "Two")} {string.Join(' ', s.More.Select(m => $"{m.Account}={m.Units}({m.Before})"))}"));
}
