using Cordon.Casework.Controls;
using Cordon.Casework.Rectifications;
using CsCheck;
using static Cordon.Tests.Rectifications.Mending;

namespace Cordon.Tests.Rectifications;

/// <summary>What holds whatever members, controls and the centre do.</summary>
public sealed class RectificationProperties
{
    private static readonly Gen<(int Act, int Verdict, int Who, int Wait, int Back)[]> AnyLife =
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 2], Gen.Int[0, 6], Gen.Int[0, 40], Gen.Int[0, 45]).Array[1, 40];

    [Fact]
    public void One_never_closes_without_a_kept_recheck_since_the_claim_or_a_named_inspection_or_an_upheld_contest()
    {
        var closed = 0;
        AnyLife.Sample(life =>
        {
            var (state, day) = (Open(), 1.0);
            foreach (var (act, verdict, who, wait, back) in life)
            {
                day += wait;
                var claimedAt = state.ClaimedAt;
                var decision = RectificationRules.Decide(state, CommandOf(state, act, (ControlVerdict)verdict, day, back), Who(act, who), Day(day));
                foreach (var happened in decision.Events)
                {
                    var wasOpen = state.IsOpen;
                    state.Apply(happened);
                    if (!wasOpen || state.IsOpen) continue;
                    Interlocked.Increment(ref closed);
                    if (happened is RectificationContestDecided { Upheld: true }) continue;
                    var mended = Assert.IsType<RectificationMended>(happened);
                    if (mended.Inspector is { } inspector)
                        Assert.True(inspector.StartsWith("person:", StringComparison.Ordinal) && inspector != Own.Id && inspector != Opener.Id && mended.Reason is { Length: > 0 });
                    else
                        Assert.True(!mended.Readings.IsEmpty && mended.Readings.All(r => r.Verdict == ControlVerdict.Kept && r.From >= claimedAt && r.To - r.From >= TimeSpan.FromDays(Terms.RecheckDays - 1)));
                }
                Assert.Equal(state.State == RectificationState.Mended, state.WatchUntil is not null);
                Assert.True(state.IsOpen || state.NextClock is null);
            }
        }, iter: 3_000, threads: 1);
        Assert.True(closed > 100, $"only {closed} were closed: the lives are too poor to show anything");
    }

    private static RectificationCommand CommandOf(Rectification state, int act, ControlVerdict verdict, double day, int back) => act switch
    {
        0 => Planned(day + 1),
        1 or 2 => Done,
        3 or 4 => new Recheck([Reading(SinceClaim(state, back), day, verdict)]),
        5 => new JoinShortcoming(back % 2 == 0 ? Burnt(day - back, day) : Found(day - back)),
        6 => new InspectRectification(back % 2 == 0, "Seen."),
        7 => new ContestRectification("x"),
        _ => back % 5 == 0 ? new DecideRectificationContest(state.Contests.Length, back % 10 == 0, "x") : new TickRectification(),
    };

    // Mostly from the claim on, so that rechecks get through; now and then from elsewhere.
    private static double SinceClaim(Rectification state, int back) =>
        state.ClaimedAt is { } at ? (at - Start).TotalDays + (back % 4 == 0 ? (back / 4.0) - 5 : 0) : -back;

    // Mostly who may, so that lives get somewhere; now and then anybody.
    private static Casework.Actor Who(int act, int who) => who switch
    {
        0 => Own,
        1 => Opener,
        2 => Stranger,
        _ => act switch { 0 or 1 or 2 or 7 => Clerk, 3 or 4 or 5 => Controls, _ => Li },
    };
}
