using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Engine.Signals;
using static Cordon.Tests.Rectifications.Mending;

namespace Cordon.Tests.Rectifications;

public sealed class LadderGuardTests
{
    private static readonly Guid Behind = NewId();

    [Theory]
    [InlineData("", "overdue", "criticism")]
    [InlineData("", "overdueAgain", "nothing")]
    [InlineData("", "relapsed", "criticism")]
    [InlineData("", "listedTargetMissed", "nothing")]
    [InlineData("", "graveEvent", "veto")]
    [InlineData("", "topOfInvolvedListTwoMonths", "admonition")]
    [InlineData("criticism", "overdue", "prolong criticism")]
    [InlineData("criticism", "overdueAgain", "interview")]
    [InlineData("criticism interview?", "refuted", "waiting")]
    [InlineData("criticism interview?", "graveEvent", "veto")]
    [InlineData("criticism interview?", "topOfInvolvedListTwoMonths", "admonition")]
    [InlineData("criticism interview", "overdueAgain", "listing")]
    [InlineData("interview", "overdue", "nothing")]
    [InlineData("criticism interview listing", "refuted", "prolong listing")]
    [InlineData("criticism interview listing", "listedTargetMissed", "veto")]
    [InlineData("criticism interview listing veto?", "listedTargetMissed", "waiting")]
    [InlineData("criticism interview listing veto?", "graveEvent", "waiting")]
    [InlineData("listing veto", "relapsed", "nothing")]
    [InlineData("listing veto", "graveEvent", "veto")]
    [InlineData("admonition", "topOfInvolvedListTwoMonths", "prolong admonition")]
    [InlineData("admonition?", "overdue", "criticism")]
    public void A_trigger_leads_one_rung_on_from_where_the_subject_stands(string stands, string trigger, string expected)
    {
        var steps = stands.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => Step(Enum.Parse<Rung>(s.TrimEnd('?'), ignoreCase: true), issued: !s.EndsWith('?'))).ToList();
        var move = LadderRules.Next(Cn, steps, Enum.Parse<LadderTrigger>(trigger, ignoreCase: true), Day(10));
        Assert.Equal(expected, move switch
        {
            { Kind: LadderMoveKind.Climb } => move.Rung!.Rung.ToString().ToLowerInvariant(),
            { Kind: LadderMoveKind.Prolong } => "prolong " + move.Step!.Rung.ToString().ToLowerInvariant(),
            _ => move.Kind.ToString().ToLowerInvariant(),
        });
    }

    [Fact]
    public void A_criticism_that_stands_no_longer_is_where_the_ladder_begins_again()
    {
        var steps = new[] { Step(Rung.Criticism) };
        Assert.Equal(Rung.Interview, LadderRules.Next(Cn, steps, LadderTrigger.Refuted, Day(180)).Rung!.Rung);
        Assert.Equal(Rung.Criticism, LadderRules.Next(Cn, steps, LadderTrigger.Refuted, Day(190)).Rung!.Rung);
        steps[0].Do(new ProlongStep(LadderTrigger.Overdue, "M-2026-000002"), Controls, 100);
        Assert.Equal(Rung.Interview, LadderRules.Next(Cn, steps, LadderTrigger.Refuted, Day(190)).Rung!.Rung);
    }

    [Fact]
    public void Criticism_issues_by_itself_with_number_reason_officers_and_time_to_appeal()
    {
        var step = Step(Rung.Criticism);
        Assert.Equal((StepState.Issued, "N-2026-000001", "system:ladder"), (step.State, step.Number, step.IssuedBy));
        Assert.Equal("整改 M-2026-000001（b7）于 2026-03-02 到期，未报完成。", step.ReasonZh);
        Assert.Equal("Rectification M-2026-000001 (b7) was due on 2026-03-02 and was not claimed to be mended.", step.ReasonEn);
        Assert.Equal([OfficerRank.Principal, OfficerRank.InCharge, OfficerRank.Direct], step.Officers.Select(o => o.Rank));
        Assert.Empty(step.Effects);
        Assert.Null(step.DecideBy);
        Assert.Equal(At("2026-03-17T16:00:00Z"), step.AppealUntil);
    }

    [Fact]
    public void A_listing_bars_for_six_months_from_its_day_and_who_is_of_the_member_does_not_decide_it()
    {
        var step = Step(Rung.Listing, issued: false);
        Assert.Equal((StepState.Waiting, At("2026-03-07T16:00:00Z")), (step.State, step.DecideBy));
        Assert.Empty(StandingBars.At([step], Day(1)));
        Assert.Equal("ladder/not-supervisor", step.Refused(new DecideStep(true, "x", []), Clerk, 1));
        Assert.Equal("ladder/not-supervisor", step.Refused(new DecideStep(true, "x", []), Controls, 1));
        Assert.Equal("ladder/own-member", step.Refused(new DecideStep(true, "x", []), Own, 1));
        Assert.Equal("ladder/no-reason", step.Refused(new DecideStep(true, "", []), Li, 1));
        step.Do(new DecideStep(true, "Three claims did not hold.", []), Li, 1);
        Assert.Equal("ladder/wrong-state", step.Refused(new DecideStep(false, "x", []), Wang, 1));
        Assert.Equal(At("2026-09-03T16:00:00Z"), step.Limit);
        var bars = StandingBars.At([step], Day(100));
        Assert.Equal([(Bar.Honours, BarHolder.Unit, 0), (Bar.Awards, BarHolder.Officers, 3), (Bar.Promotion, BarHolder.Officers, 3)], bars.Select(b => (b.Bar, b.Holder, b.Officers.Length)));
        Assert.All(bars, b => Assert.Equal((At("2026-09-03T16:00:00Z"), "N-2026-000001"), (b.Until, b.Number)));
        Assert.Empty(StandingBars.At([step], At("2026-09-03T16:00:00Z")));
        Assert.Empty(StandingBars.At([step], Day(0.5)));
    }

    [Fact]
    public void Delisting_wants_the_measured_result_and_leaves_the_bars()
    {
        var step = Step(Rung.Listing);
        Assert.Equal("ladder/not-mended", step.Refused(new DelistSubject([Of(RectificationState.ClaimedDone, 5)]), Li, 30));
        Assert.Equal("ladder/not-mended", step.Refused(new DelistSubject([]), Li, 30));
        Assert.Contains("M-2026-000001", StepRules.Decide(step, new DelistSubject([Of(RectificationState.Refuted)]), Li, Day(30)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("ladder/own-member", step.Refused(new DelistSubject([Of(RectificationState.Mended)]), Own, 30));
        Assert.Equal("ladder/nothing-measured", Step(Rung.Listing, behind: []).Refused(new DelistSubject([]), Li, 30));
        step.Do(new DelistSubject([Of(RectificationState.Mended)]), Li, 30);
        Assert.Equal((StepState.Delisted, false), (step.State, step.Stands(Day(31))));
        Assert.Equal(3, StandingBars.At([step], Day(31)).Length);
    }

    [Fact]
    public void A_limit_is_missed_by_what_was_not_claimed_in_time_and_a_claim_in_time_waits_for_its_recheck()
    {
        var step = Step(Rung.Listing);
        var limit = (step.Limit!.Value - Start).TotalDays;
        Assert.Empty(Checked(RectificationState.Planned, limit - 0.1));
        Assert.Empty(Checked(RectificationState.Mended, limit));
        Assert.Empty(Checked(RectificationState.Withdrawn, limit));
        Assert.Empty(Checked(RectificationState.ClaimedDone, limit + 20, limit - 1));
        Assert.Equal(["M-2026-000001"], Assert.IsType<ListedTargetWasMissed>(Assert.Single(Checked(RectificationState.ClaimedDone, limit + 20, limit + 1))).Missing);
        Assert.Single(Checked(RectificationState.Refuted, limit + 20));
        step.Do(new CheckListing([Of(RectificationState.Planned)]), Controls, limit);
        Assert.Empty(Checked(RectificationState.Planned, limit + 1));

        ImmutableArray<StepEvent> Checked(RectificationState state, double day, double? claimed = null) =>
            StepRules.Decide(step, new CheckListing([Of(state, claimed)]), Controls, Day(day)).Events;
    }

    [Fact]
    public void A_veto_for_a_missed_target_wants_two_persons_and_counts_its_year_from_the_deadline()
    {
        var step = Step(Rung.Veto, issued: false, trigger: LadderTrigger.ListedTargetMissed);
        step.Do(new DecideStep(true, "Missed.", []), Li, 3);
        Assert.Equal((StepState.Endorsed, "person:li"), (step.State, step.EndorsedBy));
        Assert.Equal("ladder/same-person", step.Refused(new DecideStep(true, "x", []), Li, 3));
        step.Do(new DecideStep(true, "Missed.", []), Wang, 4);
        Assert.All(step.Effects, e => Assert.Equal((Start, Day(4), At("2027-03-02T16:00:00Z")), (e.CountedFrom, e.From, e.To)));
        // Nothing lifts it before its term but an appeal that another person upholds.
        Assert.Equal("ladder/not-a-listing", step.Refused(new DelistSubject([Of(RectificationState.Mended)]), Zhao, 5));
        Assert.Equal("ladder/wrong-state", step.Refused(new DecideStep(false, "x", []), Zhao, 5));
        Assert.Equal("ladder/no-appeal", step.Refused(new DecideStepAppeal(true, "x"), Zhao, 5));
        Assert.Equal("ladder/not-subject", step.Refused(new AppealStep("x"), Stranger, 5));
        step.Do(new AppealStep("整改已完成"), Clerk, 5);
        Assert.Equal("ladder/appealed", step.Refused(new AppealStep("再次"), Clerk, 5));
        Assert.Equal("ladder/same-person", step.Refused(new DecideStepAppeal(true, "x"), Li, 6));
        Assert.Equal("ladder/same-person", step.Refused(new DecideStepAppeal(true, "x"), Wang, 6));
        Assert.Equal("ladder/own-member", step.Refused(new DecideStepAppeal(true, "x"), Own, 6));
        Assert.Equal("ladder/not-decider", step.Refused(new DecideStepAppeal(true, "x"), Clerk, 6));
        step.Do(new DecideStepAppeal(true, "The recheck had been kept."), Zhao, 6);
        Assert.Equal(StepState.Revoked, step.State);
        Assert.Empty(StandingBars.At([step], Day(7)));
    }

    [Fact]
    public void A_grave_event_is_told_by_a_person_who_is_the_first_of_the_two()
    {
        var call = Call(LadderTrigger.GraveEvent) with { Note = "三百名受害人" };
        Assert.Null(StepRules.MayRaise(call, Li, Day(0)));
        Assert.Equal("ladder/own-member", StepRules.MayRaise(call, Own, Day(0))!.Code);
        Assert.Equal("ladder/not-supervisor", StepRules.MayRaise(call, Clerk, Day(0))!.Code);
        Assert.Equal("ladder/no-reason", StepRules.MayRaise(call with { Note = null }, Li, Day(0))!.Code);
        Assert.Equal("ladder/in-the-future", StepRules.MayRaise(call, Li, Day(-1))!.Code);
        Assert.Equal("ladder/not-for-persons", StepRules.MayRaise(call with { Trigger = LadderTrigger.Relapsed }, Li, Day(0))!.Code);
        var step = Draft(Rung.Veto, call, Li, []);
        Assert.Equal("ladder/same-person", step.Refused(new DecideStep(true, "x", []), Li, 1));
        Assert.Equal(StepState.Issued, step.Do(new DecideStep(true, "x", []), Wang, 1).State);
        Assert.Equal("2026-03-02 发生危害或影响特别重大的事件：三百名受害人", "" + step.ReasonZh);
        var old = call with { Occurred = Day(-400) };
        Assert.Equal("ladder/too-old", LadderRules.Draft(Cn, LadderRules.Next(Cn, [], old.Trigger, Start), old, New([]), Li, Start).Refusal!.Code);
    }

    [Fact]
    public void A_draft_falls_with_the_one_rectification_behind_it_and_an_appeal_has_its_time()
    {
        var step = Step(Rung.Interview, issued: false);
        Assert.Equal(StepState.Waiting, step.Do(new DropFallenStep(NewId(), "M"), Controls, 1).State);
        Assert.Equal(StepState.Dropped, step.Do(new DropFallenStep(Behind, "M-2026-000001"), Controls, 1).State);
        Assert.Equal("ladder/appeal-late", Step(Rung.Criticism).Refused(new AppealStep("x"), Clerk, 20));
        Assert.Equal("ladder/wrong-state", step.Refused(new AppealStep("x"), Clerk, 1));
    }

    [Fact]
    public void Regions_stand_on_the_ladder_as_members_do()
    {
        Assert.True(LadderSubject.TryParse("region:330100", out var region));
        var call = new LadderCall(region, MemberCode.Parse("gov-330100"), null, LadderTrigger.GraveEvent, Start, [], null, "x");
        var step = Draft(Rung.Veto, call, Li, []).Do(new DecideStep(true, "x", []), Wang, 1);
        Assert.Equal("region:330100", StandingBars.At([step], Day(2))[0].Subject.ToString());
        foreach (var wrong in new[] { "region:", "region:33/01", "member:Bank A", "person:x", "", null }) Assert.False(LadderSubject.TryParse(wrong, out _));
    }

    internal static LadderStep Step(Rung rung, bool issued = true, LadderTrigger? trigger = null, ImmutableArray<Guid>? behind = null)
    {
        var step = Draft(rung, Call(trigger ?? Cn.Find(rung)!.Triggers[0]), Actor.System("ladder"), behind ?? [Behind]);
        if (issued && step.Waits) step.Do(new DecideStep(true, "x", []), Li, 0);
        if (issued && step.Waits) step.Do(new DecideStep(true, "x", []), Wang, 0);
        return step;
    }

    private static LadderStep Draft(Rung rung, LadderCall call, Actor actor, ImmutableArray<Guid> behind)
    {
        var step = new LadderStep();
        foreach (var happened in LadderRules.Draft(Cn, new LadderMove(LadderMoveKind.Climb, Cn.Find(rung), null), call with { Behind = behind }, New(
            [new Officer(OfficerRank.Principal, "甲", "A"), new Officer(OfficerRank.InCharge, "乙", "B"), new Officer(OfficerRank.Direct, "丙", "C")]), actor, Start).Events)
            step.Apply(happened);
        return step;
    }

    private static StepDraft New(ImmutableArray<Officer> officers) => new(NewId(), "N-2026-000001", officers);

    private static LadderCall Call(LadderTrigger trigger) => new(LadderSubject.Of(BankA), BankA, "b7", trigger, Start, [Behind], "M-2026-000001");

    private static BehindListing Of(RectificationState state, double? claimed = null) => new(Behind, "M-2026-000001", state, claimed is { } day ? Day(day) : null);
}
