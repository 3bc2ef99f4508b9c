using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Liability;
using static Cordon.Tests.Liability.FactsOf;

namespace Cordon.Tests.Liability;

/// <summary>Singapore: the bank, else the operator, else the customer.</summary>
public sealed class WaterfallTests
{
    [Fact]
    public void Where_everybody_kept_every_duty_the_customer_bears_all()
    {
        var statement = Singapore().Judged("sg");
        Assert.Equal(LiabilityOutcome.Decided, statement.Outcome);
        Assert.Equal([(Bearer.Customer, null, 100_001L)], statement.Borne());
        Assert.Equal(0, statement.Unallocated.Minor);
    }

    [Theory]
    [InlineData("sg.srf.cooling-off")]
    [InlineData("sg.srf.activity-alerts")]
    [InlineData("sg.srf.payment-alerts")]
    [InlineData("sg.srf.kill-switch")]
    [InlineData("sg.srf.drain-surveillance")]
    public void One_breach_of_the_bank_makes_it_bear_all_whatever_the_operator_did(string duty)
    {
        var facts = Singapore().With("bank-a", duty, Standing.Breached);
        Assert.Equal([(Bearer.Sending, "bank-a", 100_001L)], facts.Judged("sg").Borne());
        Assert.Equal([(Bearer.Sending, "bank-a", 100_001L)], facts.With("telco-a", "sg.srf.link-filter", Standing.Breached).Judged("sg").Borne());
        Assert.Equal([(Bearer.Sending, "bank-a", 100_001L)], facts.With("telco-a", "sg.srf.link-filter", null).Judged("sg").Borne());
    }

    [Theory]
    [InlineData("sg.srf.authorised-senders")]
    [InlineData("sg.srf.block-others")]
    [InlineData("sg.srf.link-filter")]
    public void Where_the_bank_kept_all_a_breach_of_the_operator_makes_it_bear_all(string duty) =>
        Assert.Equal([(Bearer.Operator, "telco-a", 100_001L)], Singapore().With("telco-a", duty, Standing.Breached).Judged("sg").Borne());

    [Theory]
    [InlineData("bank-a", "sg.srf.kill-switch", Standing.Unknown)]
    [InlineData("bank-a", "sg.srf.kill-switch", null)]
    [InlineData("telco-a", "sg.srf.link-filter", Standing.Unknown)]
    [InlineData("telco-a", "sg.srf.link-filter", null)]
    public void What_is_unknown_at_a_deciding_duty_is_asked_and_nothing_is_decided(string member, string duty, Standing? standing)
    {
        var statement = Singapore().With(member, duty, standing).Judged("sg");
        Assert.Equal(LiabilityOutcome.Undecided, statement.Outcome);
        Assert.Empty(statement.Shares);
        Assert.Equal(statement.Loss, statement.Unallocated);
        var question = Assert.Single(statement.Open);
        Assert.Equal((member, duty, new DateOnly(2026, 3, 27), SourceTier.Ours), (question.Member.ToString(), question.About, question.AnswerBy, question.Source.Tier));
    }

    [Fact]
    public void An_unknown_of_the_bank_stops_the_waterfall_even_where_the_operator_is_in_breach() =>
        Assert.Equal(
            LiabilityOutcome.Undecided,
            Singapore().With("bank-a", "sg.srf.kill-switch", null).With("telco-a", "sg.srf.link-filter", Standing.Breached).Judged("sg").Outcome);

    [Fact]
    public void Of_two_banks_of_which_one_must_be_asked_neither_part_is_concluded()
    {
        var facts = Singapore() with
        {
            Payments = [.. Singapore().Payments, Payment("p2", "2026-03-02T03:00:00Z", Of("SGD", 50_000), sending: "bank-b")],
            Members = [.. Singapore().Members, Bank("bank-b", SingaporeBank)],
        };
        facts = facts.With("bank-b", "sg.srf.cooling-off", Standing.Breached);
        Assert.Equal([(Bearer.Sending, "bank-b", 50_000L), (Bearer.Customer, null, 100_001L)], facts.Judged("sg").Borne());
        var open = facts.With("bank-a", "sg.srf.cooling-off", null).Judged("sg");
        Assert.Equal(LiabilityOutcome.Undecided, open.Outcome);
        Assert.DoesNotContain(open.Sentences, s => s.Text.En.Contains(" bears ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_breach_of_the_bank_decides_though_another_of_its_duties_is_unknown()
    {
        var statement = Singapore().With("bank-a", "sg.srf.kill-switch", null).With("bank-a", "sg.srf.cooling-off", Standing.Breached).Judged("sg");
        Assert.Equal([(Bearer.Sending, "bank-a", 100_001L)], statement.Borne());
        Assert.Empty(statement.Open);
    }

    [Fact]
    public void Operators_in_breach_bear_equal_parts_and_the_odd_cent_falls_on_the_first()
    {
        var facts = Singapore() with { Members = [.. Singapore().Members, Telco("telco-b", SingaporeOperator)] };
        facts = facts.With("telco-a", "sg.srf.link-filter", Standing.Breached).With("telco-b", "sg.srf.block-others", Standing.Breached);
        Assert.Equal([(Bearer.Operator, "telco-a", 50_001L), (Bearer.Operator, "telco-b", 50_000L)], facts.Judged("sg").Borne());
        // Whether the other one breached changes the parts, so it must be known.
        Assert.Equal(LiabilityOutcome.Undecided, facts.With("telco-b", "sg.srf.block-others", null).Judged("sg").Outcome);
        Assert.Equal([(Bearer.Operator, "telco-a", 100_001L)], facts.With("telco-b", "sg.srf.block-others", Standing.Kept).Judged("sg").Borne());
    }

    [Fact]
    public void Without_an_operator_among_the_facts_the_step_falls_to_nobody_and_says_so()
    {
        var statement = (Singapore() with { Members = [Bank("bank-a", SingaporeBank)] }).Judged("sg");
        Assert.Equal([(Bearer.Customer, null, 100_001L)], statement.Borne());
        Assert.Contains(statement.Sentences, s => s.Text.En == "The facts name no telecom operator; nobody bears it at this step.");
    }

    [Fact]
    public void A_duty_judges_only_payments_made_when_it_was_in_force()
    {
        var before = Payment("p0", "2025-06-15T15:59:59Z", Of("SGD", 40_000));
        var after = Payment("p1", "2025-06-15T16:00:00Z", Of("SGD", 60_000));
        var facts = Singapore() with { Payments = [before, after], Reported = Told("2025-06-20T02:00:00Z"), Papers = Told("2025-06-21T02:00:00Z") };
        facts = facts.With("bank-a", "sg.srf.drain-surveillance", Standing.Breached);
        Assert.Equal([(Bearer.Sending, "bank-a", 60_000L), (Bearer.Customer, null, 40_000L)], facts.Judged("sg").Borne());
    }

    [Fact]
    public void What_was_paid_before_the_framework_is_given_to_nobody()
    {
        var facts = Singapore() with
        {
            Payments = [Payment("p0", "2024-12-15T15:59:59Z", Of("SGD", 40_000)), Payment("p1", "2024-12-16T02:00:00Z", Of("SGD", 60_000))],
            Reported = Told("2024-12-17T02:00:00Z"),
            Papers = Told("2024-12-18T02:00:00Z"),
        };
        facts = facts with { Members = [Bank("bank-a", [.. SingaporeBank.Where(d => d != "sg.srf.drain-surveillance")]), Telco("telco-a", SingaporeOperator)] };
        var statement = facts.Judged("sg");
        Assert.Equal([(Bearer.Customer, null, 60_000L)], statement.Borne());
        Assert.Equal(40_000, statement.Unallocated.Minor);
    }

    [Fact]
    public void An_authorised_payment_and_one_made_by_malware_leave_the_framework()
    {
        foreach (var facts in new[] { Singapore() with { Authorised = Yes }, Singapore() with { Malware = Yes }, Singapore() with { Authorised = null, Malware = Yes } })
        {
            var statement = facts.With("bank-a", "sg.srf.cooling-off", Standing.Breached).Judged("sg");
            Assert.Equal(LiabilityOutcome.Outside, statement.Outcome);
            Assert.Empty(statement.Shares);
            Assert.Empty(statement.Open);
        }
        var unknown = (Singapore() with { Authorised = null, Malware = null }).Judged("sg");
        Assert.Equal(LiabilityOutcome.Undecided, unknown.Outcome);
        Assert.Equal(["facts:authorised", "facts:malware"], unknown.Open.Select(q => q.About));
    }

    [Theory]
    [InlineData("2026-04-01T15:59:59Z", "2026-04-04T15:59:59Z", LiabilityOutcome.Decided)]
    [InlineData("2026-04-01T16:00:00Z", "2026-04-02T02:00:00Z", LiabilityOutcome.Outside)]
    [InlineData("2026-04-01T15:59:59Z", "2026-04-04T16:00:00Z", LiabilityOutcome.Outside)]
    public void A_report_is_in_time_to_the_end_of_the_thirtieth_day_and_papers_to_that_of_the_third(string reported, string papers, LiabilityOutcome outcome)
    {
        var facts = Singapore() with { At = At("2026-05-01T00:00:00Z"), Reported = Told(reported), Papers = Told(papers) };
        Assert.Equal(outcome, facts.Judged("sg").Outcome);
    }

    [Fact]
    public void A_report_or_papers_of_which_nothing_is_told_are_asked_for()
    {
        Assert.Equal("facts:reported", Assert.Single((Singapore() with { Reported = null, Papers = null }).Judged("sg").Open).About);
        Assert.Equal("facts:papers", Assert.Single((Singapore() with { Papers = null }).Judged("sg").Open).About);
    }

    [Fact]
    public void What_was_won_back_lessens_what_the_bearer_bears()
    {
        var facts = Singapore().With("bank-a", "sg.srf.cooling-off", Standing.Breached) with { Recovered = new ShownSum { Amount = Of("SGD", 30_000), Evidence = ["order:1"] } };
        var share = Assert.Single(facts.Judged("sg").Shares);
        Assert.Equal((100_001L, 30_000L, 70_001L), (share.Bears.Minor, share.Recovered.Minor, share.Net.Minor));
    }
}
