using Cordon.Simulator;

namespace Cordon.Tests.Simulator;

public sealed class DiceTests
{
    /// <summary>The published sequence of xoshiro256** seeded with 0 by SplitMix64.</summary>
    [Fact]
    public void The_draws_are_those_of_xoshiro256_starstar()
    {
        var dice = new Dice(0);
        Assert.Equal([11091344671253066420UL, 13793997310169335082UL, 1900383378846508768UL, 7684712102626143532UL],
            [dice.Next(), dice.Next(), dice.Next(), dice.Next()]);
    }

    [Fact]
    public void A_fork_does_not_depend_on_what_was_drawn()
    {
        var (fresh, used) = (new Dice(9), new Dice(9));
        used.Next();
        Assert.Equal(fresh.Fork(3).Next(), used.Fork(3).Next());
        Assert.NotEqual(fresh.Fork(3).Next(), fresh.Fork(4).Next());
    }

    [Fact]
    public void Draws_stay_within_their_ends_and_reach_them()
    {
        var dice = new Dice(1);
        var between = Enumerable.Range(0, 1000).Select(_ => dice.Between(-2, 3)).ToArray();
        Assert.Equal((-2, 3), (between.Min(), between.Max()));
        var weighted = Enumerable.Range(0, 6000).Select(_ => dice.Weighted([1, 0, 2])).ToArray();
        Assert.DoesNotContain(1, weighted);
        Assert.InRange(weighted.Count(w => w == 2), 3800, 4200);
    }
}
