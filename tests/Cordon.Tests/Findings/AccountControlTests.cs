using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using static Cordon.Tests.Findings.ChainOf;

namespace Cordon.Tests.Findings;

public sealed class AccountControlTests
{
    private const string DueDiligence = "cn.atf.15.customer-due-diligence";
    private const string Suspicious = "cn.atf.18.suspicious-transactions";
    private const string PaymentData = "cn.atf.19.transaction-data";

    [Theory]
    [InlineData(IdentityCheck.Verified, Standing.Kept)]
    [InlineData(IdentityCheck.NotVerified, Standing.Breached)]
    [InlineData(IdentityCheck.Unknown, Standing.Unknown)]
    public void An_account_whose_holder_was_not_checked_is_a_breach(IdentityCheck identity, Standing expected)
    {
        Assert.Equal(expected, Judge(DueDiligence, Noon, Account(identity)).Standing);
    }

    [Fact]
    public void The_victims_own_account_to_which_money_came_back_is_not_judged()
    {
        Assert.Empty(All(Noon, Account(IdentityCheck.NotVerified, outcome: TraceOutcome.Returned)).Assessments);
    }

    [Theory]
    [InlineData(45_000, 60, Standing.Breached)]
    [InlineData(50_000, 1, Standing.Breached)]
    [InlineData(44_999, 60, Standing.Kept)]
    [InlineData(45_000, 61, Standing.Kept)]
    public void Nine_tenths_gone_within_the_hour_is_a_breach(long left, int minutes, Standing expected)
    {
        var standing = Judge(
            Suspicious, Noon + TimeSpan.FromDays(1),
            Account(arrived: 50_000), Into("t1", Noon, 50_000), OutOf("t2", Noon + TimeSpan.FromMinutes(minutes), left)).Standing;
        Assert.Equal(expected, standing);
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(9_999, false)]
    public void Small_sums_are_not_judged(long arrived, bool judged)
    {
        var result = All(Noon, Account(arrived: arrived), Into("t1", Noon, arrived), OutOf("t2", Noon, arrived));
        Assert.Equal(judged, result.Assessments.Any(a => a.Duty == Suspicious));
    }

    [Fact]
    public void Money_that_came_in_parts_is_matched_first_in_first_out()
    {
        // 30 at noon leave after 90 minutes together with the 70 of an hour later: only the 70 were fast.
        var assessment = Judge(
            Suspicious, Noon + TimeSpan.FromDays(1),
            Account(arrived: 100_000), Into("t1", Noon, 30_000), Into("t2", Noon + TimeSpan.FromMinutes(60), 70_000),
            OutOf("t3", Noon + TimeSpan.FromMinutes(90), 100_000));
        Assert.Equal(Standing.Kept, assessment.Standing);
        Assert.Equal("70.0", Assert.Single(assessment.Reasons, r => r.Fact == "sharePercent").Value);
    }

    [Fact]
    public void A_share_just_short_of_the_limit_does_not_read_as_the_limit()
    {
        var assessment = Judge(
            Suspicious, Noon, Account(arrived: 1_000_000), Into("t1", Noon, 1_000_000), OutOf("t2", Noon, 899_999));
        Assert.Equal((Standing.Kept, "89.9"), (assessment.Standing, assessment.Reasons.Single(r => r.Fact == "sharePercent").Value));
    }

    [Fact]
    public void What_left_under_a_standing_stop_is_the_stops_matter()
    {
        var result = All(
            Noon + TimeSpan.FromDays(1),
            Account(arrived: 50_000), Into("t1", Noon, 50_000), Stop(acknowledged: Noon + TimeSpan.FromMinutes(5)),
            OutOf("t2", Noon + TimeSpan.FromMinutes(20), 50_000));
        Assert.Equal(Standing.Kept, Assert.Single(result.Assessments, a => a.Duty == Suspicious).Standing);
        Assert.Contains(result.Findings, f => f.Duty == "cn.atf.20.no-outflow-after-stop");
    }

    [Fact]
    public void Where_the_two_ends_of_the_trace_disagree_the_answer_is_unknown()
    {
        var assessment = Judge(
            Suspicious, Noon, Account(arrived: 50_000), Into("t1", Noon, 50_000), OutOf("t2", Noon, 50_000, surely: 0));
        Assert.Equal(Standing.Unknown, assessment.Standing);
    }

    [Fact]
    public void An_account_that_was_not_looked_into_is_unknown()
    {
        var assessment = Judge(Suspicious, Noon, Account(arrived: 50_000, outcome: TraceOutcome.NotFollowed), Into("t1", Noon, 50_000));
        Assert.Equal(Standing.Unknown, assessment.Standing);
    }

    [Fact]
    public void A_merchant_is_not_judged_for_passing_its_own_money_on()
    {
        var result = All(
            Noon, Account(arrived: 50_000, kind: AccountKind.Merchant, outcome: TraceOutcome.Spent), Into("t1", Noon, 50_000), OutOf("t2", Noon, 50_000));
        Assert.DoesNotContain(result.Assessments, a => a.Duty == Suspicious);
    }

    [Theory]
    [InlineData(false, 10_000, Standing.Breached)]
    [InlineData(false, 0, Standing.Kept)]
    [InlineData(true, 10_000, Standing.Kept)]
    [InlineData(null, 10_000, Standing.Unknown)]
    public void A_pool_without_the_order_reference_hides_money_and_is_a_breach(bool? given, long hidden, Standing expected)
    {
        var assessment = Judge(PaymentData, Noon, Pool(given, hidden));
        Assert.Equal(expected, assessment.Standing);
        Assert.Equal(expected == Standing.Breached ? Yuan(hidden) : Yuan(0), assessment.Loss);
    }

    [Theory]
    [InlineData(Sector.TelecomOperator)]
    [InlineData(Sector.Police)]
    [InlineData(Sector.InternetPlatform)]
    public void A_member_of_another_sector_is_not_judged_by_the_duties_of_banks(Sector sector)
    {
        Assert.Empty(All(
            Noon + TimeSpan.FromDays(9), Account(IdentityCheck.NotVerified, arrived: 50_000, sector: sector), Stop(sector: sector),
            Into("t1", Noon, 50_000), OutOf("t2", Noon, 50_000)).Findings);
    }
}
