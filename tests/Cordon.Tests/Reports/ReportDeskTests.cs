using Cordon.Casework.Cases;
using Cordon.Casework.Cases.Room;
using Cordon.Casework.Orders;
using Cordon.Casework.Registers;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Tests.Reports;

/// <summary>A victim at <c>bank-a</c> paid a mule at <c>bank-b</c>; strangers, clerks and the bank tell of it.</summary>
public sealed class ReportDeskTests
{
    private const string LineBasis = "Anti-Telecom-Fraud Law, art. 11";

    private static readonly PhoneNumber Victim = new(8613800138000);
    private static readonly PhoneNumber Caller = new(8617012345678);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Nothing_follows_from_a_strangers_report_until_a_clerk_verified_it_and_a_member_told_the_payment(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        await centre.TellAsync(OrderCentre.Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0));
        var desk = Desk(centre);
        var received = await ReceiveAsync(centre, Stranger("one", Loss("t1")));
        var view = (await centre.Cases.ViewAsync(OrderCentre.Office, received.Case))!;
        Assert.Equal((false, 0L, 0), (view.Case.Founded, view.Case.UnmatchedMinor, view.Case.Seeds.Length));
        Assert.Empty(view.Orders);
        Assert.Equal("case/unfounded", await MeasureAsync(centre, received.Case, Caller));
        Assert.Equal("case/unfounded", (await Measures(centre).DraftFromChainAsync(OrderCentre.Office, received.Case, Cancel)).Refusal!.Code);

        var verified = await desk.ActAsync(OrderCentre.Office, received.Report, Verify(Loss("t9", 500_00)), Cancel);
        Assert.Equal(ReportState.Verified, verified.Value.State);
        // Verified and not found: still nothing may follow.
        Assert.Equal("case/unfounded", await MeasureAsync(centre, received.Case, Caller));
        Assert.Equal(500_00, (await CaseAsync(centre, received.Case)).UnmatchedMinor);

        await centre.TellAsync(OrderCentre.Pay("t9", "bank-a:v", "bank-b:m", 500_00, 5));
        await centre.FollowAsync(received.Case);
        Assert.Equal(ReportState.Matched, (await FindAsync(desk, received.Report)).State);
        Assert.True((await CaseAsync(centre, received.Case)).Founded);
        Assert.Equal(500_00, (await centre.DraftAsync(received.Case)).AmountMinor);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_order_of_a_case_that_lost_its_ground_is_refused_in_every_way(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        await centre.TellAsync(OrderCentre.Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0));
        var desk = Desk(centre);
        var received = await ReceiveAsync(centre, Stranger("one", Loss("t1")));
        await desk.ActAsync(OrderCentre.Office, received.Report, Verify(Loss("t1")), Cancel);
        var draft = await centre.DraftAsync(received.Case);
        var measure = await MeasureOfAsync(centre, received.Case);
        var signed = (await centre.Orders.IssueAsync(OrderCentre.Li, measure.Id, LineBasis, Cancel)).Value;
        Assert.Equal(OrderState.AwaitsApproval, signed.State);

        var rejected = await desk.ActAsync(OrderCentre.Office, received.Report, new FindUnfounded("There was no such payment."), Cancel);
        Assert.Equal(ReportState.Unfounded, rejected.Value.State);
        var after = await centre.FindAsync(draft.Id);
        Assert.Equal((OrderState.Withdrawn, CaseFollower.NothingFounded), (after.State, after.Reason));
        Assert.Equal("order/unfounded", (await centre.Orders.ApproveAsync(OrderCentre.Wang, measure.Id, Cancel)).Refusal!.Code);
        await centre.Orders.ActAsync(OrderCentre.Wang, measure.Id, new SendBackOrder("Look again."), Cancel);
        Assert.Equal("order/unfounded", (await centre.Orders.IssueAsync(OrderCentre.Li, measure.Id, LineBasis, Cancel)).Refusal!.Code);
        Assert.Equal("order/unfounded", (await centre.Orders.IssueInEmergencyAsync(OrderCentre.Li, measure.Id, LineBasis, OrderCentre.WhyNow, Cancel)).Refusal!.Code);
        var left = await CaseAsync(centre, received.Case);
        Assert.Equal((false, 0, 0L, 0L), (left.Founded, left.Seeds.Length, left.UnmatchedMinor, left.Losses.Least.Reported));
        // New transfers of the money pursue nobody.
        await centre.TellAsync(OrderCentre.Pay("t2", "bank-b:m", "bank-b:n", 40_000_00, 10));
        await centre.Cases.FollowTouchedAsync(Cancel);
        Assert.Empty(await centre.Orders.ListAsync(OrderCentre.Office, new OrderFilter { Case = received.Case, State = OrderState.Proposed, Kind = OrderKind.StopPayment }));

        await desk.ActAsync(OrderCentre.Office, received.Report, Verify(Loss("t1")), Cancel);
        Assert.Equal(48_000_00, (await CaseAsync(centre, received.Case)).Losses.Least.Reported);
        Assert.True((await centre.Orders.IssueAsync(OrderCentre.Li, measure.Id, LineBasis, Cancel)).Succeeded);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_stranger_can_join_a_case_and_move_nothing_in_it(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        await centre.TellAsync(OrderCentre.Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0), OrderCentre.Pay("honest", "bank-a:o", "bank-b:n", 900_00, 1));
        var known = (await ReceiveAsync(centre, Clerks("r-1", Loss("t1"), new Suspects([Caller], [], [])))).Case;
        var stranger = await ReceiveAsync(centre, Stranger("one", Loss("honest", 900_00)) with { Suspects = new Suspects([Caller, new PhoneNumber(8613900000001)], [], ["shop.example"]) });
        Assert.Equal(known, stranger.Case);
        var view = (await centre.Cases.ViewAsync(OrderCentre.Office, known))!;
        Assert.Equal(48_000_00, view.Case.Losses.Least.Reported);
        Assert.DoesNotContain(view.Orders, o => o.Account == AccountNumber.Parse("bank-b:n"));
        Assert.Empty((await Measures(centre).DraftFromChainAsync(OrderCentre.Office, known, Cancel)).Value);
        // What a stranger points at draws nobody into the case.
        var other = await ReceiveAsync(centre, Clerks("r-2", Loss(null, 77_00, at: 400), new Suspects([new PhoneNumber(8613900000001)], [], [])) with { Phone = new PhoneNumber(8613800000009) });
        Assert.NotEqual(known, other.Case);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_loss_told_by_the_victim_and_by_the_bank_is_counted_once(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        var desk = Desk(centre);
        // Told three times before the bank told the transfer: on the page, by telephone, by the bank itself.
        var page = await ReceiveAsync(centre, Stranger("one", Loss(null)));
        var call = await ReceiveAsync(centre, Clerks("r-1", Loss(null, at: 20)));
        var bank = await ReceiveAsync(centre, Clerks("r-2", Loss("t1")));
        Assert.Equal([page.Case], new[] { page.Case, call.Case, bank.Case }.Distinct());
        Assert.Equal(48_000_00, (await CaseAsync(centre, page.Case)).UnmatchedMinor);
        var first = await FindAsync(desk, page.Report);
        // To its sender it stands as before: whether others told the loss is nothing to tell a stranger.
        Assert.Equal((ReportState.Received, call.Report, DuplicateReason.SamePhone), (first.State, first.Duplicates[0].Other, first.Duplicates[0].Reasons[0]));
        Assert.Equal(ReportState.Duplicate, (await FindAsync(desk, bank.Report)).State);

        await centre.TellAsync(OrderCentre.Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0));
        await centre.FollowAsync(page.Case);
        var counted = await CaseAsync(centre, page.Case);
        Assert.Equal((48_000_00L, 3), (counted.UnmatchedMinor + counted.Losses.Least.Reported, counted.Reports));
        var file = (await desk.ViewAsync(OrderCentre.Office, call.Report, Cancel))!;
        Assert.Equal([page.Report, bank.Report], file.CountedHere.Select(r => r.Id).OrderBy(id => id != page.Report));

        // The one that it was counted with counts no more: the bank's report does.
        await desk.ActAsync(OrderCentre.Office, call.Report, new FindUnfounded("Taken down for the wrong person."), Cancel);
        var released = await CaseAsync(centre, page.Case);
        Assert.Equal((0L, 48_000_00L), (released.UnmatchedMinor, released.Losses.Least.Reported));
        Assert.Equal(bank.Report, Assert.Single(released.Seeds).Report);
        Assert.Equal((ReportState.Matched, ReportState.Received), ((await FindAsync(desk, bank.Report)).State, (await FindAsync(desk, page.Report)).State));
    }

    [Fact]
    public async Task Two_equal_payments_of_one_victim_are_two_once_a_clerk_says_so()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var desk = Desk(centre);
        var first = await ReceiveAsync(centre, Clerks("r-1", Loss(null)));
        var second = await ReceiveAsync(centre, Clerks("r-2", Loss(null, at: 200)));
        Assert.Equal(48_000_00, (await CaseAsync(centre, first.Case)).UnmatchedMinor);
        Assert.Equal(ReportState.Duplicate, (await FindAsync(desk, second.Report)).State);
        await desk.ActAsync(OrderCentre.Office, second.Report, new RefuteDuplicate(0, "Two slips of the counter."), Cancel);
        Assert.Equal((96_000_00L, ReportState.Verified), ((await CaseAsync(centre, first.Case)).UnmatchedMinor, (await FindAsync(desk, second.Report)).State));
        // It is not found again when the money is followed, and when the first counts no more nothing is added.
        await centre.FollowAsync(first.Case);
        await desk.ActAsync(OrderCentre.Office, first.Report, new FindUnfounded("Withdrawn."), Cancel);
        Assert.Equal(48_000_00, (await CaseAsync(centre, first.Case)).UnmatchedMinor);
    }

    [Fact]
    public async Task Of_three_that_told_one_loss_one_counts_when_the_first_is_unfounded()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var desk = Desk(centre);
        var told = new List<ReceivedReport>();
        for (var i = 1; i <= 3; i++) told.Add(await ReceiveAsync(centre, Clerks($"r-{i}", Loss(null, at: i))));
        await desk.ActAsync(OrderCentre.Office, told[0].Report, new FindUnfounded("Taken down for the wrong person."), Cancel);
        Assert.Equal(48_000_00, (await CaseAsync(centre, told[0].Case)).UnmatchedMinor);
        Assert.Equal([ReportState.Verified, ReportState.Duplicate], new[] { (await FindAsync(desk, told[1].Report)).State, (await FindAsync(desk, told[2].Report)).State });
        await desk.ActAsync(OrderCentre.Office, told[1].Report, new FindUnfounded("Nor this."), Cancel);
        Assert.Equal((48_000_00, ReportState.Verified), ((await CaseAsync(centre, told[0].Case)).UnmatchedMinor, (await FindAsync(desk, told[2].Report)).State));
        await desk.ActAsync(OrderCentre.Office, told[2].Report, new FindUnfounded("Nor this."), Cancel);
        Assert.Equal(0, (await CaseAsync(centre, told[0].Case)).UnmatchedMinor);
    }

    [Fact]
    public async Task Two_equal_payments_that_memory_took_for_one_transfer_are_two_transfers_once_a_clerk_says_so()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var desk = Desk(centre);
        await centre.TellAsync(OrderCentre.Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0), OrderCentre.Pay("t2", "bank-a:v", "bank-b:m", 48_000_00, 90));
        var paid = Loss(null, at: 10) with { Payer = AccountNumber.Parse("bank-a:v") };
        var first = await ReceiveAsync(centre, Clerks("r-1", paid));
        var second = await ReceiveAsync(centre, Clerks("r-2", paid));
        Assert.Equal(ReportState.Duplicate, (await FindAsync(desk, second.Report)).State);
        var refuted = await desk.ActAsync(OrderCentre.Office, second.Report, new RefuteDuplicate(0, "Two receipts."), Cancel);
        Assert.Equal((true, ReportState.Matched), (refuted.Succeeded, refuted.Value.State));
        var both = await CaseAsync(centre, first.Case);
        Assert.Equal(["t1", "t2"], both.Seeds.Select(s => s.Transfer.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal((0L, 96_000_00L), (both.UnmatchedMinor, both.Losses.Least.Reported));
        await centre.FollowAsync(first.Case);
        Assert.Equal(2, (await CaseAsync(centre, first.Case)).Seeds.Length);
    }

    [Fact]
    public async Task What_an_unfounded_report_pointed_at_draws_nobody_into_its_case_any_more()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var desk = Desk(centre);
        var both = new Suspects([Caller], [], ["shared.example"]);
        var wrong = await ReceiveAsync(centre, Clerks("r-1", Loss(null), both with { Phones = [Caller, new PhoneNumber(8613900000001)] }));
        var right = await ReceiveAsync(centre, Clerks("r-2", Loss(null, 700_00, 500), both) with { Phone = new PhoneNumber(8613800000007) });
        Assert.Equal(wrong.Case, right.Case);
        await desk.ActAsync(OrderCentre.Office, wrong.Report, new FindUnfounded("Taken down for the wrong person."), Cancel);
        // The number that it alone named leads elsewhere now; the one that both named still leads here.
        var elsewhere = await ReceiveAsync(centre, Clerks("r-3", Loss(null, 800_00, 600), new Suspects([new PhoneNumber(8613900000001)], [], [])) with { Phone = new PhoneNumber(8613800000008) });
        Assert.NotEqual(wrong.Case, elsewhere.Case);
        var here = await ReceiveAsync(centre, Clerks("r-4", Loss(null, 900_00, 700), new Suspects([Caller], [], [])) with { Phone = new PhoneNumber(8613800000009) });
        Assert.Equal(wrong.Case, here.Case);
        foreach (var report in new[] { right, here }) await desk.ActAsync(OrderCentre.Office, report.Report, new FindUnfounded("Nor these."), Cancel);
        var left = await centre.Store.ReadAsync(db => db.Set<Casework.Series.SeriesMark>().Where(m => m.CaseId == wrong.Case).CountAsync(Cancel));
        var degree = await centre.Store.ReadAsync(db => db.Set<Casework.Series.SeriesDegree>().Where(d => d.Value == "domain:shared.example").Select(d => d.Cases).SingleAsync(Cancel));
        Assert.Equal((0, 0), (left, degree));
    }

    [Fact]
    public async Task A_stranger_leads_a_victims_report_into_no_case_where_others_are()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var elsewhere = await ReceiveAsync(centre, Clerks("r-1", Loss(null, 900_00, 400), new Suspects([Caller], [], [])) with { Phone = new PhoneNumber(8613800000009) });
        var stranger = await ReceiveAsync(centre, Stranger("one", Loss(null)) with { Suspects = new Suspects([Caller], [], []) });
        Assert.Equal(elsewhere.Case, stranger.Case);
        var victim = await ReceiveAsync(centre, Clerks("r-2", Loss(null)));
        Assert.NotEqual(elsewhere.Case, victim.Case);
        Assert.Equal(48_000_00, (await CaseAsync(centre, victim.Case)).UnmatchedMinor);
    }

    [Fact]
    public async Task A_case_is_not_closed_over_a_report_that_nobody_read_and_in_a_closed_one_none_is_verified()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var desk = Desk(centre);
        var stranger = await ReceiveAsync(centre, Stranger("one", Loss(null)));
        using var room = new CaseRoom(centre.Store, new EvidenceFiles(Path.Combine(Path.GetTempPath(), "cordon-no-evidence")), centre.Cases);
        var refused = await room.ActAsync(OrderCentre.Li, stranger.Case, new ProposeClosing(CaseEnd.NoFraud, "Nobody answers."), Cancel);
        Assert.Contains("1 unread report", refused.Refusal!.Message, StringComparison.Ordinal);
        await desk.ActAsync(OrderCentre.Office, stranger.Report, new FindUnfounded("Nobody answers."), Cancel);
        Assert.True((await room.ActAsync(OrderCentre.Li, stranger.Case, new ProposeClosing(CaseEnd.NoFraud, "Nobody answers."), Cancel)).Succeeded);
        Assert.True((await room.ActAsync(OrderCentre.Wang, stranger.Case, new CloseCase(), Cancel)).Succeeded);
        Assert.Equal("report/case-closed", (await desk.ActAsync(OrderCentre.Office, stranger.Report, Verify(Loss(null)), Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task Reports_that_two_memories_tell_of_are_one_when_the_bank_tells_the_transfer()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var desk = Desk(centre);
        var byReceipt = await ReceiveAsync(centre, Clerks("r-1", Loss("t1"), new Suspects([Caller], [], [])) with { Phone = null });
        var byMemory = await ReceiveAsync(centre, Clerks("r-2", Loss(null) with { Payer = AccountNumber.Parse("bank-a:v") }, new Suspects([Caller], [], [])) with { Phone = Victim });
        Assert.Equal((byReceipt.Case, 96_000_00L), (byMemory.Case, (await CaseAsync(centre, byReceipt.Case)).UnmatchedMinor));
        await centre.TellAsync(OrderCentre.Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0));
        await centre.FollowAsync(byReceipt.Case);
        var counted = await CaseAsync(centre, byReceipt.Case);
        Assert.Equal((0L, 48_000_00L), (counted.UnmatchedMinor, counted.Losses.Least.Reported));
        Assert.Equal([ReportState.Duplicate, ReportState.Matched], new[] { (await FindAsync(desk, byReceipt.Report)).State, (await FindAsync(desk, byMemory.Report)).State }.Order().Reverse());
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task One_address_leaves_five_reports_a_day_that_nobody_looked_at(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        var desk = Desk(centre);
        var first = await ReceiveAsync(centre, Stranger("0"));
        for (var i = 1; i < 5; i++) await ReceiveAsync(centre, Stranger(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("report/full-here", (await centre.Cases.ReceiveAsync(OrderCentre.Office, Stranger("5"), Cancel)).Refusal!.Code);
        // The same form again is no further report.
        Assert.True((await ReceiveAsync(centre, Stranger("0"))).Repeat);
        Assert.True((await centre.Cases.ReceiveAsync(OrderCentre.Office, Stranger("5") with { Stranger = new StrangersMark("elsewhere", "") }, Cancel)).Succeeded);
        await desk.ActAsync(OrderCentre.Office, first.Report, new FindUnfounded("Empty words."), Cancel);
        Assert.True((await centre.Cases.ReceiveAsync(OrderCentre.Office, Stranger("6"), Cancel)).Succeeded);
        centre.Advance(TimeSpan.FromHours(25));
        Assert.True((await centre.Cases.ReceiveAsync(OrderCentre.Office, Stranger("7"), Cancel)).Succeeded);
        Assert.Equal(7, await desk.WaitingAsync());
    }

    [Fact]
    public async Task A_stranger_sees_the_state_by_the_secret_and_by_nothing_else()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var desk = Desk(centre);
        await ReceiveAsync(centre, Stranger("one") with { Stranger = new StrangersMark("o", ReportDesk.HashOf("the secret")) });
        await ReceiveAsync(centre, Clerks("r-1", Loss(null)));
        Assert.Equal(ReportState.Received, await desk.StateOfAsync("public/one", "the secret"));
        foreach (var (number, secret) in new[] { ("public/one", ""), ("public/one", "another"), ("public/two", "the secret"), ("r-1", ""), ("r-1", "the secret") })
            Assert.Null(await desk.StateOfAsync(number, secret));
    }

    [Fact]
    public async Task The_type_is_guessed_from_the_words_until_somebody_chooses()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var desk = Desk(centre);
        var received = await ReceiveAsync(centre, Clerks("r-1", Loss(null)) with { FraudType = ReportIntake.TypeNotKnown, Text = "自称公安局的人让我把钱转到安全账户配合资金核查" });
        var report = await FindAsync(desk, received.Report);
        Assert.Equal(("impersonated-authority", (string?)null), (report.FraudType, report.TypeBy));
        Assert.Equal("impersonated-authority", (await CaseAsync(centre, received.Case)).FraudType);
        var chosen = await desk.ActAsync(OrderCentre.Office, received.Report, new ChooseFraudType("fake-loan"), Cancel);
        Assert.Equal(("fake-loan", "person:anna"), (chosen.Value.FraudType, chosen.Value.TypeBy));
        // The guess and the choice are none of what was told: the same report again is a repeat.
        Assert.True((await ReceiveAsync(centre, Clerks("r-1", Loss(null)) with { FraudType = ReportIntake.TypeNotKnown, Text = "自称公安局的人让我把钱转到安全账户配合资金核查" })).Repeat);
    }

    [Fact]
    public async Task Likely_duplicates_are_shown_before_anything_is_stored_and_only_to_the_centre()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var desk = Desk(centre);
        var first = await ReceiveAsync(centre, Clerks("r-1", Loss(null)));
        var (other, pair) = Assert.Single(await desk.LikelyTwiceAsync(OrderCentre.Office, Clerks("r-2", Loss(null, at: 30)), Cancel));
        Assert.Equal((first.Report, DuplicateReason.SamePhone), (other.Id, pair.Reasons[0]));
        var clerk = OrderCentre.Clerk(MemberCode.Parse("bank-a"));
        Assert.Empty(await desk.LikelyTwiceAsync(clerk, Clerks("r-2", Loss(null)), Cancel));
        Assert.Empty(await desk.ListAsync(clerk, new ReportFilter()));
        Assert.Null(await desk.ViewAsync(clerk, first.Report, Cancel));
        Assert.Equal("report/not-found", (await desk.ActAsync(clerk, first.Report, new FindUnfounded("Mine."), Cancel)).Refusal!.Code);
        Assert.Single(await desk.ListAsync(OrderCentre.Office, new ReportFilter { State = ReportState.Verified, Channel = ReportChannel.Api }));
    }

    [Fact]
    public async Task The_situation_counts_no_loss_twice()
    {
        await using var centre = await OrderCentre.OpenAsync();
        await centre.TellAsync(OrderCentre.Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0));
        await ReceiveAsync(centre, Clerks("r-1", Loss("t1")));
        await ReceiveAsync(centre, Clerks("r-2", Loss(null, at: 30)));
        await ReceiveAsync(centre, Stranger("one", Loss(null, 9_000_00)) with { Phone = new PhoneNumber(8613800000009) });
        var now = await new Situation(centre.Store).NowAsync();
        Assert.Equal((1, 1, 48_000_00L), (now.Reports, now.ToVerify, Assert.Single(now.Losses).Places.Reported));
    }

    private static ReportDesk Desk(OrderCentre centre) => new(centre.Store, centre.Engine, centre.Cases, OrderCentre.Types);

    private static CaseMeasures Measures(OrderCentre centre) => new(centre.Store, centre.Engine, centre.Orders);

    private static async Task<string?> MeasureAsync(OrderCentre centre, Guid id, PhoneNumber line) =>
        (await Measures(centre).DraftAsync(OrderCentre.Office, id, new MeasureAsked(OrderKind.SuspendNumber, line, Member: MemberCode.Parse("telco-a")), Cancel)).Refusal?.Code;

    private static async Task<Order> MeasureOfAsync(OrderCentre centre, Guid id) =>
        (await Measures(centre).DraftAsync(OrderCentre.Office, id, new MeasureAsked(OrderKind.SuspendNumber, Caller, Member: MemberCode.Parse("telco-a")), Cancel)).Value;

    private static async Task<ReceivedReport> ReceiveAsync(OrderCentre centre, ReportIntake intake)
    {
        var received = await centre.Cases.ReceiveAsync(OrderCentre.Office, intake, Cancel);
        Assert.True(received.Succeeded, received.Refusal?.Message);
        return received.Value;
    }

    private static async Task<Case> CaseAsync(OrderCentre centre, Guid id) => (await centre.Cases.ViewAsync(OrderCentre.Office, id))!.Case;

    private static async Task<Report> FindAsync(ReportDesk desk, Guid id) => (await desk.ViewAsync(OrderCentre.Office, id, Cancel))!.Report;

    private static ReportedLoss Loss(string? transfer, long minor = 48_000_00, int at = 0) =>
        new(transfer is null ? null : new SignalId(transfer), transfer is null ? null : MemberCode.Parse("bank-a"), null, null, OrderCentre.Yuan(minor), OrderCentre.At(at));

    private static VerifyReport Verify(ReportedLoss loss) => new("Called back.", "fake-loan", [loss]);

    private static ReportIntake Clerks(string id, ReportedLoss loss, Suspects? suspects = null) =>
        new(id, "赵某", Victim, "被骗", "fake-police", suspects ?? new Suspects([], [], []), [loss], OrderCentre.At(30));

    private static ReportIntake Stranger(string number, ReportedLoss? loss = null) =>
        new("public/" + number, "某人", Victim, "被骗", ReportIntake.TypeNotKnown, new Suspects([], [], []), loss is null ? [] : [loss], OrderCentre.At(30))
        {
            Channel = ReportChannel.Public,
            Stranger = new StrangersMark("here", ""),
        };
}
