using Cordon.Casework.Controls;
using Cordon.Casework.Rectifications;
using static Cordon.Tests.Rectifications.Mending;

namespace Cordon.Tests.Rectifications;

public sealed class RectificationGuardTests
{
    [Fact]
    public void A_loophole_is_planned_claimed_read_again_and_then_closed()
    {
        var state = Open();
        Assert.Equal((RectificationState.Opened, At("2026-04-01T16:00:00Z")), (state.State, state.Due));
        state.Do(Planned(20), Clerk, 2).Do(Done, Clerk, 10);
        Assert.Equal((RectificationState.ClaimedDone, Day(38)), (state.State, state.RecheckUntil));
        state.Do(new Recheck([Reading(10, 38, ControlVerdict.Kept)]), Controls, 38);
        Assert.Equal((RectificationState.Mended, Day(38), Day(128), false), (state.State, state.MendedAt, state.WatchUntil, state.IsOpen));
        Assert.Null(state.Checks.Single().Inspector);
    }

    [Fact]
    public void What_was_done_on_paper_only_is_open_again_and_wants_a_new_plan()
    {
        var state = Claimed().Do(new Recheck([Reading(10, 24, ControlVerdict.Burnt)]), Controls, 24);
        Assert.Equal((RectificationState.Refuted, 1, Day(39)), (state.State, state.RefutedCount, state.Due));
        Assert.Equal("rectification/no-plan", state.Refused(Done, Clerk, 25));
        state.Do(Planned(30), Clerk, 25).Do(Done, Clerk, 26);
        Assert.Equal("rectification/before-claim", state.Refused(new Recheck([Reading(10, 54, ControlVerdict.Burnt)]), Controls, 54));
        state.Do(new Recheck([Reading(26, 54, ControlVerdict.Kept)]), Controls, 54);
        Assert.Equal(RectificationState.Mended, state.State);
    }

    [Fact]
    public void A_refutation_takes_nothing_away_of_the_first_term()
    {
        var state = Open().Do(Planned(5), Clerk, 1).Do(Done, Clerk, 1);
        var due = state.Due;
        Assert.Equal(due, state.Do(new Recheck([Reading(1, 3, ControlVerdict.Burnt)]), Controls, 3).Due);
    }

    [Fact]
    public void Too_little_to_see_prolongs_the_span_twice_and_then_a_person_looks()
    {
        var state = Claimed().Do(new Recheck([Reading(10, 38, ControlVerdict.TooFew)]), Controls, 38);
        Assert.Equal((RectificationState.ClaimedDone, Day(66)), (state.State, state.RecheckUntil));
        Assert.Equal("rectification/span-runs", state.Refused(new Recheck([Reading(10, 60, ControlVerdict.Kept)]), Controls, 60));
        state.Do(new Recheck([Reading(10, 66, ControlVerdict.TooFew)]), Controls, 66);
        Assert.Equal("rectification/wrong-state", state.Refused(new InspectRectification(true, "Seen."), Li, 70));
        state.Do(new Recheck([Reading(10, 94, ControlVerdict.TooFew)]), Controls, 94);
        Assert.Equal(RectificationState.AwaitsInspection, state.State);
        Assert.Empty(RectificationRules.Tick(state, Day(2_000)).Events);

        Assert.Equal("rectification/not-centre", state.Refused(new InspectRectification(true, "Seen."), Clerk, 95));
        Assert.Equal("rectification/not-centre", state.Refused(new InspectRectification(true, "Seen."), Controls, 95));
        Assert.Equal("rectification/own-member", state.Refused(new InspectRectification(true, "Seen."), Own, 95));
        Assert.Equal("rectification/same-person", state.Refused(new InspectRectification(true, "Seen."), Opener, 95));
        Assert.Equal("rectification/no-reason", state.Refused(new InspectRectification(true, " "), Li, 95));
        state.Do(new InspectRectification(true, "Seen."), Li, 95);
        Assert.Equal((RectificationState.Mended, "person:li"), (state.State, state.Checks[^1].Inspector));
    }

    [Fact]
    public void An_inspector_can_find_that_it_is_not_mended()
    {
        var state = Claimed(measured: false);
        Assert.Equal("rectification/controls-missing", state.Refused(new Recheck([]), Controls, 50));
        state.Do(new TickRectification(), Controls, 38);
        Assert.Equal(RectificationState.AwaitsInspection, state.State);
        state.Do(new InspectRectification(false, "The files are empty."), Wang, 40);
        Assert.Equal((RectificationState.Refuted, 1), (state.State, state.RefutedCount));
    }

    [Fact]
    public void A_relapse_within_the_watch_reopens_and_one_after_it_is_another_loophole()
    {
        var state = Claimed().Do(new Recheck([Reading(10, 38, ControlVerdict.Kept)]), Controls, 38);
        // The span reaches back to what was before the claim.
        state.Do(new JoinShortcoming(Burnt(5, 60)), Controls, 60);
        Assert.Equal(RectificationState.Mended, state.State);
        Assert.True(RectificationRules.Takes(state, Burnt(127, 155)));
        Assert.False(RectificationRules.Takes(state, Burnt(128, 156)));
        state.Do(new JoinShortcoming(Burnt(32, 60)), Controls, 60);
        Assert.Equal((RectificationState.Relapsed, 1, Day(75)), (state.State, state.RelapsedCount, state.Due));
        Assert.Null(state.Plan);
    }

    [Fact]
    public void A_burnt_control_refutes_a_claim_only_by_what_came_after_it()
    {
        var state = Claimed().Do(new JoinShortcoming(Burnt(9, 20)), Controls, 20);
        Assert.Equal(RectificationState.ClaimedDone, state.State);
        state.Do(new JoinShortcoming(Burnt(11, 20)), Controls, 20);
        Assert.Equal(RectificationState.Refuted, state.State);
    }

    [Fact]
    public void Findings_and_burnt_controls_of_one_cause_are_one_rectification()
    {
        var state = Open();
        var second = Found(1, Other);
        state.Do(new JoinShortcoming(second), Controls, 2).Do(new JoinShortcoming(second), Controls, 3).Do(new JoinShortcoming(Burnt(0, 14)), Controls, 14);
        Assert.Equal([Duty, Other], state.Basis);
        Assert.Equal((2, 1), (state.Findings.Length, state.Readings.Length));
        Assert.Equal("rectification/other-cause", state.Refused(new JoinShortcoming(Found(1, cause: Cause("b8"))), Controls, 14));
        state.Do(Planned(20), Clerk, 15).Do(Done, Clerk, 16);
        Assert.Equal("rectification/controls-missing", state.Refused(new Recheck([Reading(16, 44, ControlVerdict.Kept)]), Controls, 44));
        Assert.Equal(RectificationState.Mended, state.Do(new Recheck([Reading(16, 44, ControlVerdict.Kept), Reading(16, 44, ControlVerdict.Kept, Other)]), Controls, 44).State);
    }

    [Fact]
    public void A_finding_within_what_a_control_allows_refutes_nothing_and_one_that_nothing_measures_does()
    {
        Assert.Equal(RectificationState.ClaimedDone, Claimed().Do(new JoinShortcoming(Found(12)), Controls, 13).State);
        Assert.Equal(RectificationState.Refuted, Claimed(measured: false).Do(new JoinShortcoming(Found(12, measured: false)), Controls, 13).State);
        Assert.Equal(RectificationState.ClaimedDone, Claimed(measured: false).Do(new JoinShortcoming(Found(9, measured: false)), Controls, 13).State);
    }

    [Fact]
    public void A_date_that_passes_is_overdue_by_itself_and_again_each_period_and_a_clock_that_slept_counts_once()
    {
        var state = Open();
        Assert.Empty(RectificationRules.Tick(state, state.Due - TimeSpan.FromMilliseconds(1)).Events);
        var first = Assert.IsType<RectificationOverdue>(Assert.Single(RectificationRules.Tick(state, state.Due).Events));
        state.Apply(first);
        Assert.Equal((1, state.Due, state.Due + TimeSpan.FromDays(15)), (first.Count, first.Deadline, first.Next));
        var second = Assert.IsType<RectificationOverdue>(Assert.Single(RectificationRules.Tick(state, state.Due + TimeSpan.FromDays(50)).Events));
        state.Apply(second);
        Assert.Equal((2, state.Due + TimeSpan.FromDays(60)), (second.Count, second.Next));
        Assert.Empty(RectificationRules.Tick(state, state.Due + TimeSpan.FromDays(50)).Events);
        // It can still be planned, up to the next deadline, and claimed: then no clock runs against the member.
        Assert.Equal("rectification/plan-too-late", state.Refused(Planned(200), Clerk, 85));
        state.Do(Planned(88), Clerk, 85).Do(Done, Clerk, 86);
        Assert.Null(state.OverdueAt);
        Assert.Empty(RectificationRules.Tick(state, Day(114)).Events);
    }

    [Fact]
    public void A_control_that_says_nothing_for_a_whole_further_span_leaves_it_to_a_person()
    {
        var state = Claimed();
        Assert.Empty(RectificationRules.Tick(state, Day(65.9)).Events);
        Assert.IsType<InspectionAwaited>(Assert.Single(RectificationRules.Tick(state, Day(66)).Events));
    }

    [Fact]
    public void A_member_contests_once_at_a_time_and_another_than_who_opened_it_decides()
    {
        var state = Open().Do(new ContestRectification("不是我行网点"), Clerk, 1);
        Assert.Equal("rectification/open-contest", state.Refused(new ContestRectification("再次"), Clerk, 1));
        Assert.Equal("rectification/not-the-member", state.Refused(new ContestRectification("x"), Stranger, 1));
        Assert.Equal("rectification/unknown-contest", state.Refused(new DecideRectificationContest(2, true, "x"), Li, 2));
        Assert.Equal("rectification/own-member", state.Refused(new DecideRectificationContest(1, true, "x"), Own, 2));
        Assert.Equal("rectification/same-person", state.Refused(new DecideRectificationContest(1, true, "x"), Opener, 2));
        state.Do(new DecideRectificationContest(1, false, "The branch is theirs."), Li, 2);
        Assert.Equal("rectification/contest-decided", state.Refused(new DecideRectificationContest(1, true, "x"), Wang, 3));
        state.Do(new ContestRectification("新证据"), Clerk, 3).Do(new DecideRectificationContest(2, true, "The branch was sold."), Wang, 4);
        Assert.Equal((RectificationState.Withdrawn, "The branch was sold."), (state.State, state.Contests[1].Reason));
        Assert.True(RectificationRules.Takes(state, Found(3)));
        Assert.False(RectificationRules.Takes(state, Found(5)));
        Assert.Empty(RectificationRules.Tick(state, Day(500)).Events);
    }

    public static TheoryData<string, RectificationState, string> Refusals => new()
    {
        { "plan by a stranger", RectificationState.Opened, "rectification/not-the-member" },
        { "plan without text", RectificationState.Opened, "rectification/no-text" },
        { "plan without an officer", RectificationState.Opened, "rectification/no-officer" },
        { "plan for yesterday", RectificationState.Opened, "rectification/plan-in-the-past" },
        { "plan after the due date", RectificationState.Opened, "rectification/plan-too-late" },
        { "plan what is claimed", RectificationState.ClaimedDone, "rectification/wrong-state" },
        { "claim by a stranger", RectificationState.Planned, "rectification/not-the-member" },
        { "claim without a plan", RectificationState.Opened, "rectification/no-plan" },
        { "claim twice", RectificationState.ClaimedDone, "rectification/wrong-state" },
        { "claim with an empty paper", RectificationState.Planned, "rectification/bad-evidence" },
        { "recheck by hand", RectificationState.ClaimedDone, "rectification/not-measured" },
        { "recheck before a claim", RectificationState.Planned, "rectification/wrong-state" },
        { "recheck of another member", RectificationState.ClaimedDone, "rectification/other-control" },
        { "recheck of another unit", RectificationState.ClaimedDone, "rectification/other-control" },
        { "recheck of another duty", RectificationState.ClaimedDone, "rectification/other-control" },
        { "recheck from before the claim", RectificationState.ClaimedDone, "rectification/before-claim" },
        { "recheck that leaves out the first days", RectificationState.ClaimedDone, "rectification/late-begin" },
        { "recheck of the future", RectificationState.ClaimedDone, "rectification/not-over" },
        { "recheck too early", RectificationState.ClaimedDone, "rectification/span-runs" },
        { "recheck of nothing", RectificationState.ClaimedDone, "rectification/controls-missing" },
        { "open twice", RectificationState.Opened, "rectification/exists" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_does_not_fit_is_refused_by_name(string attempt, RectificationState state, string code)
    {
        var rectification = state switch
        {
            RectificationState.Opened => Open(),
            RectificationState.Planned => Open().Do(Planned(20), Clerk, 2),
            _ => Claimed(),
        };
        var kept = ControlVerdict.Kept;
        Assert.Equal(code, attempt switch
        {
            "plan by a stranger" => rectification.Refused(Planned(20), Stranger, 3),
            "plan without text" => rectification.Refused(Planned(20) with { Text = "  " }, Clerk, 3),
            "plan without an officer" => rectification.Refused(Planned(20) with { Officer = "" }, Clerk, 3),
            "plan for yesterday" => rectification.Refused(Planned(2), Clerk, 3),
            "plan after the due date" => rectification.Refused(Planned(31), Clerk, 3),
            "plan what is claimed" => rectification.Refused(Planned(20), Clerk, 11),
            "claim by a stranger" => rectification.Refused(Done, Stranger, 3),
            "claim without a plan" or "claim twice" => rectification.Refused(Done, Clerk, 11),
            "claim with an empty paper" => rectification.Refused(Done with { Evidence = [""] }, Clerk, 3),
            "recheck by hand" => rectification.Refused(new Recheck([Reading(10, 38, kept)]), Wang, 40),
            "recheck before a claim" => rectification.Refused(new Recheck([Reading(10, 38, kept)]), Controls, 40),
            "recheck of another member" => rectification.Refused(new Recheck([Reading(10, 38, kept, member: "bank-b")]), Controls, 40),
            "recheck of another unit" => rectification.Refused(new Recheck([Reading(10, 38, kept, unit: null)]), Controls, 40),
            "recheck of another duty" => rectification.Refused(new Recheck([Reading(10, 38, kept, Other)]), Controls, 40),
            "recheck from before the claim" => rectification.Refused(new Recheck([Reading(9, 38, ControlVerdict.Burnt)]), Controls, 40),
            "recheck that leaves out the first days" => rectification.Refused(new Recheck([Reading(12, 40, kept)]), Controls, 40),
            "recheck of the future" => rectification.Refused(new Recheck([Reading(10, 41, kept)]), Controls, 40),
            "recheck too early" => rectification.Refused(new Recheck([Reading(10, 37, kept)]), Controls, 37),
            "recheck of nothing" => rectification.Refused(new Recheck([]), Controls, 40),
            "open twice" => rectification.Refused(new OpenRectification(Guid.Empty, "M", Found(0), "h", Terms, Day(30)), Opener, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(attempt)),
        });
    }
}
