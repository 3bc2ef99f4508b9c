using System.Globalization;
using Cordon.Engine.Patterns;
using CsCheck;

namespace Cordon.Tests.Patterns;

/// <summary>Nothing grows without bound, and what is cut is said.</summary>
public sealed class PatternBoundsTests
{
    [Fact]
    public void An_account_with_a_million_transfers_is_remembered_as_far_as_any_other()
    {
        var flow = new Flow(new PatternOptions { EdgesPerAccount = 32, Pairs = 1 << 16 }, 1_000);
        for (var i = 0; i < 1_000_000; i++) flow.Pay(i / 1_000, 1 + (i % 300_000), 0, 60_000);
        flow.Watch.CloseAll();

        Assert.Equal(1, flow.Watch.CutAccounts);
        Assert.True(flow.Watch.ForgottenPairs > 0);
        Assert.All(flow.Closed, alert => Assert.InRange(alert.Transfers.Length, 1, new PatternOptions().TransfersPerAlert));
        Assert.Contains(flow.Closed, alert => alert.Cut);
    }

    [Fact]
    public void An_instant_with_too_many_transfers_is_worked_off_in_parts()
    {
        var flow = new Flow(new PatternOptions { TransfersPerInstant = 10 }, 100);
        for (var i = 0; i < 35; i++) flow.Pay(1, i, i + 1, 100);
        flow.Watch.CloseAll();
        Assert.Equal(3, flow.Watch.SplitInstants);
    }

    [Fact]
    public void Alerts_beyond_the_bound_are_dropped_and_counted()
    {
        var flow = new Flow(new PatternOptions { OpenAlerts = 3 });
        for (var hub = 0; hub < 10; hub++)
            for (var payer = 0; payer < 5; payer++) flow.Pay(1, 100 + (hub * 10) + payer, hub, 60_000);
        flow.Watch.CloseAll();
        Assert.Equal(3, flow.Watch.Alerts);
        Assert.True(flow.Watch.DroppedAlerts >= 7);
    }

    [Fact]
    public void A_dense_network_is_searched_for_cycles_so_far_and_no_further()
    {
        var flow = new Flow(new PatternOptions { StepsPerSearch = 64 }, 200);
        for (var i = 0; i < 200; i++)
            for (var j = 1; j < 100; j++) flow.Pay(1 + (j / 10), i, (i + j) % 200, 60_000);
        flow.Watch.CloseAll();
        Assert.Equal(200 * 99, flow.Watch.Transfers);
    }

    [Fact]
    public void The_logarithm_is_that_of_the_textbook_to_a_thousandth() => Gen.Long[1, long.MaxValue].Sample(value =>
    {
        Assert.Equal(Math.Log2(value), Surprise.Log2(value) / 1024.0, 0.0015);
    });

    [Theory]
    [InlineData(5, 512, 10.12)]
    [InlineData(5, 5 * 1024, 0)]
    [InlineData(5, 6 * 1024, 0)]
    [InlineData(0, 512, 0)]
    [InlineData(64, 1024, 293.11)]
    public void The_surprise_is_that_of_a_count_against_what_was_expected(int seen, long expected, double bits) =>
        // n log2(n / e) - (n - e) / ln 2
        Assert.Equal(bits, Surprise.Poisson(seen, expected) / 1024.0, 0.2);

    [Fact]
    public void A_pair_is_counted_as_often_as_it_comes_while_there_is_room() => Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40]).Array[0, 500].Sample(pairs =>
    {
        var table = new PairTable(1 << 12);
        var counts = new Dictionary<(int, int), int>();
        foreach (var (payer, payee) in pairs)
        {
            var count = counts[(payer, payee)] = counts.GetValueOrDefault((payer, payee)) + 1;
            Assert.Equal(count, table.Count(payer, payee));
        }
        Assert.Equal(0, table.Forgotten);
    });

    [Fact]
    public void Scores_do_not_depend_on_how_accounts_are_numbered()
    {
        var (one, other) = (new Flow(), new Flow());
        for (var i = 0; i < 4_000; i++)
        {
            var (payer, payee) = ((i * 7919) % 10_000, (i * 104_729 + 17) % 10_000);
            one.Pay(i / 50, payer, payee, 100 + (i % 97));
            other.Pay(i / 50, 9_999 - payer, 9_999 - payee, 100 + (i % 97));
        }
        one.Watch.CloseAll();
        other.Watch.CloseAll();
        var mirrored = AccountScores.Of(other.Watch).ToDictionary(s => 9_999 - s.Account, s => Told(s.Score));
        Assert.All(AccountScores.Of(one.Watch), s => Assert.Equal(Told(s.Score), mirrored[s.Account]));
    }

    private static string Told(double score) => score.ToString("F6", CultureInfo.InvariantCulture);
}
