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
        // 100 come at 0; 50 leave at 10, 50 at 30. 200 come at 40 and lie until 60.
        var drain = Drain.Of(Mule, [In(0, 100), Out(10, 50), Out(30, 50), In(40, 200)], At(60));
        Assert.Equal(1, drain.Left, 9);
        Assert.Equal((0.5 * 10) + (0.5 * 30) + 20, drain.Lain.TotalMinutes, 3);
    }

    [Fact]
    public void Money_without_a_credit_within_memory_and_transfers_to_itself_tell_nothing() => Assert.Equal(
        Drain.Unknown,
        Drain.Of(Mule, [In(-3_000, 500), Out(5, 70), new TransferFacts(Bank, new SignalId("s"), At(6), Mule, Mule, new Amount(9, Currency.Cny), TransferMeans.Account), In(90, 5)], At(60)));

    [Fact]
    public void A_new_account_has_the_priors_pace_and_lying_money_is_expected_to_lie_on()
    {
        Assert.InRange(Drain.Unknown.Half.TotalMinutes, 5, 60);
        var halves = new[] { 1, 30, 300, 1_200 }.Select(minutes => Drain.Of(Mule, [In(0, 100)], At(minutes)).Half).ToList();
        Assert.Equal(halves.Order(), halves);
        Assert.True(Drain.Of(Mule, [In(0, 100), Out(3, 100), In(10, 100), Out(12, 100), In(20, 100)], At(21)).Half < Drain.Unknown.Half);
    }

    [Fact]
    public void What_stays_never_grows_with_time_and_half_of_it_stays_for_the_half() =>
        Gen.Select(Gen.Double[0, 50], Gen.Double[0, 5_000], Gen.Double[0, 5_000], Gen.Double[0, 5_000]).Sample((left, lain, a, b) =>
        {
            var drain = new Drain(left, TimeSpan.FromMinutes(lain));
            var (early, late) = (Math.Min(a, b), Math.Max(a, b));
            Assert.True(drain.Stays(TimeSpan.FromMinutes(early)) >= drain.Stays(TimeSpan.FromMinutes(late)));
            Assert.InRange(drain.Stays(TimeSpan.FromMinutes(late)), 0, 1);
            Assert.Equal(0.5, drain.Stays(drain.Half), 1e-6);
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
