using Cordon.Casework.Cases;
using Cordon.Casework.Findings;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using static Cordon.Tests.Findings.ChainOf;

namespace Cordon.Tests.Findings;

public sealed class StopControlTests
{
    private const string Acknowledge = "cn.atf.20.stop-payment";
    private const string Outflow = "cn.atf.20.no-outflow-after-stop";
    private const string Release = "cn.stop86.release";
    private const string Return = "cn.return41.three-days";
    private const string TwoStops = "cn.stop86.two-stops";
    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);

    private static Instant After(double minutes) => Noon + TimeSpan.FromMinutes(minutes);

    [Fact]
    public void An_acknowledgement_at_thirty_minutes_is_in_time_and_a_microsecond_later_is_not()
    {
        Assert.Equal(Standing.Kept, Judge(Acknowledge, After(600), Stop(acknowledged: After(30))).Standing);
        Assert.Equal(Standing.Breached, Judge(Acknowledge, After(600), Stop(acknowledged: After(30) + Tick)).Standing);
    }

    [Fact]
    public void Silence_is_unknown_while_the_clock_runs_and_a_breach_after()
    {
        Assert.Equal(Standing.Unknown, Judge(Acknowledge, After(30), Stop()).Standing);
        Assert.Equal(Standing.Breached, Judge(Acknowledge, After(30) + Tick, Stop()).Standing);
    }

    [Fact]
    public void What_happens_after_the_instant_of_judging_is_not_known_then()
    {
        Assert.Equal(Standing.Unknown, Judge(Acknowledge, After(5), Stop(acknowledged: After(10))).Standing);
    }

    [Fact]
    public void A_receipt_or_a_refusal_counts_as_having_the_order()
    {
        Assert.Equal(Standing.Kept, Judge(Acknowledge, After(600), Stop(answered: After(10), held: 5)).Standing);
        Assert.Equal(Standing.Kept, Judge(Acknowledge, After(600), Stop(answered: After(10))).Standing);
    }

    [Fact]
    public void An_order_lifted_before_its_time_was_up_is_not_judged_for_silence()
    {
        Assert.DoesNotContain(All(After(600), Stop(ended: After(20))).Assessments, a => a.Duty == Acknowledge);
    }

    [Fact]
    public void The_loss_of_a_late_acknowledgement_is_what_left_beyond_the_time_allowed()
    {
        var finding = Assert.Single(
            All(After(600), Stop(acknowledged: After(90)), OutOf("t1", After(10), 1_000), OutOf("t2", After(60), 2_000)).Findings, f => f.Duty == Acknowledge);
        Assert.Equal(Yuan(2_000), finding.Loss);
        Assert.Equal(["signal:bank-a/t2", "order:S-1"], finding.Evidence.Select(e => e.ToString()));
        Assert.Contains("acknowledged: 2026-03-02T05:30:00Z", finding.Statement.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Money_that_leaves_after_the_stop_is_a_breach_and_at_its_very_instant_is_not()
    {
        var order = Stop(acknowledged: After(10));
        Assert.Equal(Standing.Kept, Judge(Outflow, After(600), order, OutOf("t1", After(10), 500)).Standing);
        var breach = Judge(Outflow, After(600), order, OutOf("t1", After(10) + Tick, 500));
        Assert.Equal((Standing.Breached, Yuan(500)), (breach.Standing, breach.Loss));
    }

    [Fact]
    public void An_order_nobody_acknowledged_binds_once_its_time_is_up()
    {
        Assert.Equal(Standing.Kept, Judge(Outflow, After(600), Stop(), OutOf("t1", After(30), 500)).Standing);
        Assert.Equal(Standing.Breached, Judge(Outflow, After(600), Stop(), OutOf("t1", After(31), 500)).Standing);
        Assert.Equal(Standing.Unknown, Judge(Outflow, After(20), Stop()).Standing);
    }

    [Fact]
    public void Money_may_leave_once_the_stop_has_ended()
    {
        var ended = Stop(acknowledged: After(10), ended: After(100));
        Assert.Equal(Standing.Kept, Judge(Outflow, After(600), ended, OutOf("t1", After(100), 500)).Standing);
        Assert.Equal(Standing.Breached, Judge(Outflow, After(600), ended, OutOf("t1", After(100) - Tick, 500)).Standing);
        var standing = Stop(acknowledged: After(10));
        Assert.Equal(Standing.Kept, Judge(Outflow, After(9_000), standing, OutOf("t1", After(10 + (48 * 60)), 500)).Standing);
    }

    [Fact]
    public void Where_the_full_sum_is_held_or_the_money_may_be_the_holders_own_the_answer_is_unknown()
    {
        var full = Stop(acknowledged: After(10), answered: After(11), held: 900, ordered: 900);
        Assert.Equal(Standing.Unknown, Judge(Outflow, After(600), full, OutOf("t1", After(20), 500)).Standing);
        var part = Stop(acknowledged: After(10), answered: After(11), held: 899, ordered: 900);
        Assert.Equal(Standing.Breached, Judge(Outflow, After(600), part, OutOf("t1", After(20), 500)).Standing);
        Assert.Equal(Standing.Unknown, Judge(Outflow, After(600), part, OutOf("t1", After(20), 500, surely: 0)).Standing);
    }

    [Fact]
    public void A_member_that_declined_is_judged_neither_for_outflow_nor_for_release()
    {
        var result = All(After(9_000), Stop(acknowledged: After(5), answered: After(10), ended: After(10)), OutOf("t1", After(20), 500));
        Assert.DoesNotContain(result.Assessments, a => a.Duty is Outflow or Release);
    }

    [Fact]
    public void A_stop_may_last_forty_eight_hours_from_its_beginning_and_no_microsecond_more()
    {
        var limit = After(10 + (48 * 60));
        Assert.Equal(Standing.Kept, Judge(Release, After(9_000), Stop(acknowledged: After(10), ended: limit)).Standing);
        Assert.Equal(Standing.Breached, Judge(Release, After(9_000), Stop(acknowledged: After(10), ended: limit + Tick)).Standing);
        Assert.Equal(Standing.Unknown, Judge(Release, limit, Stop(acknowledged: After(10))).Standing);
        Assert.Equal(Standing.Breached, Judge(Release, limit + Tick, Stop(acknowledged: After(10))).Standing);
    }

    [Fact]
    public void The_third_stop_of_an_account_is_a_finding_against_the_police_that_ordered_it()
    {
        var stops = new[] { Stop("S-1"), Stop("S-2", at: After(1)), Stop("S-3", at: After(2)) };
        var result = All(After(5), stops);
        Assert.Equal(
            [("order:S-1", Standing.Kept), ("order:S-2", Standing.Kept), ("order:S-3", Standing.Breached)],
            result.Assessments.Where(a => a.Duty == TwoStops).Select(a => (a.Link, a.Standing)));
        var finding = Assert.Single(result.Findings);
        Assert.Equal(("police-a", 3), (finding.Member.ToString(), finding.Evidence.Length));
        Assert.Null(finding.Agent);
    }

    [Fact]
    public void Stops_of_other_cases_count_where_the_order_tells_its_number()
    {
        Assert.Equal(Standing.Breached, Judge(TwoStops, After(5), Stop(ordinal: 3)).Standing);
        Assert.Equal(Standing.Kept, Judge(TwoStops, After(5), Stop(ordinal: 2)).Standing);
    }

    [Fact]
    public void A_return_is_kept_when_it_is_paid_by_its_day_and_breached_when_that_is_past()
    {
        var due = After(3 * 24 * 60);
        Assert.Equal(Standing.Kept, Judge(Return, After(9_000), ReturnBy(due, paid: due)).Standing);
        Assert.Equal(Standing.Breached, Judge(Return, After(9_000), ReturnBy(due, paid: due + Tick)).Standing);
        Assert.Equal(Standing.Unknown, Judge(Return, due, ReturnBy(due)).Standing);
        var finding = Assert.Single(All(due + Tick, ReturnBy(due)).Findings, f => f.Duty == Return);
        Assert.Equal(Yuan(480), finding.Loss);
        Assert.Contains("was due to be paid by 2026-03-05T04:00:00Z; paid: never", finding.Statement.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_return_that_was_declined_or_lifted_is_owed_no_longer()
    {
        Assert.DoesNotContain(All(After(9_000), ReturnBy(After(60)) with { EndedAt = After(30) }).Assessments, a => a.Duty == Return);
        Assert.DoesNotContain(All(After(9_000), ReturnBy(After(60))).Assessments, a => a.Duty is Acknowledge or Outflow or Release or TwoStops);
    }

    private static OrderLink ReturnBy(Instant due, Instant? paid = null) =>
        Stop("R-1", answered: paid, ended: paid, ordered: 480) with { OrderKind = OrderKind.Return, AnswerDue = due };
}
