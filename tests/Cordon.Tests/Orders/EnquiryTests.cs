using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Registers;
using Cordon.Casework.Reports;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Duties;
using Cordon.Tests.Storage;

namespace Cordon.Tests.Orders;

/// <summary>A victim's money passes a mule and enters the pool of <c>pay-a</c>, from where it goes on to a wallet.</summary>
public sealed class EnquiryTests
{
    private static readonly Actor Office = new("person:anna", null, new HashSet<string> { Roles.Administrator, Roles.DutyOfficer });
    private static readonly Actor Police = new("person:li", null, new HashSet<string> { Roles.PoliceOfficer });
    private static readonly AccountNumber Pool = AccountNumber.Parse("pay-a:pool");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_trace_that_stops_at_a_pool_asks_and_goes_on_with_the_answer(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.TellAsync(Transfer("t1", "bank-a:v", "bank-a:m", 0), Transfer("t2", "bank-a:m", "pay-a:pool", 1), Transfer("t3", "pay-a:pool", "pay-a:w", 2, "R7"));
        var id = await centre.ReportAsync();
        var draft = await centre.EnquiryAsync(id);
        Assert.Equal((OrderState.Proposed, Pool, 500_00L), (draft.State, draft.Account, draft.AmountMinor));
        Assert.Equal([new AskedTransfer(MemberCode.Parse("bank-a"), new SignalId("t2"), null, 500_00)], draft.Asked);
        Assert.StartsWith("E-2026-", draft.Number, StringComparison.Ordinal);

        var issued = (await centre.Orders.IssueByTwoAsync(Police, draft.Id, "Anti-Telecom-Fraud Law, art. 19", Cancel)).Value;
        Assert.Equal(issued.IssuedAt + TimeSpan.FromHours(24), issued.AnswerBy);
        var hidden = Assert.Single(await centre.HiddenAsync(id));
        Assert.Equal((Pool, 500_00L, issued.Number, OrderState.Issued, issued.AnswerBy), (hidden.Pool, hidden.Amount.Minor, hidden.Number, hidden.State!.Value, hidden.AnswerBy));

        var answer = new AnswerEnquiry([new ReferenceGiven(MemberCode.Parse("bank-a"), new SignalId("t2"), "R7")], null);
        Assert.Equal(OrderState.Answered, (await centre.Orders.ActAsync(Clerk("pay-a"), issued.Id, answer, Cancel)).Value.State);
        await centre.CatchUpAsync(id);
        Assert.Empty(await centre.HiddenAsync(id));
        Assert.Equal(500_00, (await centre.Cases.ViewAsync(Office, id))!.Case.Losses.Least.HeldFree);
        Assert.Equal("order/other-answer", (await centre.Orders.ActAsync(Clerk("pay-a"), issued.Id, answer, Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task Signals_answer_an_enquiry_and_drop_a_draft()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync(Transfer("t1", "bank-a:v", "bank-a:m", 0), Transfer("t2", "bank-a:m", "pay-a:pool", 1, "R1"), Transfer("t3", "pay-a:pool", "pay-a:w", 2));
        var id = await centre.ReportAsync();
        var enquiry = await centre.EnquiryAsync(id);
        Assert.Equal("R1", enquiry.Asked[0].Reference);
        await centre.Orders.IssueByTwoAsync(Police, enquiry.Id, "Anti-Telecom-Fraud Law, art. 19", Cancel);
        await centre.TellAsync(Transfer("t4", "bank-a:v", "pay-a:pool", 3, "R2"), Correction("c0", "t4", "R2"));
        await centre.ReportAsync("t4");
        await centre.CatchUpAsync(id);
        Assert.Equal([OrderState.Proposed, OrderState.Issued], (await centre.EnquiriesAsync()).Select(o => o.State));

        await centre.TellAsync(Correction("c1", "t3", "R1"), Transfer("t5", "pay-a:pool", "pay-a:w", 4, "R2"));
        await centre.CatchUpAsync(id);
        var after = await centre.EnquiriesAsync();
        Assert.Equal([OrderState.Withdrawn, OrderState.Answered], after.Select(o => o.State));
        Assert.Equal((PoolEnquiries.WayKnown, (string?)null), (after[0].Reason, after[1].Reason));
    }

    [Fact]
    public async Task A_transfer_is_asked_about_once_and_a_draft_follows_the_trace()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync(Transfer("t1", "bank-a:v", "bank-a:m", 0), Transfer("t2", "bank-a:m", "pay-a:pool", 1) with { Amount = Yuan(200_00) });
        var id = await centre.ReportAsync();
        await centre.TellAsync(Transfer("t3", "bank-a:m", "pay-a:pool", 2) with { Amount = Yuan(150_00) });
        await centre.CatchUpAsync(id);
        var draft = await centre.EnquiryAsync(id);
        Assert.Equal((350_00L, 2), (draft.AmountMinor, draft.Asked.Length));
        await centre.Orders.IssueByTwoAsync(Police, draft.Id, "Anti-Telecom-Fraud Law, art. 19", Cancel);
        await centre.Orders.ActAsync(Clerk("pay-a"), draft.Id, new AnswerEnquiry([], "It lies there."), Cancel);
        await centre.CatchUpAsync(id);
        Assert.Equal(draft.Id, (await centre.EnquiryAsync(id)).Id);
        Assert.Equal(350_00, Assert.Single(await centre.HiddenAsync(id)).Amount.Minor);
    }

    [Fact]
    public async Task An_enquiry_not_answered_in_a_day_is_overdue_and_stays_owed()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync(Transfer("t1", "bank-a:v", "pay-a:pool", 0));
        var enquiry = await centre.EnquiryAsync(await centre.ReportAsync());
        await centre.Orders.IssueByTwoAsync(Police, enquiry.Id, "Anti-Telecom-Fraud Law, art. 19", Cancel);
        centre.Advance(TimeSpan.FromHours(24));
        Assert.Equal(0, await centre.Orders.CheckClocksAsync(Cancel));
        centre.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await centre.Orders.CheckClocksAsync(Cancel));
        Assert.Equal(0, await centre.Orders.CheckClocksAsync(Cancel));
        var overdue = (await centre.EnquiriesAsync())[0];
        Assert.Equal(OrderState.Issued, overdue.State);
        Assert.NotNull(overdue.OverdueAt);
        Assert.True((await centre.Orders.ActAsync(Clerk("pay-a"), enquiry.Id, new AnswerEnquiry([], "Late."), Cancel)).Succeeded);
    }

    [Fact]
    public async Task Bad_answers_are_refused_by_name()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync(Transfer("t1", "bank-a:v", "pay-a:pool", 0));
        var enquiry = await centre.EnquiryAsync(await centre.ReportAsync());
        var good = new ReferenceGiven(MemberCode.Parse("bank-a"), new SignalId("t1"), "R1");
        Assert.Equal("order/not-found", await RefusedAsync(Clerk("pay-a"), new AnswerEnquiry([good], null)));
        Assert.Equal("order/not-competent", (await centre.Orders.IssueAsync(Office, enquiry.Id, "Anti-Telecom-Fraud Law, art. 19", Cancel)).Refusal!.Code);
        await centre.Orders.IssueByTwoAsync(Police, enquiry.Id, "Anti-Telecom-Fraud Law, art. 19", Cancel);
        Assert.Equal("order/not-found", await RefusedAsync(Clerk("bank-a"), new AnswerEnquiry([good], null)));
        Assert.Equal("order/not-addressee", await RefusedAsync(Police, new AnswerEnquiry([good], null)));
        foreach (var bad in (AnswerEnquiry[])[new([], null), new(default, ""), new([good, good], null), new([good with { OrderReference = "" }], null), new([good with { Transfer = new SignalId("t9") }], null)])
            Assert.Equal("order/no-answer", await RefusedAsync(Clerk("pay-a"), bad));
        Assert.Equal("order/other-kind", await RefusedAsync(Clerk("pay-a"), new AcknowledgeOrder()));
        Assert.Equal("order/other-kind", await RefusedAsync(Clerk("pay-a"), new ReportHeld(Yuan(1))));

        async Task<string> RefusedAsync(Actor actor, OrderCommand command) => (await centre.Orders.ActAsync(actor, enquiry.Id, command, Cancel)).Refusal!.Code;
    }

    private static Actor Clerk(string member) => new("person:clerk", MemberCode.Parse(member), new HashSet<string> { Roles.MemberClerk });

    private static Amount Yuan(long minor) => new(minor, Currency.Cny);

    private static Instant At(int minutes) => Instant.From(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero)) + TimeSpan.FromMinutes(minutes);

    private static Transfer Transfer(string id, string from, string to, int minutes, string? reference = null) => new(
        new SignalId(id), AccountNumber.Parse(from).Member, At(minutes), AccountNumber.Parse(from), AccountNumber.Parse(to), Yuan(500_00), TransferMeans.Account, reference);

    private static TransferCorrection Correction(string id, string transfer, string reference) =>
        new(new SignalId(id), MemberCode.Parse("pay-a"), At(5), MemberCode.Parse("pay-a"), new SignalId(transfer), null, reference);

    /// <summary>Casework over a database and a journal of its own.</summary>
    private sealed class Centre(CaseworkDatabase database, JournaledEngine engine, DirectoryInfo folder) : IAsyncDisposable
    {
        public OrderDesk Orders { get; } = ShippedOrders.Desk(database.Store);

        public CaseDesk Cases { get; } = new(database.Store, engine, new CaseFollower(database.Store, engine, ShippedPack.Cn, new LadderInForce(null)));

        public static async Task<Centre> OpenAsync(Provider provider)
        {
            var database = await CaseworkDatabase.CreateAsync(provider);
            var folder = Directory.CreateTempSubdirectory("cordon-enquiry-");
            var centre = new Centre(database, JournaledEngine.Open(folder.FullName, JournalOptions.Default, null, out _), folder);
            await new RegionRegister(database.Store).TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
            var members = new MemberRegister(database.Store);
            await members.EnrolAsync(Office, new MemberFacts(MemberCode.Parse("bank-a"), "甲银行", "Bank A", Sector.Bank, "33", true, []), Cancel);
            await members.EnrolAsync(Office, new MemberFacts(Pool.Member, "甲支付", "Pay A", Sector.PaymentInstitution, "33", true, []), Cancel);
            var openings = new[] { ("bank-a:v", AccountKind.Personal), ("bank-a:m", AccountKind.Personal), ("pay-a:pool", AccountKind.Pool), ("pay-a:w", AccountKind.Wallet) };
            await centre.TellAsync([.. openings.Select((o, i) => (Signal)new AccountOpening(
                new SignalId("o" + i), AccountNumber.Parse(o.Item1).Member, At(-60), AccountNumber.Parse(o.Item1), o.Item2, IdentityCheck.Verified, null, Yuan(o.Item1 == "bank-a:v" ? 2_000_00 : 0), null, null))]);
            return centre;
        }

        public Task<SubmitReceipt> TellAsync(params Signal[] signals) => engine.SubmitAsync([.. signals.Select(s => new SignalAccepted(s))], Cancel);

        public void Advance(TimeSpan by) => database.Time.Advance(by);

        public async Task<Guid> ReportAsync(string transfer = "t1")
        {
            var losses = ImmutableArray.Create(new Casework.Reports.ReportedLoss(new SignalId(transfer), MemberCode.Parse("bank-a"), AccountNumber.Parse("bank-a:v"), null, Yuan(500_00), At(0)));
            var received = await Cases.ReceiveAsync(Office, new ReportIntake("r-" + transfer, null, new PhoneNumber(8613800138000), "被骗", "fake-police", new Suspects([new PhoneNumber(8617012345678)], [Pool], []), losses, At(30)), Cancel);
            Assert.True(received.Succeeded, received.Refusal?.Message);
            return received.Value.Case;
        }

        public async Task CatchUpAsync(Guid id)
        {
            while (await new Outbox(engine, database.Store).StepAsync(Cancel) > 0)
            {
                // Until nothing is owed.
            }
            Assert.True((await Cases.FollowAsync(Office, id, Cancel)).Succeeded);
        }

        /// <summary>All enquiries, the newest first.</summary>
        public Task<List<Order>> EnquiriesAsync() => Orders.ListAsync(Police, new OrderFilter { Kind = OrderKind.Enquiry, Limit = 100 });

        public async Task<Order> EnquiryAsync(Guid id) => Assert.Single(await Orders.ListAsync(Police, new OrderFilter { Case = id, Kind = OrderKind.Enquiry, Limit = 100 }));

        public async Task<IReadOnlyList<HiddenMoney>> HiddenAsync(Guid id) => (await Cases.ViewAsync(Office, id)) is { } view ? HiddenMoney.Of(view.Trace, view.Orders) : [];

        public async ValueTask DisposeAsync()
        {
            await engine.DisposeAsync();
            await database.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
