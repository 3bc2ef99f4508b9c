using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Screening;

public sealed class RulesTests
{
    private const string Mobile = "+8613800000001";
    private const string Other = "+8613900000002";
    private const string Police = "+86110000";

    private readonly Scene scene = new();

    [Fact]
    public void A_domestic_number_from_abroad_without_proof_of_roaming_is_blocked()
    {
        var verdict = scene.Tell(scene.Call(Mobile, Other, CallOrigin.InternationalTrunk));
        AssertOnly(verdict, VerdictAction.Block, "call.spoofed-origin", "cn.atf.13.true-caller-id");
        Assert.Contains(new KeyValuePair<string, string>("call.caller", Mobile), verdict.Reasons[0].Values);
    }

    [Theory]
    [InlineData(Mobile, CallOrigin.InternationalTrunk, true)]
    [InlineData(Mobile, CallOrigin.Domestic, false)]
    [InlineData(Mobile, CallOrigin.Unknown, false)]
    [InlineData("+85212345678", CallOrigin.InternationalTrunk, false)]
    [InlineData("+88612345678", CallOrigin.InternationalTrunk, false)]
    [InlineData("+18600000000", CallOrigin.InternationalTrunk, false)]
    public void Roaming_domestic_origin_and_foreign_numbers_are_no_spoofing(string caller, CallOrigin origin, bool roams) =>
        AssertAllowed(scene.Tell(scene.Call(caller, Other, origin, roams)));

    [Fact]
    public void A_spoofed_number_is_blocked_even_where_the_number_shown_may_never_be_blocked()
    {
        scene.Put(ListName.NeverBlockNumbers, Police);
        AssertOnly(scene.Tell(scene.Call(Police, Other, CallOrigin.InternationalTrunk)), VerdictAction.Block, "call.spoofed-origin", "cn.atf.13.true-caller-id");
    }

    [Fact]
    public void A_call_to_a_number_that_may_never_be_blocked_passes_every_rule_that_blocks()
    {
        scene.Put(ListName.NeverBlockNumbers, Police);
        scene.Put(ListName.FraudNumbers, Mobile);
        scene.Tell(scene.Line(Mobile, LineKind.Iot));
        AssertAllowed(scene.Tell(scene.Call(Mobile, Police, CallOrigin.InternationalTrunk)));
    }

    [Fact]
    public void A_card_for_things_that_calls_a_person_is_blocked()
    {
        scene.Tell(scene.Line(Mobile, LineKind.Iot));
        AssertOnly(scene.Tell(scene.Call(Mobile, Other)), VerdictAction.Block, "call.iot-voice", "cn.atf.12.iot-scope");
    }

    [Fact]
    public void Cards_for_things_may_call_each_other_and_people_may_call_them()
    {
        scene.Tell(scene.Line(Mobile, LineKind.Iot));
        scene.Tell(scene.Line(Other, LineKind.Iot));
        AssertAllowed(scene.Tell(scene.Call(Mobile, Other)));
        AssertAllowed(scene.Tell(scene.Call("+8613700000003", Mobile)));
    }

    [Fact]
    public void A_call_from_a_line_without_a_checked_name_warns()
    {
        scene.Tell(scene.Line(Mobile, identity: IdentityCheck.NotVerified));
        AssertOnly(scene.Tell(scene.Call(Mobile, Other)), VerdictAction.Warn, "call.unverified-line", "cn.atf.9.real-name-line");
    }

    [Fact]
    public void A_checked_line_an_untold_check_and_an_unknown_line_do_not_warn()
    {
        scene.Tell(scene.Line(Mobile, identity: IdentityCheck.Unknown));
        scene.Tell(scene.Line(Other));
        AssertAllowed(scene.Tell(scene.Call(Mobile, Other)));
        AssertAllowed(scene.Tell(scene.Call(Other, Mobile)));
        AssertAllowed(scene.Tell(scene.Call("+8613700000003", Mobile)));
    }

    [Fact]
    public void A_call_from_a_fraud_number_is_blocked_until_it_leaves_the_list()
    {
        scene.Put(ListName.FraudNumbers, Mobile);
        AssertOnly(scene.Tell(scene.Call(Mobile, Other)), VerdictAction.Block, "call.fraud-number", "cn.atf.13.true-caller-id");
        AssertAllowed(scene.Tell(scene.Call(Other, Mobile)));
        scene.Put(ListName.FraudNumbers, Mobile, present: false);
        AssertAllowed(scene.Tell(scene.Call(Mobile, Other)));
    }

    [Fact]
    public void A_fraud_number_that_may_never_be_blocked_is_not_blocked()
    {
        scene.Put(ListName.FraudNumbers, Mobile);
        scene.Put(ListName.NeverBlockNumbers, Mobile);
        AssertAllowed(scene.Tell(scene.Call(Mobile, Other)));
    }

    [Fact]
    public void A_sixth_line_of_a_person_at_one_operator_is_held_and_a_fifth_is_not()
    {
        // Months apart: who buys several within a week draws another rule.
        for (var n = 1; n <= 5; n++) AssertAllowed(scene.Tell(scene.Line($"+861380000000{n}", person: Scene.Person(7), at: Scene.Noon - TimeSpan.FromDays(60 * n))));
        AssertAllowed(scene.Tell(scene.Line("+8613800000009", person: Scene.Person(7), at: Scene.Noon - TimeSpan.FromDays(30), member: MemberCode.Parse("mvno-2"))));
        AssertAllowed(scene.Tell(scene.Line("+8613800000008", LineKind.Iot, person: Scene.Person(7), at: Scene.Noon - TimeSpan.FromDays(20))));
        AssertAllowed(scene.Tell(scene.Line("+8613800000005", person: Scene.Person(7), at: Scene.Noon + TimeSpan.FromHours(1))));
        var sixth = scene.Tell(scene.Line("+8613800000006", person: Scene.Person(7)));
        AssertOnly(sixth, VerdictAction.Hold, "line.over-limit", "cn.atf.10.line-limit");
        Assert.Contains(new KeyValuePair<string, string>("lines_at(subscription.person, subscription.member)", "6"), sixth.Reasons[0].Values);
    }

    [Theory]
    [InlineData(IdentityCheck.NotVerified, true)]
    [InlineData(IdentityCheck.Unknown, false)]
    [InlineData(IdentityCheck.Verified, false)]
    public void A_line_opened_without_a_checked_name_is_held(IdentityCheck identity, bool speaks)
    {
        var verdict = scene.Tell(scene.Line(Mobile, identity: identity));
        if (speaks) AssertOnly(verdict, VerdictAction.Hold, "line.unverified", "cn.atf.9.real-name-line");
        else AssertAllowed(verdict);
    }

    [Theory]
    [InlineData(IdentityCheck.NotVerified, true)]
    [InlineData(IdentityCheck.Unknown, false)]
    [InlineData(IdentityCheck.Verified, false)]
    public void An_account_opened_without_a_checked_name_is_held(IdentityCheck identity, bool speaks)
    {
        var verdict = scene.Tell(scene.Account("bank-a:1", identity));
        if (speaks) AssertOnly(verdict, VerdictAction.Hold, "account.unverified", "cn.atf.15.customer-due-diligence");
        else AssertAllowed(verdict);
    }

    [Fact]
    public void Money_may_come_into_a_stopped_account_but_not_leave_it()
    {
        scene.Put(ListName.StoppedAccounts, "bank-a:1");
        AssertOnly(scene.Tell(scene.Transfer("bank-a:1", "bank-a:2")), VerdictAction.Block, "transfer.stopped-account", "cn.atf.20.stop-payment");
        AssertAllowed(scene.Tell(scene.Transfer("bank-a:2", "bank-a:1")));
    }

    [Fact]
    public void Money_going_to_a_fraud_account_is_held_and_money_coming_from_it_is_not()
    {
        scene.Put(ListName.FraudAccounts, "bank-a:1");
        AssertOnly(scene.Tell(scene.Transfer("bank-a:2", "bank-a:1")), VerdictAction.Hold, "transfer.fraud-account", "cn.atf.18.suspicious-transactions");
        AssertAllowed(scene.Tell(scene.Transfer("bank-a:1", "bank-a:2")));
    }

    [Theory]
    [InlineData(50_000_01, "CNY", true)]
    [InlineData(50_000_00, "CNY", false)]
    [InlineData(50_000_01, "USD", false)]
    public void More_than_fifty_thousand_yuan_to_an_unchecked_account_warns(long minor, string currency, bool speaks)
    {
        scene.Tell(scene.Account("bank-a:1", IdentityCheck.NotVerified));
        var verdict = scene.Tell(scene.Transfer("bank-a:2", "bank-a:1", minor, currency));
        if (speaks) AssertOnly(verdict, VerdictAction.Warn, "transfer.unverified-payee", "cn.atf.18.suspicious-transactions");
        else AssertAllowed(verdict);
    }

    [Fact]
    public void The_strictest_of_several_reasons_wins_and_all_are_told_in_order()
    {
        scene.Put(ListName.StoppedAccounts, "bank-a:1");
        scene.Put(ListName.FraudAccounts, "bank-a:2");
        var verdict = scene.Tell(scene.Transfer("bank-a:1", "bank-a:2"));
        Assert.Equal(VerdictAction.Block, verdict.Action);
        Assert.Equal(["transfer.stopped-account", "transfer.fraud-account"], verdict.Reasons.Select(reason => reason.ReasonCode));
    }

    private static void AssertAllowed(Verdict verdict) => Assert.Equal((VerdictAction.Allow, 0), (verdict.Action, verdict.Reasons.Length));

    private static void AssertOnly(Verdict verdict, VerdictAction action, string code, string duty)
    {
        var reason = Assert.Single(verdict.Reasons);
        Assert.Equal((action, action, code, duty), (verdict.Action, reason.Action, reason.ReasonCode, reason.Duty));
        Assert.Equal(ShippedRulebook.China.Hash, verdict.Rulebook);
    }
}
