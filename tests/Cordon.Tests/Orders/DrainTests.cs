using Cordon.Casework.Orders;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Orders;

public sealed class DrainTests
{
    private static readonly MemberCode Bank = MemberCode.Parse("bank-a");
    private static readonly AccountNumber Mule = new(Bank, "622200001");
    private static readonly AccountNumber Other = new(Bank, "622200002");
    private static readonly Instant Start = new(1_772_409_600_000_000);

    [Fact]
    public void Each_credit_counts_once_by_how_long_its_parts_lay()
    {
        // 100 come at 0; 50 leave at 10, 50 at 30. 200 come at 40 and 50 of them lie until 60.
        var drain = Drain.Of(Mule, [In(0, 100), Out(10, 50), Out(30, 50), In(40, 200), Out(45, 150)], At(60));
        Assert.Equal(1.75, drain.Left, 9);
        Assert.Equal([new LyingShare(TimeSpan.FromMinutes(20), 1)], drain.Lies);
        var mean = ((0.5 * Math.Log(10)) + (0.5 * Math.Log(30)) + (0.75 * Math.Log(5)) - (1.75 * 1.984169) + (3 * Math.Log(Drain.PriorScale.TotalMinutes))) / 4.75;
        Assert.Equal(Math.Exp(mean), drain.Scale.TotalMinutes, 3);
    }

    [Fact]
    public void Money_without_a_credit_within_memory_and_transfers_to_itself_tell_nothing()
    {
        var drain = Drain.Of(Mule, [In(-3_000, 500), Out(5, 70), new TransferFacts(Bank, new SignalId("s"), At(6), Mule, Mule, new Amount(9, Currency.Cny), TransferMeans.Account), In(90, 5)], At(60));
        Assert.Equal((0, Drain.PriorScale, true), (drain.Left, drain.Scale, drain.Lies.IsEmpty));
    }

    [Fact]
    public void A_new_account_has_the_priors_pace_and_lying_money_is_expected_to_lie_on()
    {
        Assert.InRange(Drain.Unknown.Half.TotalMinutes, 1, 60);
        var halves = new[] { 1, 30, 300, 1_200 }.Select(minutes => Drain.Of(Mule, [In(0, 100)], At(minutes)).Half).ToList();
        Assert.Equal(halves.Order(), halves);
        Assert.True(Drain.Of(Mule, [In(0, 100), Out(1, 100), In(10, 100), Out(11, 100), In(21, 100)], At(21)).Half < Drain.Unknown.Half);
        Assert.True(Drain.Of(Mule, [In(0, 100), Out(80, 100), In(100, 100), Out(300, 100), In(321, 100)], At(321)).Half > Drain.Unknown.Half);
    }

    [Fact]
    public void The_shares_of_many_lots_add_up_to_one()
    {
        var drain = Drain.Of(Mule, Enumerable.Range(0, 40).Select(i => In(i, 10 + i)), At(60));
        Assert.Equal(1, drain.Lies.Sum(l => l.Share), 9);
        Assert.InRange(drain.Lies.Length, 1, 8);
    }

    [Fact]
    public void What_stays_never_grows_with_time_and_half_of_it_stays_for_the_half() =>
        Gen.Select(Gen.Double[0.2, 500], Gen.Double[0, 300], Gen.Double[0, 5_000], Gen.Double[0, 5_000]).Sample((scale, age, a, b) =>
        {
            var drain = new Drain(TimeSpan.FromMinutes(scale), [new LyingShare(TimeSpan.FromMinutes(age), 0.5), new LyingShare(TimeSpan.Zero, 0.5)], 0);
            var (early, late) = (Math.Min(a, b), Math.Max(a, b));
            Assert.True(drain.Stays(TimeSpan.FromMinutes(early)) >= drain.Stays(TimeSpan.FromMinutes(late)));
            Assert.InRange(drain.Stays(TimeSpan.FromMinutes(late)), 0, 1);
            Assert.True(drain.Half == Drain.MostHalf || Math.Abs(drain.Stays(drain.Half) - 0.5) < 0.01);
        });

    [Fact]
    public void A_member_without_orders_has_the_priors_pace_and_many_orders_outweigh_it()
    {
        Assert.Equal(TimeSpan.FromMinutes(10), MemberPace.Unknown.Median);
        Assert.Equal(0.9, MemberPace.Unknown.Answers, 9);
        var quick = MemberPace.Of([.. Enumerable.Repeat(new PastAnswer(TimeSpan.FromMinutes(2)), 40)]);
        Assert.Equal(TimeSpan.FromMinutes(2), quick.Median);
        var silent = MemberPace.Of([.. Enumerable.Repeat(new PastAnswer(null), 40)]);
        Assert.InRange(silent.Answers, 0, 0.1);
        Assert.True(quick.Meets(Drain.Unknown, TimeSpan.Zero) > MemberPace.Unknown.Meets(Drain.Unknown, TimeSpan.Zero));
        Assert.True(silent.Meets(Drain.Unknown, TimeSpan.Zero) < MemberPace.Unknown.Meets(Drain.Unknown, TimeSpan.Zero));
    }

    private static Instant At(double minutes) => Start + TimeSpan.FromMinutes(minutes);

    private static TransferFacts In(double minutes, long minor) => new(Bank, new SignalId($"i{minutes}"), At(minutes), Other, Mule, new Amount(minor, Currency.Cny), TransferMeans.Account);

    private static TransferFacts Out(double minutes, long minor) => new(Bank, new SignalId($"o{minutes}"), At(minutes), Mule, Other, new Amount(minor, Currency.Cny), TransferMeans.Account);
}
