using System.Numerics;
using Cordon.Casework.Evaluations;

namespace Cordon.Tests.Evaluations;

public sealed class ExactBoundsTests
{
    private const int Million = 1_000_000;

    [Theory]
    [InlineData(25_000_000)]
    [InlineData(500_000)]
    [InlineData(1_013)]
    public void The_bounds_are_those_of_the_binomial_distribution_added_up_exactly(int billionths)
    {
        foreach (var occasions in (int[])[1, 2, 3, 7, 20, 45])
        {
            for (var hits = 0; hits <= occasions; hits++)
            {
                var bounds = ExactBounds.Of(hits, occasions, billionths / 1e9);
                Assert.Equal((Low(hits, occasions, billionths), Million - Low(occasions - hits, occasions, billionths)), (bounds.Low, bounds.High));
            }
        }
    }

    [Fact]
    public void The_true_share_lies_within_with_the_chance_stated_however_small_it_is()
    {
        foreach (var tail in (double[])[0.025, 0.001])
            foreach (var occasions in (int[])[5, 60, 700])
                foreach (var share in (double[])[0.0001, 0.003, 0.05, 0.31, 0.5, 0.97, 0.9995])
                {
                    var (covered, all) = (0.0, 0.0);
                    // By logarithms: of many occasions the chance of the first number of hits is nothing a double could hold.
                    var chance = occasions * Math.Log(1 - share);
                    for (var hits = 0; hits <= occasions; hits++)
                    {
                        var bounds = ExactBounds.Of(hits, occasions, tail);
                        all += Math.Exp(chance);
                        if (bounds.Low <= share * Million && share * Million <= bounds.High) covered += Math.Exp(chance);
                        chance += Math.Log((occasions - hits) / (hits + 1.0) * (share / (1 - share)));
                    }
                    Assert.Equal(1, all, 1e-9);
                    Assert.True(covered >= 1 - (2 * tail) - 1e-9, $"{covered} of {share} in {occasions} at {tail}");
                }
    }

    [Fact]
    public void Large_numbers_stay_close_to_what_was_seen_and_are_found_fast()
    {
        var bounds = ExactBounds.Of(9_990_000, 10_000_000, 1e-5);
        Assert.InRange(bounds.Low, 998_900, 999_000);
        Assert.InRange(bounds.High, 999_000, 999_100);
        Assert.Equal(new ShareBounds(0, Million), new ShareBounds(ExactBounds.Of(0, 10_000_000, 0.01).Low, ExactBounds.Of(10_000_000, 10_000_000, 0.01).High));
    }

    // The greatest part of a million at which so many hits or more have no greater chance than the tail.
    private static int Low(int hits, int occasions, int billionths)
    {
        if (hits == 0) return 0;
        var (low, high) = (0, Million);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            BigInteger sum = 0, choose = 1;
            for (var i = 0; i <= occasions; i++)
            {
                if (i >= hits) sum += choose * BigInteger.Pow(middle, i) * BigInteger.Pow(Million - middle, occasions - i);
                choose = choose * (occasions - i) / (i + 1);
            }
            if (sum * 1_000_000_000 <= BigInteger.Pow(Million, occasions) * billionths) low = middle;
            else high = middle;
        }
        return low;
    }
}
