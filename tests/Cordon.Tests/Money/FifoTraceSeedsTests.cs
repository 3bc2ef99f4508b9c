using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

public sealed class FifoTraceSeedsTests
{
    [Fact]
    public void A_seed_named_twice_counts_once()
    {
        var trace = new Ladder().Empty("m:1").Pay("s", "v:1", "m:1", 100, 1).Trace(Ladder.Seed("v", "s"), Ladder.Seed("v", "s"));
        Assert.Equal(100, trace.Seeded.Minor);
    }

    [Fact]
    public void Two_victims_of_one_account_are_followed_side_by_side()
    {
        var trace = new Ladder().Empty("m:1", "m:2")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("t", "w:1", "m:1", 50, 2).Pay("a", "m:1", "m:2", 120, 3)
            .Trace(Ladder.Seed("v", "s"), Ladder.Seed("w", "t"));

        Assert.Equal(150, trace.Seeded.Minor);
        Assert.Equal("s=100/1, t=50/1, a=120/2 | m:1=30 Held/1, m:2=120 Held/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void A_seed_fed_by_another_is_new_money_only_for_the_rest()
    {
        // m:1 owned 30: of the 60 it paid on, 30 were its own and 30 the first victim's.
        var ladder = new Ladder().Open("m:1", 30).Empty("m:2", "m:3", "m:4")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("t", "m:1", "m:2", 60, 2).Pay("a", "m:1", "m:3", 70, 3).Pay("b", "m:2", "m:4", 60, 4);

        var trace = ladder.Trace(Ladder.Seed("m", "t"), Ladder.Seed("v", "s"));

        Assert.Equal(130, trace.Seeded.Minor);
        Assert.Equal("s=100/1, t=60/1, a=70/2, b=60/2 | m:1=0 Held/1, m:2=0 Held/1, m:3=70 Held/2, m:4=60 Held/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void Seeds_of_one_chain_count_their_money_once_also_where_a_link_between_them_is_not_named()
    {
        var ladder = new Ladder().Empty("m:1", "m:2", "m:3")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("a", "m:1", "m:2", 100, 2).Pay("t", "m:2", "m:3", 60, 3);

        var trace = ladder.Trace(Ladder.Seed("v", "s"), Ladder.Seed("m", "t"));

        Assert.Equal(100, trace.Seeded.Minor);
        Assert.Equal("s=100/1, t=60/1, a=100/2 | m:1=0 Held/1, m:3=60 Held/1, m:2=40 Held/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void Both_ends_count_the_same_money_where_an_unknown_opening_lies_between_two_seeds()
    {
        var trace = new Ladder().Open("m:1", null).Empty("m:2")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("t", "m:1", "m:2", 60, 2)
            .Trace(Ladder.Seed("v", "s"), Ladder.Seed("m", "t"));

        Assert.Equal(100, trace.Seeded.Minor);
        Assert.Equal("s=100/1, t=60/1 | m:1=40 Held/1, m:2=60 Held/1 | ", Ladder.Tell(trace.Least));
        Assert.Equal("s=100/1 | m:1=100 Held/1 | ", Ladder.Tell(trace.Most));
    }

    [Fact]
    public void What_a_victim_got_back_and_lost_again_is_stolen_twice()
    {
        // A victim of an investment fraud is paid 20 "profit", and then pays all it has.
        var trace = new Ladder().Open("v:1", 100).Empty("m:1")
            .Pay("s", "v:1", "m:1", 100, 1).Pay("bait", "m:1", "v:1", 20, 2).Pay("t", "v:1", "m:1", 20, 3)
            .Trace(Ladder.Seed("v", "s"), Ladder.Seed("v", "t"));

        Assert.Equal(120, trace.Seeded.Minor);
        Assert.Equal("s=100/1, t=20/1, bait=20/2 | m:1=100 Held/1, v:1=20 Returned/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void Seeds_that_feed_each_other_in_a_ring_at_one_instant_are_counted_with_the_first()
    {
        var trace = new Ladder().Empty("m:1", "m:2", "m:3")
            .Pay("1", "m:1", "m:2", 50, 1).Pay("2", "m:2", "m:3", 50, 1).Pay("3", "m:3", "m:1", 50, 1)
            .Trace(Ladder.Seed("m", "3"), Ladder.Seed("m", "2"), Ladder.Seed("m", "1"));

        Assert.Equal(50, trace.Seeded.Minor);
        Assert.Equal("1=50/1, 2=50/1, 3=50/1 | m:1=50 Returned/1, m:2=0 Held/1, m:3=0 Held/1 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void A_later_seed_that_feeds_an_earlier_one_at_the_same_instant_is_counted_with_it()
    {
        var trace = new Ladder().Empty("m:1", "m:2")
            .Pay("1", "m:1", "m:2", 50, 1).Pay("2", "v:1", "m:1", 50, 1)
            .Trace(Ladder.Seed("m", "1"), Ladder.Seed("v", "2"));

        Assert.Equal(50, trace.Seeded.Minor);
        Assert.Equal("1=50/1, 2=50/1 | m:1=0 Held/1, m:2=50 Held/1 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void An_account_seed_takes_the_first_credits_from_its_instant_on_up_to_its_amount()
    {
        var ladder = new Ladder().Empty("m:1", "m:2")
            .Pay("early", "x:1", "m:1", 500, 1).Pay("s", "v:1", "m:1", 60, 2).Pay("t", "w:1", "m:1", 60, 3).Pay("a", "m:1", "m:2", 620, 4);

        var trace = ladder.Trace(new AccountSeed(AccountNumber.Parse("m:1"), Ladder.Day(2), new Amount(100, Currency.Cny)));

        Assert.Equal(100, trace.Seeded.Minor);
        Assert.Equal("s=60/1, t=40/1, a=100/2 | m:1=0 Held/1, m:2=100 Held/2 | ", Ladder.Tell(trace.Least));
    }

    [Fact]
    public void An_account_seed_and_a_transfer_seed_of_the_same_money_count_it_once()
    {
        var trace = new Ladder().Empty("m:1").Pay("s", "v:1", "m:1", 60, 2)
            .Trace(new AccountSeed(AccountNumber.Parse("m:1"), Ladder.Day(2), new Amount(40, Currency.Cny)), Ladder.Seed("v", "s"));

        Assert.Equal(60, trace.Seeded.Minor);
    }
}
