using Cordon.Casework.Rectifications.Ladder;
using CsCheck;
using static Cordon.Tests.Rectifications.Mending;

namespace Cordon.Tests.Rectifications;

/// <summary>What holds whatever triggers come and whatever the centre decides.</summary>
public sealed class LadderProperties
{
    private static readonly Gen<(int Trigger, int Act, int Who, int Wait)[]> AnyHistory =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[0, 4], Gen.Int[0, 30]).Array[1, 60];

    [Fact]
    public void No_subject_climbs_two_rungs_at_once_and_a_veto_alone_comes_from_anywhere()
    {
        var climbed = 0;
        AnyHistory.Sample(history =>
        {
            var (steps, day) = (new List<LadderStep>(), 0.0);
            foreach (var (trigger, act, who, wait) in history)
            {
                day += wait;
                var before = LadderRules.Highest(Cn, steps, Day(day));
                var waiting = steps.Count(s => s.Waits && s.Rung is not (Rung.Admonition or Rung.Veto));
                var count = steps.Count;
                Call(steps, (LadderTrigger)trigger, day);
                if (steps.Count > count && steps[^1].Rung is not (Rung.Admonition or Rung.Veto))
                {
                    Interlocked.Increment(ref climbed);
                    Assert.Equal(count + 1, steps.Count);
                    Assert.Equal(0, waiting);
                    Assert.Equal(Cn.Order.IndexOf(before?.Rung ?? (Rung)(-1)) + 1, Cn.Order.IndexOf(steps[^1].Rung));
                    Assert.DoesNotContain(steps, s => s.Rung == Rung.Veto && s.Stands(Day(day)));
                }
                Act(steps, act, who, day);
                Assert.True(steps.Count(s => s.Waits && s.Rung == Rung.Veto) <= 1);
            }
        }, iter: 2_000, threads: 1);
        Assert.True(climbed > 1_000, $"only {climbed} climbed");
    }

    [Fact]
    public void What_a_subject_is_barred_from_never_becomes_shorter_but_by_an_appeal_that_is_upheld()
    {
        var barred = 0;
        AnyHistory.Sample(history =>
        {
            var (steps, day) = (new List<LadderStep>(), 0.0);
            foreach (var (trigger, act, who, wait) in history)
            {
                day += wait;
                var before = Until(steps, day);
                var revoked = steps.Count(s => s.State == StepState.Revoked);
                Call(steps, (LadderTrigger)trigger, day);
                Act(steps, act, who, day);
                if (steps.Count(s => s.State == StepState.Revoked) > revoked) continue;
                var after = Until(steps, day);
                foreach (var (what, until) in before)
                {
                    Interlocked.Increment(ref barred);
                    Assert.True(after[what] >= until, $"{what} until {until}, then until {after[what]}");
                }
            }
        }, iter: 2_000, threads: 1);
        Assert.True(barred > 1_000, $"only {barred} bars were looked at");
    }

    private static Dictionary<(Bar, BarHolder), Engine.Signals.Instant> Until(List<LadderStep> steps, double day) =>
        StandingBars.At(steps, Day(day)).GroupBy(b => (b.Bar, b.Holder)).ToDictionary(g => g.Key, g => g.Max(b => b.Until));

    private static void Call(List<LadderStep> steps, LadderTrigger trigger, double day)
    {
        var move = LadderRules.Next(Cn, steps, trigger, Day(day));
        var call = new LadderCall(LadderSubject.Of(BankA), BankA, null, trigger, Day(day - (steps.Count % 20)), [NewId()], "M-2026-000001");
        if (move.Kind == LadderMoveKind.Prolong) move.Step!.Do(new ProlongStep(trigger, null), Controls, day);
        if (move.Kind != LadderMoveKind.Climb) return;
        var step = new LadderStep();
        foreach (var happened in LadderRules.Draft(Cn, move, call, new StepDraft(NewId(), $"N-2026-{steps.Count:D6}", []), Controls, Day(day)).Events) step.Apply(happened);
        if (step.Version > 0) steps.Add(step);
    }

    private static void Act(List<LadderStep> steps, int act, int who, double day)
    {
        if (steps.Count == 0) return;
        var step = act % 2 == 0 ? steps[^1] : steps[(act + who) % steps.Count];
        StepCommand command = act switch
        {
            0 or 1 or 2 => new DecideStep(true, "x", []),
            3 => new DecideStep(false, "x", []),
            4 => new DelistSubject([.. step.Behind.Select(b => new BehindListing(b, "M", Casework.Rectifications.RectificationState.Mended, null))]),
            5 => new AppealStep("x"),
            _ => new DecideStepAppeal(who % 2 == 0, "x"),
        };
        var actor = who switch { 0 => Li, 1 => Wang, 2 => Zhao, 3 => Own, _ => Clerk };
        foreach (var happened in StepRules.Decide(step, command, actor, Day(day)).Events) step.Apply(happened);
    }
}
