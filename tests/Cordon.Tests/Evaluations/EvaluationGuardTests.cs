using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using static Cordon.Tests.Evaluations.ComputationTests;

namespace Cordon.Tests.Evaluations;

public sealed class EvaluationGuardTests
{
    private static readonly Actor Li = Person("li", null, Roles.Supervisor);
    private static readonly Actor Wang = Person("wang", null, Roles.Supervisor);
    private static readonly Actor Decider = Person("decider", null, Roles.AppealDecider);
    private static readonly Actor Clerk = Person("clerk", "bank-a", Roles.MemberClerk);
    private static readonly Actor Stranger = Person("stranger", "tel-a", Roles.MemberClerk);
    private static readonly Actor Cordon = Actor.System("evaluation");
    private static readonly Guid Id = new(1, 0, 7, new byte[8]);
    private static readonly Instant Before = At("2026-03-20T08:00:00Z");
    private static readonly Instant Within = At("2026-04-20T08:00:00Z");
    private static readonly Instant After = At("2026-05-08T08:00:00Z");

    [Fact]
    public void A_formula_cannot_be_changed_once_it_is_frozen_or_its_period_has_begun()
    {
        var draft = Drafted();
        Assert.Equal("evaluation/not-supervisor", Refused(draft, new ChangeFormula("1.0"), Clerk, Before));
        Assert.Equal("evaluation/period-begun", Refused(draft, new ChangeFormula("1.0"), Li, Within));
        Assert.Equal("evaluation/period-begun", Refused(draft, new FreezeEvaluation(), Wang, Within));
        Do(draft, new ChangeFormula("50.0 * stopAcknowledged.kept"), Wang, Before);
        Assert.Equal("evaluation/same-person", Refused(draft, new FreezeEvaluation(), Wang, Before));
        Do(draft, new FreezeEvaluation(), Li, Before);
        Assert.Equal((draft.Scheme.Hash, EvaluationState.Frozen), (draft.FrozenHash!, draft.State));
        foreach (var at in (Instant[])[Before, Within, After])
            Assert.Equal("evaluation/frozen", Refused(draft, new ChangeFormula("1.0"), Wang, at));
        Assert.Equal("evaluation/period-begun", Refused(draft, new WithdrawEvaluation("x"), Wang, Within));
        Assert.Equal("evaluation/no-reason", Refused(draft, new WithdrawEvaluation(" "), Wang, Before));
        Assert.Equal(EvaluationState.Withdrawn, Do(draft, new WithdrawEvaluation("Another month."), Wang, Before).State);
        Assert.Equal("evaluation/period-begun", EvaluationRules.Decide(new Evaluation(), new DraftEvaluation(Id, "P", Scheme()), Li, false, Within).Refusal!.Code);
    }

    [Fact]
    public void A_formula_that_does_not_check_is_refused_with_its_place_and_what_was_meant()
    {
        var refusal = EvaluationRules.Decide(Drafted(), new ChangeFormula("10.0 *\n  stopAcknowledged.kpt"), Li, false, Before).Refusal!;
        Assert.Equal(("evaluation/bad-formula", "Line 2, column 20: The name 'stopAcknowledged.kpt' is not known here. Did you mean 'stopAcknowledged.kept'?"), (refusal.Code, refusal.Message));
    }

    [Fact]
    public void Nobody_settles_or_judges_a_league_in_which_their_own_member_stands()
    {
        EvaluationCommand[] all = [new ChangeFormula("1.0"), new FreezeEvaluation(), new WithdrawEvaluation("x"), new PublishEvaluation(), new DecideContest(1, null, "x")];
        foreach (var command in all)
            Assert.Equal("evaluation/party", EvaluationRules.Decide(Contested(), command, Li, ownSector: true, Within).Refusal!.Code);
        Assert.Equal("evaluation/party", EvaluationRules.Decide(new Evaluation(), new DraftEvaluation(Id, "P", Scheme()), Li, ownSector: true, Before).Refusal!.Code);
    }

    [Fact]
    public void The_result_is_counted_by_cordon_itself_and_only_when_what_is_told_late_is_in()
    {
        var frozen = Frozen();
        var figures = Figures(("bank-a", 500, 9), ("bank-b", 500, 400));
        Assert.Equal("evaluation/not-measured", Refused(frozen, figures, Li, After));
        Assert.Equal("evaluation/not-over", Refused(frozen, figures, Cordon, At("2026-05-07T15:59:59Z")));
        Assert.Equal("evaluation/wrong-state", Refused(Drafted(), figures, Cordon, After));
        Assert.Equal("evaluation/wrong-state", Refused(frozen, new PublishEvaluation(), Li, After));
        Do(frozen, figures, Cordon, After);
        Assert.Equal((EvaluationState.Computed, 1, VersionCause.PeriodEnded), (frozen.State, frozen.Versions.Length, frozen.Result!.Cause));
        Assert.Equal([("bank-a", 1), ("bank-b", 2)], frozen.Result.Members.Select(m => (m.Member.ToString(), m.Rank!.Value.Best)));
        // Read again and the same, nothing happens; read again and other, both stand side by side.
        Assert.Empty(EvaluationRules.Decide(frozen, figures, Cordon, false, After).Events);
        Do(frozen, Figures(("bank-a", 500, 10), ("bank-b", 500, 400)), Cordon, After);
        Assert.Equal([VersionCause.PeriodEnded, VersionCause.ReadAgain], frozen.Versions.Select(v => v.Cause));
    }

    [Fact]
    public void Two_supervisors_publish_and_one_alone_does_not()
    {
        var computed = Do(Frozen(), Figures(("bank-a", 500, 9)), Cordon, After);
        Assert.Equal("evaluation/not-supervisor", Refused(computed, new PublishEvaluation(), Decider, After));
        Do(computed, new PublishEvaluation(), Li, After);
        Assert.Equal((EvaluationState.Computed, "evaluation/same-person"), (computed.State, Refused(computed, new PublishEvaluation(), Li, After)));
        Assert.Equal(EvaluationState.Published, Do(computed, new PublishEvaluation(), Wang, After).State);
        Assert.Empty(EvaluationRules.Decide(computed, new PublishEvaluation(), Li, false, After).Events);
    }

    [Fact]
    public void Who_put_a_version_forward_spoke_for_that_one_alone()
    {
        var state = Contested();
        Do(state, new PublishEvaluation(), Li, After);
        Do(state, new DecideContest(1, new Correction(500, 2, 0), "Two of the nine."), Decider, After);
        Assert.Equal((2, null), (state.Latest, state.PutForwardBy));
        // The second supervisor puts the new version forward, and publishes nothing alone.
        Assert.Equal(EvaluationState.Computed, Do(state, new PublishEvaluation(), Wang, After).State);
        Assert.Equal("evaluation/same-person", Refused(state, new PublishEvaluation(), Wang, After));
        Assert.Equal(EvaluationState.Published, Do(state, new PublishEvaluation(), Li, After).State);
    }

    [Fact]
    public void A_contested_figure_is_decided_by_somebody_else_and_corrected_beside_the_old_version()
    {
        var state = Contested();
        Assert.Equal("evaluation/contest-open", Refused(state, new ContestValue("stopAcknowledged", "again"), Clerk, After));
        Assert.Equal("evaluation/not-decider", Refused(state, new DecideContest(1, null, "x"), Clerk, After));
        Assert.Equal("evaluation/no-contest", Refused(state, new DecideContest(2, null, "x"), Decider, After));
        Assert.Equal("evaluation/no-reason", Refused(state, new DecideContest(1, null, ""), Decider, After));
        foreach (var wrong in (Correction[])[new(500, 501, 0), new(500, -1, 0), new(0, 0, 7), new(long.MaxValue, 0, 0)])
            Assert.Equal("evaluation/bad-correction", Refused(state, new DecideContest(1, wrong, "x"), Decider, After));
        Do(state, new DecideContest(1, new Correction(500, 2, 0), "Two of the nine were acknowledged by telephone."), Decider, After);
        Assert.Equal([9L, 2L], state.Versions.Select(v => v.Members[0].Values.Single(x => x.Measure == "stopAcknowledged").Faults));
        Assert.Equal((VersionCause.Corrected, 1, 1), (state.Result!.Cause, state.Result.Contest, state.Result.Members[0].Values.Single(x => x.Measure == "stopAcknowledged").Contest));
        Assert.NotEqual(state.Versions[0].Hash, state.Versions[1].Hash);
        Assert.Equal(("Two of the nine were acknowledged by telephone.", true, "person:decider"), (state.Contests[0].Reason!, state.Contests[0].Upheld!.Value, state.Contests[0].DecidedBy!));
        // What was set right stays so when the records are read again.
        Assert.Empty(EvaluationRules.Decide(state, Figures(("bank-a", 500, 9)), Cordon, false, After).Events);
        Assert.Equal("evaluation/contest-late", Refused(state, new ContestValue("stopAcknowledged", "late"), Clerk, After + TimeSpan.FromDays(10)));
    }

    [Fact]
    public void Only_a_member_of_the_league_contests_and_only_figures_there_are()
    {
        var computed = Do(Frozen(), Figures(("bank-a", 500, 9)), Cordon, After);
        Assert.Equal("evaluation/no-result", Refused(Frozen(), new ContestValue("stopAcknowledged", "x"), Clerk, Within));
        Assert.Equal("evaluation/not-a-member", Refused(computed, new ContestValue("stopAcknowledged", "x"), Stranger, After));
        Assert.Equal("evaluation/not-a-member", Refused(computed, new ContestValue("stopAcknowledged", "x"), Li, After));
        Assert.Equal("evaluation/unknown-measure", Refused(computed, new ContestValue("stopAcknowledged.kept", "x"), Clerk, After));
        Assert.Equal("evaluation/no-text", Refused(computed, new ContestValue("stopAcknowledged", ""), Clerk, After));
    }

    [Fact]
    public void A_rejected_contest_leaves_its_reason_and_no_version()
    {
        var state = Do(Contested(), new DecideContest(1, null, "The records show nine."), Decider, After);
        Assert.Equal((1, false, "The records show nine."), (state.Versions.Length, state.Contests[0].Upheld!.Value, state.Contests[0].Reason!));
        Assert.Equal("evaluation/no-contest", Refused(state, new DecideContest(1, null, "x"), Decider, After));
    }

    private static Evaluation Drafted() => Do(new Evaluation(), new DraftEvaluation(Id, "P-2026-000001", Scheme() with { Formula = "100.0 * stopAcknowledged.kept" }), Li, Before);

    private static Evaluation Frozen() => Do(Drafted(), new FreezeEvaluation(), Wang, Before);

    private static Evaluation Contested() => Do(Do(Frozen(), Figures(("bank-a", 500, 9)), Cordon, After), new ContestValue("stopAcknowledged", "两笔已电话签收"), Clerk, After);

    private static ComputeEvaluation Figures(params (string Code, long Occasions, long Faults)[] told) =>
        new([.. told.Select(t => Member(t.Code, ("stopAcknowledged", t.Occasions, t.Faults)))], "pack", 7);

    private static Evaluation Do(Evaluation state, EvaluationCommand command, Actor actor, Instant now)
    {
        var decision = EvaluationRules.Decide(state, command, actor, false, now);
        Assert.Null(decision.Refusal);
        foreach (var happened in decision.Events) state.Apply(happened);
        return state;
    }

    private static string? Refused(Evaluation state, EvaluationCommand command, Actor actor, Instant now) => EvaluationRules.Decide(state, command, actor, false, now).Refusal?.Code;

    private static Actor Person(string name, string? member, params string[] roles) => new("person:" + name, member is null ? null : MemberCode.Parse(member), roles.ToImmutableHashSet());
}
