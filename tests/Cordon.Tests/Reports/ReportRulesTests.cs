using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Reports;

public sealed class ReportRulesTests
{
    private static readonly Actor Officer = new("person:anna", null, new HashSet<string> { Roles.DutyOfficer });
    private static readonly Instant Now = Told.At("2026-03-08 10:00");
    private static readonly Guid Other = new("01900000-0000-7000-8000-000000000002");

    [Fact]
    public void A_strangers_report_founds_nothing_until_the_victim_is_verified_and_a_payment_is_found()
    {
        var report = Received(ReportChannel.Public);
        Assert.Equal((ReportState.Received, false, false), (report.State, report.MayAct, report.Vouches));
        Carry(report, Verify(), matched: 0);
        Assert.Equal((ReportState.Verified, false, false), (report.State, report.MayAct, report.Vouches));
        report.Apply(new ReportMatched(Now, 1));
        Assert.Equal((ReportState.Matched, true, false), (report.State, report.MayAct, report.Vouches));
    }

    [Theory]
    [InlineData(ReportChannel.Api)]
    [InlineData(ReportChannel.Console)]
    [InlineData(ReportChannel.Bulk)]
    public void Whoever_else_tells_a_report_answers_for_the_victim(ReportChannel channel)
    {
        var report = Received(channel);
        Assert.Equal((ReportState.Verified, true, true, "person:anna"), (report.State, report.MayAct, report.Vouches, report.VerifiedBy));
        Assert.Equal("report/verified-already", Refused(report, Verify()));
    }

    [Fact]
    public void A_clerk_confirms_what_was_lost_and_what_was_told_first_is_kept()
    {
        var report = Received(ReportChannel.Public);
        var confirmed = Loss(47_900_00);
        Carry(report, new VerifyReport("Called back.", "fake-loan", [confirmed]), matched: 1);
        Assert.Equal((confirmed, "fake-loan", "person:anna", ReportState.Matched), (Assert.Single(report.Losses), report.FraudType, report.TypeBy, report.State));
        Assert.Equal(48_000_00, Assert.Single(report.Told).Amount.Minor);
    }

    [Fact]
    public void An_unfounded_report_acts_no_more_and_can_be_taken_back()
    {
        var report = Received(ReportChannel.Console, matched: 1);
        Assert.Equal(ReportState.Matched, report.State);
        Carry(report, new FindUnfounded("The payment was for a car that came."));
        Assert.Equal((ReportState.Unfounded, false, false), (report.State, report.MayAct, report.Vouches));
        Assert.Empty(ReportRules.Decide(report, new FindUnfounded("Again."), Officer, Now, Ground()).Events);
        Carry(report, Verify(), matched: 1);
        Assert.Equal((ReportState.Matched, true), (report.State, report.MayAct));
    }

    [Fact]
    public void A_report_whose_every_payment_is_anothers_is_a_duplicate_until_that_is_refuted()
    {
        var twice = new ToldTwice(0, Other, 0, [DuplicateReason.SamePhone]);
        var report = Received(ReportChannel.Console, twice: [twice]);
        Assert.Equal(ReportState.Duplicate, report.State);
        Assert.Empty(report.Counted);
        Assert.Equal("report/no-duplicate", Refused(report, new RefuteDuplicate(1, "Two.")));
        Assert.Equal("report/no-reason", Refused(report, new RefuteDuplicate(0, "")));
        Carry(report, new RefuteDuplicate(0, "She paid twice that day."));
        Assert.Equal((ReportState.Verified, "person:anna"), (report.State, report.Duplicates[0].RefutedBy));
        Assert.Empty(ReportRules.Decide(report, new RefuteDuplicate(0, "Again."), Officer, Now, Ground()).Events);
    }

    [Fact]
    public void One_transfer_is_never_two_losses()
    {
        var report = Received(ReportChannel.Console, twice: [new ToldTwice(0, Other, 0, [DuplicateReason.SameTransfer])], receipt: "t1");
        Assert.Equal("report/same-transfer", Refused(report, new RefuteDuplicate(0, "Two.")));
        report.Apply(new DuplicatesReleased(Now, Other));
        Assert.Equal((ReportState.Verified, 0), (report.State, Assert.Single(report.Counted)));
        // What was found by memory may have been another one of the same sum.
        Carry(Received(ReportChannel.Console, twice: [new ToldTwice(0, Other, 0, [DuplicateReason.SameTransfer])]), new RefuteDuplicate(0, "Two."));
    }

    [Fact]
    public void In_a_closed_case_no_report_is_verified() =>
        Assert.Equal("report/case-closed", ReportRules.Decide(Received(ReportChannel.Public), Verify(), Officer, Now, Ground(closed: true)).Refusal!.Code);

    [Fact]
    public void Bad_decisions_are_refused_by_name()
    {
        var report = Received(ReportChannel.Public);
        Assert.Equal("report/not-found", ReportRules.Decide(new Report(), Verify(), Officer, Now, Ground()).Refusal!.Code);
        foreach (var role in new[] { Roles.Supervisor, Roles.MemberClerk, Roles.Regulator })
            Assert.Equal("report/not-yours", ReportRules.Decide(report, Verify(), Officer with { Roles = new HashSet<string> { role } }, Now, Ground()).Refusal!.Code);
        Assert.Equal("report/no-how", Refused(report, Verify() with { How = "" }));
        Assert.Equal("report/no-how", Refused(report, Verify() with { How = new string('x', 501) }));
        Assert.Equal("report/unknown-type", Refused(report, Verify() with { FraudType = "credit" }));
        Assert.Equal("report/unknown-type", Refused(report, new ChooseFraudType("credit")));
        Assert.Equal("report/no-loss", Refused(report, Verify() with { Losses = [] }));
        Assert.Equal("report/bad-loss", Refused(report, Verify() with { Losses = [Loss(0)] }));
        Assert.Equal("report/other-currency", Refused(report, Verify() with { Losses = [Loss(1_00) with { Amount = new Amount(1_00, Currency.Parse("USD")) }] }));
        Assert.Equal("report/no-reason", Refused(report, new FindUnfounded("")));
        Assert.Equal(ReportState.Received, report.State);
    }

    [Theory]
    [InlineData(4, 0, 0, null)]
    [InlineData(5, 0, 0, "report/full-here")]
    [InlineData(0, 1_999, 4_999, null)]
    [InlineData(0, 2_000, 0, "report/full-today")]
    [InlineData(0, 0, 5_000, "report/full-today")]
    public void Strangers_can_fill_neither_the_day_nor_the_desk(int here, int waiting, int today, string? refused) =>
        Assert.Equal(refused, StrangersDoor.Judge(new StrangersLoad(here, waiting, today), new StrangersLimits())?.Code);

    private static VerifyReport Verify() => new("Called back.", "fake-loan", [Loss(48_000_00)]);

    private static ReportedLoss Loss(long minor) => new(null, null, null, null, new Amount(minor, Currency.Cny), Now);

    private static Report Received(ReportChannel channel, int matched = 0, ImmutableArray<ToldTwice> twice = default, string? receipt = null)
    {
        var report = new Report();
        report.Apply(new ReportReceived(
            Now, Guid.Empty, "r-1", channel, "赵某", new PhoneNumber(8613800138000), "被骗", "unknown", "unknown", null, new Suspects([], [], []), [Loss(48_000_00) with { Transfer = receipt is null ? null : new SignalId(receipt) }],
            Now, Guid.Empty, channel == ReportChannel.Public ? null : Officer.Id, matched, twice.IsDefault ? [] : twice, null, null));
        return report;
    }

    private static ReportGround Ground(int matched = 0, bool closed = false) => new(code => code == "fake-loan", Currency.Cny, closed, matched, []);

    private static void Carry(Report report, ReportCommand command, int matched = 0)
    {
        var decision = ReportRules.Decide(report, command, Officer, Now, Ground(matched));
        Assert.Null(decision.Refusal);
        foreach (var happened in decision.Events) report.Apply(happened);
    }

    private static string? Refused(Report report, ReportCommand command) => ReportRules.Decide(report, command, Officer, Now, Ground()).Refusal?.Code;
}
