using Cordon.Casework.Liability;
using static Cordon.Tests.Liability.FactsOf;

namespace Cordon.Tests.Liability;

/// <summary>United Kingdom: reimbursement, halved between the sending and the receiving institution.</summary>
public sealed class SplitTests
{
    private static readonly ShownSum Hundred = new() { Amount = Of("GBP", 10_000), Evidence = ["note:3"] };

    [Fact]
    public void The_loss_is_halved_and_the_odd_penny_falls_on_the_sending_institution()
    {
        var statement = Kingdom().Judged("uk");
        Assert.Equal([(Bearer.Sending, "bank-a", 50_001L), (Bearer.Receiving, "bank-b", 50_000L)], statement.Borne());
        Assert.Equal(new DateOnly(2026, 3, 11), statement.PayBy);
    }

    [Theory]
    [InlineData(8_500_000, 8_500_000)]
    [InlineData(8_500_001, 8_500_000)]
    [InlineData(20_000_000, 8_500_000)]
    public void More_than_the_cap_stays_with_the_customer(long loss, long paid)
    {
        var borne = Kingdom(loss).Judged("uk").Borne().ToList();
        Assert.Equal([(Bearer.Sending, "bank-a", paid / 2), (Bearer.Receiving, "bank-b", paid / 2)], borne.Take(2));
        Assert.Equal(loss - paid, borne.Skip(2).Sum(b => b.Minor));
    }

    [Theory]
    [InlineData(100_001, 10_000, 90_001, 10_000)]
    [InlineData(100_001, 15_000, 90_001, 10_000)]
    [InlineData(100_001, 2_500, 97_501, 2_500)]
    [InlineData(8_600_000, 10_000, 8_490_000, 110_000)]
    [InlineData(5_000, 5_000, 0, 5_000)]
    public void An_excess_of_a_hundred_pounds_at_most_is_left_with_the_customer(long loss, long asked, long paid, long customer)
    {
        var facts = Kingdom(loss) with { Vulnerable = No, Excess = new ShownSum { Amount = Of("GBP", asked), Evidence = ["note:3"] } };
        var borne = facts.Judged("uk").Borne().ToList();
        Assert.Equal(paid, borne.Where(b => b.As != Bearer.Customer).Sum(b => b.Minor));
        Assert.Equal(customer, borne.Where(b => b.As == Bearer.Customer).Sum(b => b.Minor));
    }

    [Fact]
    public void No_excess_is_left_with_a_vulnerable_customer_and_whether_he_is_must_be_known()
    {
        Assert.DoesNotContain((Kingdom() with { Vulnerable = Yes, Excess = Hundred }).Judged("uk").Borne(), b => b.As == Bearer.Customer);
        var unknown = (Kingdom() with { Excess = Hundred }).Judged("uk");
        Assert.Equal((LiabilityOutcome.Undecided, "facts:vulnerable"), (unknown.Outcome, Assert.Single(unknown.Open).About));
        // Where no excess is asked, nothing depends on it.
        Assert.Equal(LiabilityOutcome.Decided, Kingdom().Judged("uk").Outcome);
    }

    [Fact]
    public void Gross_negligence_does_not_count_against_a_vulnerable_customer()
    {
        Assert.Equal(LiabilityOutcome.Outside, (Kingdom() with { GrossNegligence = Yes, Vulnerable = No }).Judged("uk").Outcome);
        Assert.Equal(LiabilityOutcome.Decided, (Kingdom() with { GrossNegligence = Yes, Vulnerable = Yes }).Judged("uk").Outcome);
        Assert.Equal("facts:vulnerable", Assert.Single((Kingdom() with { GrossNegligence = Yes }).Judged("uk").Open).About);
    }

    [Fact]
    public void A_customer_who_took_part_and_a_payment_that_was_not_authorised_leave_the_model()
    {
        Assert.Equal(LiabilityOutcome.Outside, (Kingdom() with { FirstPartyFraud = Yes, Vulnerable = Yes }).Judged("uk").Outcome);
        Assert.Equal(LiabilityOutcome.Outside, (Kingdom() with { Authorised = No }).Judged("uk").Outcome);
        Assert.Equal(["facts:authorised", "facts:grossNegligence"], (Kingdom() with { Authorised = null, GrossNegligence = null }).Judged("uk").Open.Select(q => q.About));
    }

    [Theory]
    [InlineData("2027-04-02T23:59:59Z", LiabilityOutcome.Decided)]
    [InlineData("2027-04-03T00:00:00Z", LiabilityOutcome.Outside)]
    public void A_claim_is_in_time_to_the_day_thirteen_months_after_the_last_payment(string claimed, LiabilityOutcome outcome) =>
        Assert.Equal(outcome, (Kingdom() with { At = At("2027-05-01T00:00:00Z"), Reported = Told(claimed) }).Judged("uk").Outcome);

    [Fact]
    public void Receiving_institutions_share_their_half_by_what_each_received()
    {
        var facts = Kingdom() with
        {
            Payments =
            [
                Payment("p1", "2026-03-02T12:00:00Z", Of("GBP", 30_000), "bank-b"),
                Payment("p2", "2026-03-02T13:00:00Z", Of("GBP", 60_000), "bank-c"),
                Payment("p3", "2026-03-02T14:00:00Z", Of("GBP", 10_001), "bank-b"),
            ],
        };
        // The half is 50,000 pence and an odd one; in proportion that is 20,000.3 and 29,999.7.
        Assert.Equal([(Bearer.Sending, "bank-a", 50_001L), (Bearer.Receiving, "bank-b", 20_000L), (Bearer.Receiving, "bank-c", 30_000L)], facts.Judged("uk").Borne());
    }

    [Fact]
    public void What_is_won_back_goes_to_the_institutions_as_they_paid_and_only_then_to_the_customer()
    {
        var facts = Kingdom(8_600_000) with { Recovered = new ShownSum { Amount = Of("GBP", 101), Evidence = ["order:1"] } };
        Assert.Equal([51L, 50L, 0L], facts.Judged("uk").Shares.Select(s => s.Recovered.Minor));
        var more = facts with { Recovered = new ShownSum { Amount = Of("GBP", 8_550_000), Evidence = ["order:1"] } };
        Assert.Equal([0L, 0L, 50_000L], more.Judged("uk").Shares.Select(s => s.Net.Minor));
    }

    [Theory]
    // Claimed on Wednesday, 4 March 2026.
    [InlineData(null, null, null, "2026-03-11")]
    [InlineData("2026-03-09", null, null, "2026-03-12")]
    [InlineData(null, "2026-03-06", "2026-03-10", "2026-03-13")]
    [InlineData(null, "2026-03-07", "2026-03-09", "2026-03-11")]
    [InlineData(null, "2026-03-06", null, "2026-04-22")]
    [InlineData(null, "2026-03-05", "2026-12-01", "2026-04-22")]
    [InlineData(null, "2026-03-12", "2026-03-20", "2026-03-11")]
    public void The_customer_is_paid_within_five_business_days_or_as_many_more_as_the_clock_was_stopped(string? holiday, string? from, string? to, string due)
    {
        var facts = Kingdom() with
        {
            Holidays = holiday is null ? [] : [DateOnly.Parse(holiday, System.Globalization.CultureInfo.InvariantCulture)],
            ClockStops = from is null
                ? []
                : [new ClockStop { From = Day(from), To = to is null ? null : Day(to), Evidence = ["note:4"] }],
        };
        Assert.Equal(Day(due), facts.Judged("uk").PayBy);

        static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Where_one_institution_holds_both_accounts_it_bears_both_parts()
    {
        var facts = Kingdom() with { Payments = [Payment("p1", "2026-03-02T12:00:00Z", Of("GBP", 100_001), "bank-a")] };
        Assert.Equal([(Bearer.Sending, "bank-a", 50_001L), (Bearer.Receiving, "bank-a", 50_000L)], facts.Judged("uk").Borne());
    }

    [Fact]
    public void A_payment_before_the_requirement_is_given_to_nobody()
    {
        var facts = Kingdom() with { Payments = [Payment("p1", "2024-10-06T23:59:59Z", Of("GBP", 100), "bank-b")], Reported = Told("2024-10-08T00:00:00Z") };
        var statement = facts.Judged("uk");
        Assert.Equal((LiabilityOutcome.Outside, null), (statement.Outcome, statement.Model));
        Assert.Equal(statement.Loss, statement.Unallocated);
    }
}
