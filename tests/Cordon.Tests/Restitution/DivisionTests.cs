using System.Collections.Immutable;
using Cordon.Casework.Restitution;
using Cordon.Engine.Money;
using CsCheck;

namespace Cordon.Tests.Restitution;

public sealed class DivisionTests
{
    private static readonly AttributionMethod[] Methods = [AttributionMethod.Fifo, AttributionMethod.RollingCharge, AttributionMethod.LowestIntermediateBalance];

    private static readonly Gen<(long Held, VictimClaim[] Claims)> Worlds = Gen.Select(
        Gen.Long[0, 1_000_000_000], Gen.Select(Gen.Long[1, 500_000_000], Gen.Double[0, 1].Array[3], Gen.Bool, Gen.Double[0, 1], Gen.Int[0, 2]).Array[1, 8],
        (held, rows) => (held, rows.Select((row, i) => Claim(
            i, row.Item1, [.. row.Item2.Select(share => (long)(row.Item1 * (row.Item5 == 0 ? row.Item2[0] : share)))], row.Item3 || row.Item5 == 0,
            row.Item5 == 2 ? (long)(row.Item1 * row.Item4) : 0)).ToArray()));

    [Fact]
    public void Shares_and_remainder_add_up_to_what_is_held_and_nobody_gets_more_than_his_loss() => Worlds.Sample(world =>
    {
        foreach (var division in Divisions.Of(world.Held, [.. world.Claims]))
        {
            Assert.Equal(world.Held, division.Shares.Sum(s => s.Minor) + division.RemainderMinor);
            Assert.True(division.RemainderMinor >= 0);
            foreach (var (share, claim) in division.Shares.Zip(world.Claims))
            {
                Assert.Equal(claim.Report, share.Report);
                Assert.InRange(share.Minor, 0, Math.Max(0, claim.LossMinor - claim.PaidMinor));
            }
        }
    });

    [Fact]
    public void A_proportion_is_within_one_unit_of_the_fraction_and_takes_all_there_is() => Worlds.Sample(world =>
    {
        var claims = world.Claims.Select(c => c with { PaidMinor = 0 }).ToImmutableArray();
        var division = Divisions.Of(world.Held, claims).Single(d => d.Method == DivisionMethod.ProRata);
        Int128 losses = claims.Aggregate((Int128)0, (sum, c) => sum + c.LossMinor);
        Assert.Equal(losses > world.Held ? 0 : world.Held - (long)losses, division.RemainderMinor);
        foreach (var (share, claim) in division.Shares.Zip(claims))
        {
            if (losses <= world.Held) Assert.Equal(claim.LossMinor, share.Minor);
            // |share × losses - held × loss| < losses: less than one whole unit off.
            else Assert.True(Int128.Abs(((Int128)share.Minor * losses) - ((Int128)world.Held * claim.LossMinor)) < losses);
        }
    });

    [Fact]
    public void Exactly_one_method_is_legal_and_a_direct_return_only_where_every_way_of_following_says_the_same() => Worlds.Sample(world =>
    {
        var divisions = Divisions.Of(world.Held, [.. world.Claims]);
        var legal = Assert.Single(divisions, d => d.Legal);
        Assert.Same(divisions[0], legal);
        var agree = world.Claims.All(c => c.Followed.All(f => f.Exact) && c.Followed.Select(f => f.Minor).Distinct().Count() == 1);
        Assert.Equal(agree ? DivisionMethod.Direct : DivisionMethod.ProRata, legal.Method);
    });

    [Fact]
    public void A_new_victim_shares_in_the_remainder_alone_and_who_was_paid_more_than_his_part_gets_nothing()
    {
        // 600 were held; 450 went to the first victim before the second came. By proportion of 600 each would have had 300.
        var divided = Divisions.Of(150, [Claim(0, 500, [500, 400, 400], true, paid: 450), Claim(1, 500, [100, 200, 200], true)]);
        Assert.Equal([0L, 150L], divided.Single(d => d.Method == DivisionMethod.ProRata).Shares.Select(s => s.Minor));
    }

    [Fact]
    public void The_vector_of_the_law_books_goes_back_by_each_method_as_it_says()
    {
        // A pays 3, B pays 7, 5 leaves: 5 remain. FIFO says A 0 and B 5, the rolling charge 1.5 and 3.5, and so does a proportion.
        var claims = ImmutableArray.Create(Claim(0, 300, [0, 150, 150], true), Claim(1, 700, [500, 350, 350], true));
        var divided = Divisions.Of(500, claims).ToDictionary(d => d.Method, d => d.Shares.Select(s => s.Minor).ToArray());
        Assert.Equal([150, 350], divided[DivisionMethod.ProRata]);
        Assert.Equal([0, 500], divided[DivisionMethod.Fifo]);
        Assert.Equal([150, 350], divided[DivisionMethod.RollingCharge]);
        Assert.Equal([0, 350], divided[DivisionMethod.Direct]);
    }

    [Fact]
    public void Units_left_over_go_to_the_largest_remainders_and_at_equal_ones_to_the_earlier()
    {
        Assert.Equal([34, 33, 33], Divisions.Share(100, [50, 50, 50]));
        Assert.Equal([1, 0], Divisions.Share(1, [2, 1]));
        Assert.Equal([0, 0], Divisions.Share(0, [2, 1]));
        Assert.Equal([2, 1], Divisions.Share(5, [2, 1]));
    }

    [Fact]
    public void A_claim_without_a_loss_or_twice_in_a_ledger_is_a_fault()
    {
        Assert.Throws<ArgumentException>(() => Divisions.Of(1, [Claim(0, 0, [0, 0, 0], true)]));
        Assert.Throws<ArgumentException>(() => Divisions.Of(1, [Claim(0, 1, [0, 0, 0], true), Claim(0, 1, [0, 0, 0], true)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Divisions.Of(-1, []));
    }

    private static VictimClaim Claim(int number, long loss, long[] followed, bool exact, long paid = 0) => new(
        new Guid(number + 1, 0, 0, new byte[8]), Guid.Empty, loss, [.. Methods.Zip(followed, (method, minor) => new FollowedMoney(method, minor, exact))], paid);
}
