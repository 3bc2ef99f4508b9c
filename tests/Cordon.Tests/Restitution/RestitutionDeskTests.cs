using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Reports;
using Cordon.Casework.Restitution;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Duties;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;

namespace Cordon.Tests.Restitution;

/// <summary>Victims pay a mule at <c>bank-b</c>; what is stopped there is frozen, divided and returned.</summary>
public sealed class RestitutionDeskTests
{
    private const string Basis = "Rules 41 of 2016, art. 8";
    private static readonly Actor Office = new("person:anna", null, new HashSet<string> { Roles.Administrator, Roles.DutyOfficer });
    private static readonly Actor Li = new("person:li", null, new HashSet<string> { Roles.PoliceOfficer });
    private static readonly Actor Wang = new("person:wang", null, new HashSet<string> { Roles.PoliceOfficer });
    private static readonly Actor Bank = new("person:clerk", MemberCode.Parse("bank-b"), new HashSet<string> { Roles.MemberClerk });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Money_of_one_victim_that_the_times_show_goes_back_directly(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.TellAsync(Pay("t1", "bank-a:v1", "bank-b:m", 500_00, 0));
        var ledger = await centre.LedgerAsync(await centre.ReportAsync("t1", 500_00), 480_00);
        var view = await centre.ViewAsync(ledger);
        Assert.Equal((480_00L, DivisionMethod.Direct), (view.FreeMinor, view.Divisions[0].Method));

        Assert.Equal("restitution/not-police", (await centre.Desk.AnnounceAsync(Office, ledger, DivisionMethod.Direct, null, Basis, Cancel)).Refusal!.Code);
        var announced = (await centre.Desk.AnnounceAsync(Li, ledger, DivisionMethod.Direct, null, Basis, Cancel)).Value;
        Assert.Null(announced.ObjectUntil);
        Assert.Equal("restitution/same-person", (await centre.Desk.DecideAsync(Li, ledger, Basis, Cancel)).Refusal!.Code);
        Assert.Equal(LedgerState.Decided, (await centre.Desk.DecideAsync(Wang, ledger, Basis, Cancel)).Value.State);

        var order = Assert.Single((await centre.ViewAsync(ledger)).Returns);
        Assert.Equal((OrderKind.Return, OrderState.Issued, 480_00L, AccountNumber.Parse("bank-a:v1")), (order.Kind, order.State, order.AmountMinor, order.PayTo));
        Assert.StartsWith("R-2026-", order.Number, StringComparison.Ordinal);
        // Monday: Tuesday to Thursday, by China's clock.
        Assert.Equal(Instant.From(new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.FromHours(8))), order.AnswerBy);

        Assert.Equal("order/paid-other", (await centre.Orders.ActAsync(Bank, order.Id, new ReportPaid(Yuan(479_99), "P1"), Cancel)).Refusal!.Code);
        Assert.Equal("order/no-payment", (await centre.Orders.ActAsync(Bank, order.Id, new ReportPaid(Yuan(480_00), ""), Cancel)).Refusal!.Code);
        Assert.Equal(OrderState.Paid, (await centre.Orders.ActAsync(Bank, order.Id, new ReportPaid(Yuan(480_00), "P1"), Cancel)).Value.State);
        Assert.True((await centre.Orders.ActAsync(Bank, order.Id, new ReportPaid(Yuan(480_00), "P1"), Cancel)).Succeeded);
        Assert.Equal("order/wrong-state", (await centre.Orders.ActAsync(Bank, order.Id, new ReportPaid(Yuan(480_00), "P2"), Cancel)).Refusal!.Code);

        var after = await centre.ViewAsync(ledger);
        Assert.Equal(0, after.FreeMinor);
        Assert.Equal(new Dictionary<string, long> { [LedgerBook.Holder] = -480_00, [LedgerBook.Unassigned] = 0, [LedgerBook.OwedTo(order.Report!.Value)] = 0, [LedgerBook.PaidTo(order.Report.Value)] = 480_00 }, after.Book.Balances());
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Mixed_money_goes_back_in_proportion_after_thirty_days_of_notice(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.TellAsync(Pay("t1", "bank-a:v1", "bank-b:m", 300_00, 0), Pay("t2", "bank-a:v2", "bank-b:m", 700_00, 1), Pay("t3", "bank-b:m", "bank-a:x", 500_00, 2));
        var first = await centre.ReportAsync("t1", 300_00);
        Assert.Equal(first, await centre.ReportAsync("t2", 700_00));
        var ledger = await centre.LedgerAsync(first, 500_00);
        var view = await centre.ViewAsync(ledger);
        Assert.Equal(DivisionMethod.ProRata, view.Divisions[0].Method);
        Assert.Equal([150_00L, 350_00L], view.Divisions[0].Shares.Select(s => s.Minor));
        Assert.Equal([0L, 500_00L], view.Divisions.Single(d => d.Method == DivisionMethod.Fifo).Shares.Select(s => s.Minor));

        Assert.Equal("restitution/not-legal", await RefusedAsync(DivisionMethod.Direct, "quicker"));
        Assert.Equal("restitution/for-comparison", await RefusedAsync(DivisionMethod.Fifo, "fairer"));
        var announced = (await centre.Desk.AnnounceAsync(Li, ledger, DivisionMethod.ProRata, null, Basis, Cancel)).Value;
        Assert.Equal(Instant.From(new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.FromHours(8))), announced.ObjectUntil);
        Assert.Equal("restitution/notice", (await centre.Desk.DecideAsync(Wang, ledger, Basis, Cancel)).Refusal!.Code);

        await centre.Desk.ActAsync(Office, ledger, new TakeObjection("赵某", "我的转账在后"), Cancel);
        centre.Advance(TimeSpan.FromDays(31));
        Assert.Equal("restitution/open-objection", (await centre.Desk.DecideAsync(Wang, ledger, Basis, Cancel)).Refusal!.Code);
        Assert.Equal("restitution/same-person", (await centre.Desk.ActAsync(Li, ledger, new SettleObjection(1, false, "Rules 41"), Cancel)).Refusal!.Code);
        Assert.True((await centre.Desk.ActAsync(Wang, ledger, new SettleObjection(1, false, "The rules divide in proportion."), Cancel)).Succeeded);
        Assert.Equal("restitution/settled", (await centre.Desk.ActAsync(Wang, ledger, new SettleObjection(1, true, "x"), Cancel)).Refusal!.Code);
        Assert.True((await centre.Desk.DecideAsync(Wang, ledger, Basis, Cancel)).Succeeded);
        Assert.Equal([150_00L, 350_00L], (await centre.ViewAsync(ledger)).Returns.Select(r => r.AmountMinor));

        async Task<string> RefusedAsync(DivisionMethod method, string reason) => (await centre.Desk.AnnounceAsync(Li, ledger, method, reason, Basis, Cancel)).Refusal!.Code;
    }

    [Fact]
    public async Task A_victim_who_comes_during_the_notice_makes_it_begin_anew_and_one_who_comes_later_shares_the_rest()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync(
            Pay("t1", "bank-a:v1", "bank-b:m", 300_00, 0), Pay("t2", "bank-a:v2", "bank-b:m", 700_00, 1), Pay("t3", "bank-b:m", "bank-a:x", 100_00, 2), Pay("t4", "bank-a:v3", "bank-b:m", 400_00, 3));
        var ledger = await centre.LedgerAsync(await centre.ReportAsync("t1", 300_00), 200_00);
        await centre.Desk.AnnounceAsync(Li, ledger, DivisionMethod.ProRata, null, Basis, Cancel);
        await centre.ReportAsync("t2", 700_00);
        centre.Advance(TimeSpan.FromDays(31));
        Assert.Equal("restitution/other-claims", (await centre.Desk.DecideAsync(Wang, ledger, Basis, Cancel)).Refusal!.Code);
        await centre.Desk.ActAsync(Li, ledger, new ReopenLedger("A second victim."), Cancel);
        await centre.Desk.AnnounceAsync(Li, ledger, DivisionMethod.ProRata, null, Basis, Cancel);
        centre.Advance(TimeSpan.FromDays(31));
        Assert.True((await centre.Desk.DecideAsync(Wang, ledger, Basis, Cancel)).Succeeded);
        var returns = (await centre.ViewAsync(ledger)).Returns;
        Assert.Equal([60_00L, 140_00L], returns.Select(r => r.AmountMinor));

        // One cannot be paid: it is owed no longer, and what it was goes into the next division.
        await centre.Orders.ActAsync(Bank, returns[0].Id, new ReportPaid(Yuan(60_00), "P1"), Cancel);
        await centre.Orders.ActAsync(Bank, returns[1].Id, new DeclineOrder("The account is closed."), Cancel);
        await centre.ReportAsync("t4", 400_00);
        await centre.Desk.ActAsync(Wang, ledger, new ReopenLedger("A third victim; one account is closed."), Cancel);
        var open = await centre.ViewAsync(ledger);
        Assert.Equal((LedgerState.Open, 140_00L, 3), (open.Ledger.State, open.FreeMinor, open.Claims.Length));
        // 200 over losses of 1,400: 42.86, 100.00 and 57.14. The first has 60 and keeps it; 140 fall on the others as 100.00 to 57.14.
        Assert.Equal([0, 89_09, 50_91], open.Divisions.Single(d => d.Method == DivisionMethod.ProRata).Shares.Select(s => s.Minor));
        Assert.Equal(0, open.Book.Balances()[LedgerBook.OwedTo(returns[1].Report!.Value)]);
    }

    [Fact]
    public async Task What_a_victim_got_out_of_one_account_is_not_claimed_out_of_another()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync(
            Pay("t1", "bank-a:v1", "bank-b:m", 500_00, 0), Pay("t2", "bank-b:m", "bank-a:x", 300_00, 1), Pay("t3", "bank-a:v2", "bank-b:m", 300_00, 2), Pay("t4", "bank-b:m", "bank-a:y", 100_00, 3));
        var id = await centre.ReportAsync("t1", 500_00);
        await centre.ReportAsync("t3", 300_00);
        var first = await centre.LedgerAsync(id, 300_00, "bank-a:x");
        Assert.Equal(DivisionMethod.Direct, (await centre.ViewAsync(first)).Divisions[0].Method);
        await centre.Desk.AnnounceAsync(Li, first, DivisionMethod.Direct, null, Basis, Cancel);
        Assert.True((await centre.Desk.DecideAsync(Wang, first, Basis, Cancel)).Succeeded);

        // Of 500 lost 300 are on their way back: 200 and 300 are left to divide what the mule holds.
        var view = await centre.ViewAsync(await centre.LedgerAsync(id, 100_00));
        Assert.Equal([200_00L, 300_00L], view.Claims.Select(c => c.LossMinor));
        Assert.Equal([40_00L, 60_00L], view.Divisions.Single(d => d.Method == DivisionMethod.ProRata).Shares.Select(s => s.Minor));
    }

    [Fact]
    public async Task What_the_mule_sent_back_to_a_victim_is_not_lost()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync(Pay("t1", "bank-a:v1", "bank-b:m", 500_00, 0), Pay("t2", "bank-b:m", "bank-a:v1", 60_00, 1), Pay("t3", "bank-a:v2", "bank-b:m", 300_00, 2));
        var id = await centre.ReportAsync("t1", 500_00);
        var view = await centre.ViewAsync(await centre.LedgerAsync(id, 440_00));
        Assert.Equal(440_00, Assert.Single(view.Claims).LossMinor);
        await centre.ReportAsync("t3", 300_00);
        Assert.Equal([440_00L, 300_00L], (await centre.ViewAsync(view.Ledger.Id)).Claims.Select(c => c.LossMinor));
    }

    [Fact]
    public async Task A_freeze_holds_for_six_months_what_a_stop_held_and_is_renewed_once_at_a_time()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync(Pay("t1", "bank-a:v1", "bank-b:m", 500_00, 0));
        var stop = await centre.HoldAsync(await centre.ReportAsync("t1", 500_00), 500_00);
        Assert.Equal("order/not-found", (await centre.Orders.ProposeFreezeAsync(Bank, stop.Id, Cancel)).Refusal!.Code);
        var freeze = (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value;
        Assert.Equal((OrderKind.Freeze, OrderState.Proposed, 500_00L), (freeze.Kind, freeze.State, freeze.AmountMinor));
        Assert.Equal("order/already-open", (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Refusal!.Code);
        await centre.Orders.IssueByTwoAsync(Li, freeze.Id, "Notice 86 of 2016", Cancel);
        await centre.Orders.ActAsync(Bank, freeze.Id, new AcknowledgeOrder(), Cancel);
        var held = (await centre.Orders.ActAsync(Bank, freeze.Id, new ReportHeld(Yuan(500_00)), Cancel)).Value;
        Assert.Equal((0, Instant.From(new DateTimeOffset(2026, 9, 2, 8, 0, 0, TimeSpan.Zero))), (held.StopOrdinal, held.ExpiresAt));

        // The same money under both orders is counted once, and stays held when the stop is over.
        var ledger = (await centre.Desk.OpenAsync(Office, freeze.Id, Cancel)).Value;
        Assert.Equal(500_00, (await centre.ViewAsync(ledger.Id)).FreeMinor);
        Assert.Equal(ledger.Id, (await centre.Desk.OpenAsync(Office, stop.Id, Cancel)).Value.Id);
        centre.Advance(TimeSpan.FromHours(48));
        Assert.Equal(1, await centre.Orders.CheckClocksAsync(Cancel));
        Assert.Equal(500_00, (await centre.ViewAsync(ledger.Id)).FreeMinor);
        Assert.Equal("order/nothing-held", (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Refusal!.Code);

        Assert.Equal("order/not-competent", (await centre.Orders.ActAsync(Office, freeze.Id, new RenewFreeze("Notice 86"), Cancel)).Refusal!.Code);
        var renewed = (await centre.Orders.ActAsync(Li, freeze.Id, new RenewFreeze("Notice 86 of 2016"), Cancel)).Value;
        Assert.Equal(Instant.From(new DateTimeOffset(2027, 3, 2, 8, 0, 0, TimeSpan.Zero)), renewed.ExpiresAt);
        Assert.Equal("order/renewed-already", (await centre.Orders.ActAsync(Li, freeze.Id, new RenewFreeze("Notice 86"), Cancel)).Refusal!.Code);
        centre.Advance(TimeSpan.FromDays(366));
        Assert.Equal(1, await centre.Orders.CheckClocksAsync(Cancel));
        Assert.Equal(0, (await centre.ViewAsync(ledger.Id)).FreeMinor);
        Assert.Equal("restitution/nothing-held", (await centre.Desk.OpenAsync(Office, freeze.Id, Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task A_return_not_paid_in_three_working_days_is_overdue_and_stays_owed()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync(Pay("t1", "bank-a:v1", "bank-b:m", 500_00, 0));
        var id = await centre.ReportAsync("t1", 500_00);
        var stop = await centre.HoldAsync(id, 500_00);
        var freeze = (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value;
        await centre.ExecuteAsync(freeze, 500_00);
        var ledger = (await centre.Desk.OpenAsync(Office, freeze.Id, Cancel)).Value.Id;
        await centre.Desk.AnnounceAsync(Li, ledger, DivisionMethod.Direct, null, Basis, Cancel);
        await centre.Desk.DecideAsync(Wang, ledger, Basis, Cancel);
        centre.Advance(TimeSpan.FromDays(4));
        await centre.Orders.CheckClocksAsync(Cancel);
        var overdue = Assert.Single((await centre.ViewAsync(ledger)).Returns);
        Assert.NotNull(overdue.OverdueAt);
        Assert.Equal(OrderState.Issued, overdue.State);
        Assert.True((await centre.Orders.ActAsync(Bank, overdue.Id, new ReportPaid(Yuan(500_00), "P1"), Cancel)).Succeeded);
    }

    private static Amount Yuan(long minor) => new(minor, Currency.Cny);

    private static Instant At(int minutes) => Instant.From(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero)) + TimeSpan.FromMinutes(minutes);

    private static Transfer Pay(string id, string from, string to, long minor, int minutes) => new(
        new SignalId(id), AccountNumber.Parse(from).Member, At(minutes), AccountNumber.Parse(from), AccountNumber.Parse(to), Yuan(minor), TransferMeans.Account, null);

    /// <summary>Casework over a database and a journal of its own.</summary>
    private sealed class Centre(CaseworkDatabase database, JournaledEngine engine, DirectoryInfo folder) : IAsyncDisposable
    {
        public OrderDesk Orders { get; } = ShippedOrders.Desk(database.Store);

        public CaseDesk Cases { get; } = new(database.Store, engine, new CaseFollower(database.Store, engine, ShippedPack.Cn, new LadderInForce(null)));

        public RestitutionDesk Desk { get; } = new(database.Store, engine, WorkingCalendar.Load(Path.Combine(RepositoryFolder.Root, "packs", "cn", "calendar.yaml")), ShippedOrders.Desk(database.Store));

        public static async Task<Centre> OpenAsync(Provider provider)
        {
            var database = await CaseworkDatabase.CreateAsync(provider);
            var folder = Directory.CreateTempSubdirectory("cordon-restitution-");
            var centre = new Centre(database, JournaledEngine.Open(folder.FullName, JournalOptions.Default, null, out _), folder);
            await new RegionRegister(database.Store).TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
            var members = new MemberRegister(database.Store);
            foreach (var code in (string[])["bank-a", "bank-b"])
                await members.EnrolAsync(Office, new MemberFacts(MemberCode.Parse(code), "银行", code, Sector.Bank, "33", true, []), Cancel);
            await centre.TellAsync(
            [
                .. ((string[])["bank-a:v1", "bank-a:v2", "bank-a:v3", "bank-a:x", "bank-a:y", "bank-b:m"]).Select((account, i) => (Signal)new AccountOpening(
                    new SignalId("o" + i), AccountNumber.Parse(account).Member, At(-60), AccountNumber.Parse(account), AccountKind.Personal, IdentityCheck.Verified, null,
                    Yuan(account.Contains(":v", StringComparison.Ordinal) ? 2_000_00 : 0), null, null)),
            ]);
            return centre;
        }

        public Task<SubmitReceipt> TellAsync(params Signal[] signals) => engine.SubmitAsync([.. signals.Select(s => new SignalAccepted(s))], Cancel);

        public void Advance(TimeSpan by) => database.Time.Advance(by);

        public async Task<Guid> ReportAsync(string transfer, long minor)
        {
            var payee = AccountNumber.Parse("bank-b:m");
            var losses = ImmutableArray.Create(new ReportedLoss(new SignalId(transfer), MemberCode.Parse("bank-a"), null, payee, Yuan(minor), At(0)));
            var received = await Cases.ReceiveAsync(Office, new ReportIntake("r-" + transfer, null, null, "被骗", "fake-police", new Suspects([], [payee], []), losses, At(30)), Cancel);
            Assert.True(received.Succeeded, received.Refusal?.Message);
            return received.Value.Case;
        }

        /// <summary>Issues the case's stop at an account and has the bank hold something.</summary>
        public async Task<Order> HoldAsync(Guid id, long minor, string account = "bank-b:m")
        {
            var draft = (await Orders.ListAsync(Li, new OrderFilter { Case = id, Kind = OrderKind.StopPayment, Limit = 10 })).Single(o => o.Account == AccountNumber.Parse(account));
            return await ExecuteAsync(draft, minor);
        }

        public async Task<Order> ExecuteAsync(Order draft, long minor)
        {
            await Orders.IssueByTwoAsync(Li, draft.Id, "Notice 86 of 2016", Cancel);
            var clerk = Bank with { Member = draft.Member };
            await Orders.ActAsync(clerk, draft.Id, new AcknowledgeOrder(), Cancel);
            var held = await Orders.ActAsync(clerk, draft.Id, new ReportHeld(Yuan(minor)), Cancel);
            Assert.True(held.Succeeded, held.Refusal?.Message);
            return held.Value;
        }

        public async Task<Guid> LedgerAsync(Guid id, long minor, string account = "bank-b:m")
        {
            var stop = await HoldAsync(id, minor, account);
            // A freeze, so that the money is held longer than any notice runs.
            var freeze = await ExecuteAsync((await Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value, minor);
            var opened = await Desk.OpenAsync(Office, freeze.Id, Cancel);
            Assert.True(opened.Succeeded, opened.Refusal?.Message);
            return opened.Value.Id;
        }

        public async Task<RestitutionView> ViewAsync(Guid ledger) => (await Desk.ViewAsync(Office, ledger, Cancel))!;

        public async ValueTask DisposeAsync()
        {
            await engine.DisposeAsync();
            await database.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
