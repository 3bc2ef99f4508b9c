using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using static Cordon.Tests.Findings.ChainOf;

namespace Cordon.Tests.Findings;

public sealed class CallAndLineControlTests
{
    private const string TrueCallerId = "cn.atf.13.true-caller-id";
    private const string RealName = "cn.atf.9.real-name-line";
    private const string LineLimit = "cn.atf.10.line-limit";
    private const string IotScope = "cn.atf.12.iot-scope";

    [Theory]
    [InlineData(CallOrigin.InternationalTrunk, "+8613800000001", false, Standing.Breached)]
    [InlineData(CallOrigin.InternationalTrunk, "+8613800000001", true, Standing.Kept)]
    [InlineData(CallOrigin.InternationalTrunk, "+85291234567", false, Standing.Kept)]
    [InlineData(CallOrigin.InternationalTrunk, "+886912345678", false, Standing.Kept)]
    [InlineData(CallOrigin.Domestic, "+8613800000001", false, Standing.Kept)]
    [InlineData(CallOrigin.Unknown, "+8613800000001", false, Standing.Unknown)]
    public void A_domestic_number_over_an_international_trunk_is_a_breach_unless_roaming_is_proven(
        CallOrigin origin, string caller, bool roaming, Standing expected)
    {
        Assert.Equal(expected, Judge(TrueCallerId, Noon, Call(origin, caller, roaming)).Standing);
    }

    [Theory]
    [InlineData(IdentityCheck.Verified, Standing.Kept)]
    [InlineData(IdentityCheck.NotVerified, Standing.Breached)]
    [InlineData(IdentityCheck.Unknown, Standing.Unknown)]
    public void A_line_whose_holder_was_not_checked_is_a_breach(IdentityCheck identity, Standing expected)
    {
        Assert.Equal(expected, Judge(RealName, Noon, Line(identity)).Standing);
    }

    [Fact]
    public void The_operator_answers_for_its_agent_and_the_finding_names_both()
    {
        var finding = Assert.Single(All(Noon, Line(IdentityCheck.NotVerified)).Findings);
        Assert.Equal(("mvno-a", "shop-7", "line:+8613800000001"), (finding.Member.ToString(), finding.Agent, finding.Link));
        Assert.Equal("反电信网络诈骗法第9条", finding.Article.Zh);
        Assert.Equal(
            "mvno-a (through shop-7) opened line +8613800000001 at 2026-03-02T04:00:00Z without checking its holder (Anti-Telecom and Online Fraud Law (2022), art. 9).",
            finding.Statement.En);
        Assert.Equal("mvno-a（经shop-7）于2026-03-02T04:00:00Z开通号码+8613800000001，未核验用户真实身份（反电信网络诈骗法第9条）。", finding.Statement.Zh);
        Assert.Equal(["signal:mvno-a/s1"], finding.Evidence.Select(e => e.ToString()));
        Assert.Equal(Yuan(48_000), finding.Loss);
    }

    [Theory]
    [InlineData(1, Standing.Kept)]
    [InlineData(5, Standing.Kept)]
    [InlineData(6, Standing.Breached)]
    [InlineData(null, Standing.Unknown)]
    public void The_sixth_line_of_a_person_at_one_operator_is_a_breach_and_the_fifth_is_not(int? held, Standing expected)
    {
        Assert.Equal(expected, Judge(LineLimit, Noon, Line(held: held)).Standing);
    }

    [Theory]
    [InlineData(LineKind.Iot, 1, Standing.Breached)]
    [InlineData(LineKind.Iot, 0, Standing.Kept)]
    [InlineData(LineKind.Unknown, 1, Standing.Unknown)]
    public void A_card_for_things_that_calls_is_a_breach(LineKind kind, int calls, Standing expected)
    {
        Assert.Equal(expected, Judge(IotScope, Noon, Line(kind: kind, calls: calls)).Standing);
    }

    [Fact]
    public void The_duty_on_cards_for_things_says_nothing_of_a_telephone()
    {
        Assert.DoesNotContain(All(Noon, Line(kind: LineKind.Mobile)).Assessments, a => a.Duty == IotScope);
    }

    [Fact]
    public void A_line_is_judged_by_the_duty_in_force_when_it_was_opened()
    {
        var before = Assert.Single(All(Noon, Line(IdentityCheck.NotVerified, at: At("2022-11-30T15:59:59Z"))).Findings);
        var after = Assert.Single(All(Noon, Line(IdentityCheck.NotVerified, at: At("2022-11-30T16:00:00Z"))).Findings);
        Assert.Equal(("cn.six.real-name-line", RealName), (before.Duty, after.Duty));
        Assert.Empty(All(Noon, Line(IdentityCheck.NotVerified, at: At("2015-01-01T00:00:00Z"))).Assessments);
    }

    [Fact]
    public void A_breach_at_a_link_not_proven_part_of_the_fraud_is_unknown_and_no_finding()
    {
        var result = All(Noon, Line(IdentityCheck.NotVerified, proven: false));
        var assessment = Assert.Single(result.Assessments, a => a.Duty == RealName);
        Assert.Equal(Standing.Unknown, assessment.Standing);
        Assert.Contains(assessment.Reasons, r => r is { Fact: "partOfTheFraud", Value: "unknown" });
        Assert.Empty(result.Findings);
    }

    [Theory]
    [InlineData(Sector.Bank)]
    [InlineData(Sector.Police)]
    [InlineData(Sector.InternetPlatform)]
    [InlineData(Sector.Government)]
    [InlineData(null)]
    public void A_member_of_another_sector_is_not_judged_by_the_duties_of_telecom(Sector? sector)
    {
        var result = All(Noon, Call(sector: sector), Line(IdentityCheck.NotVerified, sector: sector));
        Assert.Empty(result.Assessments);
    }
}
