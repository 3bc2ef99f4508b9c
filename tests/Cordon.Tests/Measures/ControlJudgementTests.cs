using Cordon.Casework.Controls;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Measures;

/// <summary>That the verdicts of controls mean what they say, against the binomial distribution added up term by term.</summary>
public sealed class ControlJudgementTests
{
    [Fact]
    public void A_member_that_errs_as_often_as_allowed_is_called_upon_no_more_often_than_the_bar_says() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Double[0.0005, 0.2]).Sample(
            (n, allowed) =>
            {
                var chance = 0.0;
                for (var faults = 0; faults <= n; faults++)
                    if (ControlJudgement.Exceeds(new FaultSum(n, faults), allowed, ControlJudgement.AlertBar))
                        chance += Binomial(n, faults, allowed);
                return chance <= Math.Exp(-ControlJudgement.AlertBar);
            },
            iter: 300);

    [Fact]
    public void What_is_said_to_be_kept_would_have_shown_a_loophole_five_times_as_wide() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Double[0.0005, 0.05]).Sample(
            (n, allowed) => ControlJudgement.Of(new FaultSum(n, 0), allowed, ControlJudgement.AlertBar) != ControlVerdict.Kept
                || Math.Pow(1 - (allowed * ControlJudgement.Noticeable), n) <= Math.Exp(-ControlJudgement.KeptBar) + 1e-9,
            iter: 1000);

    [Fact]
    public void A_loophole_still_open_at_half_its_old_rate_passes_for_mended_no_more_often_than_the_bar_says() =>
        Gen.Select(Gen.Int[1, 800], Gen.Double[0.05, 0.9], Gen.Double[0.001, 0.02]).Sample(
            (n, old, allowed) =>
            {
                var (before, chance) = (new FaultSum(10_000, (long)(old * 10_000)), 0.0);
                var still = before.Rate / 2;
                if (still <= allowed) return true;
                for (var faults = 0; faults <= n; faults++)
                    if (ControlJudgement.OfRecheck(new FaultSum(n, faults), before, allowed, ControlJudgement.RecheckBar) == ControlVerdict.Kept)
                        chance += Binomial(n, faults, still);
                return chance <= Math.Exp(-ControlJudgement.MendedBar) + 1e-12;
            },
            iter: 300);

    [Fact]
    public void Counts_by_the_hour_and_by_the_day_are_those_of_a_plain_list()
    {
        var origin = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));
        Gen.Select(Gen.Int[0, 200 * 24], Gen.Int[0, 3], Gen.Bool).Array[1, 200].Sample(
            told =>
            {
                var count = new FaultCount(TimeSpan.FromHours(8));
                var plain = new List<(int Hour, int Faults)>();
                var latest = 0;
                foreach (var (hour, faults, fold) in told)
                {
                    var at = Instant.From(origin.AddHours(hour).AddMinutes(17));
                    for (var i = 0; i < faults; i++) count.Add(at, 1, 1, $"r{plain.Count}-{i}");
                    count.Add(at, 1, 0, null);
                    plain.Add((hour, faults));
                    latest = Math.Max(latest, hour);
                    if (fold) count.Fold(Instant.From(origin.AddHours(latest)));
                }
                // Spans of whole days: what is folded knows no hours.
                foreach (var (from, to) in new[] { (0, 300), (10, 40), (60, 61), (150, 200) })
                {
                    var sum = count.Sum(Instant.From(origin.AddDays(from)), Instant.From(origin.AddDays(to)));
                    var inside = plain.Where(p => p.Hour >= from * 24 && p.Hour < to * 24).ToList();
                    if (sum != new FaultSum(inside.Sum(p => p.Faults + 1), inside.Sum(p => p.Faults))) return false;
                }
                return true;
            },
            iter: 300);
    }

    private static double Binomial(int n, int k, double p)
    {
        var log = 0.0;
        for (var i = 1; i <= k; i++) log += Math.Log((n - k + i) / (double)i);
        return Math.Exp(log + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p)));
    }
}
