using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Orders;

public sealed class StopPlanTests
{
    private static readonly MemberCode Bank = MemberCode.Parse("bank-a");

    private static readonly Gen<Drain> Drains = Gen.Select(Gen.Double[0.2, 200], Gen.Double[0, 1_440], Gen.Double[0, 1],
        (scale, age, share) => new Drain(TimeSpan.FromMinutes(scale), [new LyingShare(TimeSpan.Zero, share), new LyingShare(TimeSpan.FromMinutes(age), 1 - share)], 0));

    private static readonly Gen<MemberPace> Paces = Gen.Double[-100, 240].Array[0, 8].Select(
        past => MemberPace.Of([.. past.Select(minutes => new PastAnswer(minutes > 0 ? TimeSpan.FromMinutes(minutes) : null))]));

    private static readonly Gen<StopCandidate[]> Candidates = Gen.Select(Gen.Long[1, 50_000_000], Drains, Paces, Gen.Int[0, 2]).Array[0, 8].Select(rows =>
        rows.Select((r, i) => new StopCandidate(Guid.Empty, new AccountNumber(Bank, $"6222{i:D6}"), r.Item1, r.Item2, r.Item3, r.Item4)).ToArray());

    [Fact]
    public void No_order_of_issue_saves_more_under_the_plans_own_model() => Gen.Select(Candidates, Gen.Int[1, 3_600]).Sample(
        (candidates, seconds) =>
        {
            var each = TimeSpan.FromSeconds(seconds);
            var plan = StopPlan.Of(Currency.Cny, candidates, each);
            var open = candidates.Where(c => !c.Spent).ToArray();
            var best = Permutations(open).Max(order => Worth(order, each));
            // The plan is the optimum, not near it: what lies between is the rounding of doubles.
            Assert.Equal(best, Worth([.. plan.Stops.Select(s => s.Stop)], each), 1e-9 * best + 1e-6);
            Assert.True(Worth([.. StopPlan.LargestFirst(open)], each) <= best + 1e-6);
        },
        iter: 300);

    [Fact]
    public void Every_account_with_a_stop_left_is_planned_once_and_a_spent_one_never() => Candidates.Sample(candidates =>
    {
        var plan = StopPlan.Of(Currency.Cny, candidates, StopPlan.UsualEach);
        Assert.Equal(candidates.Where(c => c.StopsSoFar < 2).Select(c => c.Account.ToString()).Order(), plan.Stops.Select(s => s.Stop.Account.ToString()).Order());
        Assert.Equal(candidates.Where(c => c.StopsSoFar >= 2).Select(c => c.Account.ToString()).Order(), plan.Spent.Select(s => s.Account.ToString()).Order());
        Assert.All(plan.Stops, s => Assert.True(s.Saved <= s.SavedNow && s.SavedNow <= s.Stop.Minor && s.StopsLeft is 1 or 2));
    });

    [Fact]
    public void More_stops_than_are_planned_together_are_still_planned_each_once()
    {
        var candidates = Enumerable.Range(1, 250).Select(i => Stop(i * 100_00, Fresh(1 + (i % 13 * 10)), $"{i:D6}")).ToList();
        var plan = StopPlan.Of(Currency.Cny, candidates, StopPlan.UsualEach);
        Assert.Equal(Enumerable.Range(1, 250), plan.Stops.Select(s => s.Place));
        Assert.Equal(250, plan.Stops.Select(s => s.Stop.Account).Distinct().Count());
        Assert.True(plan.Saved >= plan.SavedLargestFirst);
    }

    [Fact]
    public void A_smaller_sum_that_is_leaving_goes_before_a_larger_one_that_lies()
    {
        var leaving = Stop(12_000_00, Fresh(10), "1");
        var lying = Stop(20_000_00, Lying(10, 600), "2");
        var plan = StopPlan.Of(Currency.Cny, [lying, leaving], TimeSpan.FromMinutes(4));
        Assert.Equal([leaving, lying], plan.Stops.Select(s => s.Stop));
        Assert.Equal([lying, leaving], StopPlan.LargestFirst([leaving, lying]));
        Assert.True(plan.Saved > plan.SavedLargestFirst);
    }

    [Fact]
    public void What_is_as_good_as_gone_waits_for_what_can_still_be_held()
    {
        var gone = Stop(30_000_00, Fresh(0.0001), "1");
        var saved = Stop(20_000_00, Fresh(20), "2");
        Assert.Equal([saved, gone], StopPlan.Of(Currency.Cny, [gone, saved], StopPlan.UsualEach).Stops.Select(s => s.Stop));
    }

    [Fact]
    public void The_best_assignment_of_whole_numbers_is_found() => Gen.Double[-100, 100].Array[49].Sample(worths =>
    {
        var best = Slots.Best(7, (thing, place) => worths[(thing * 7) + place]);
        Assert.Equal(Enumerable.Range(0, 7), best.Order());
        var most = Permutations(Enumerable.Range(0, 7).ToArray()).Max(order => order.Select((thing, place) => worths[(thing * 7) + place]).Sum());
        Assert.Equal(most, best.Select((thing, place) => worths[(thing * 7) + place]).Sum(), 1e-9);
    }, iter: 100);

    private static Drain Fresh(double scale) => new(TimeSpan.FromMinutes(scale), [], 0);

    private static Drain Lying(double scale, double age) => new(TimeSpan.FromMinutes(scale), [new LyingShare(TimeSpan.FromMinutes(age), 1)], 0);

    private static StopCandidate Stop(long minor, Drain drain, string account) =>
        new(Guid.Empty, new AccountNumber(Bank, "6222" + account), minor, drain, MemberPace.Unknown, 0);

    private static double Worth(StopCandidate[] order, TimeSpan each) => order.Select((c, place) => c.Saves(place * each)).Sum();

    private static IEnumerable<T[]> Permutations<T>(T[] of)
    {
        if (of.Length <= 1) return [of];
        return of.SelectMany((first, i) => Permutations<T>([.. of[..i], .. of[(i + 1)..]]).Select(rest => (T[])[first, .. rest]));
    }
}
