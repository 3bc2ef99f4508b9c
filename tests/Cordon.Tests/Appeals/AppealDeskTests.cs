using Cordon.Casework;
using Cordon.Casework.Appeals;
using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Registers;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Appeals;

/// <summary>Somebody is hit, appeals, and is let go at once where that is right.</summary>
public sealed class AppealDeskTests
{
    private const string Wages = "这是我的工资。";
    private static readonly Actor Decider = new("person:feng", null, new HashSet<string> { Roles.AppealDecider });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_upheld_appeal_lifts_everything_on_the_account_in_the_same_change(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var desk = Desk(centre);
        var (stop, freeze) = await FrozenAsync(centre);
        await centre.FollowAsync(stop.CaseId);
        Assert.True(Stopped(centre));
        var appeal = (await desk.ReceiveAsync(Clerk(freeze.Member), freeze.Id, "持有人钱某", Wages, Cancel)).Value;
        Assert.Equal(("A-2026-000001", AppealState.Received, freeze.Member), (appeal.Number, appeal.State, appeal.Member));
        centre.Advance(TimeSpan.FromMinutes(20));

        foreach (var own in new[] { Li, Wang with { Id = Li.Id + "-second" } })
            Assert.Equal("appeal/own-order", (await desk.DecideAsync(own, appeal.Id, new DecideAppeal(true, "Mine."), Cancel)).Refusal!.Code);
        var told = new List<Guid>();
        centre.Orders.Changed += told.Add;
        var upheld = (await desk.DecideAsync(Decider, appeal.Id, new DecideAppeal(true, "The payslip shows it."), Cancel)).Value;
        Assert.Equal((AppealState.Upheld, Decider.Id), (upheld.State, upheld.DecidedBy));
        Assert.Equal([stop.CaseId], told);
        var (stopNow, freezeNow) = (await centre.FindAsync(stop.Id), await centre.FindAsync(freeze.Id));
        Assert.Equal([OrderState.Released, OrderState.Released], [stopNow.State, freezeNow.State]);
        Assert.Equal((upheld.DecidedAt, upheld.DecidedAt, appeal.Id), (stopNow.EndedAt, freezeNow.EndedAt, freezeNow.Appeal));
        var unfreeze = Assert.Single(await centre.Orders.ListAsync(Office, new OrderFilter { Kind = OrderKind.Unfreeze, Limit = 10 }));
        Assert.Equal((OrderState.Issued, freeze.Id, freeze.Member), (unfreeze.State, unfreeze.Lifts, unfreeze.Member));
        Assert.Equal([stop.Id, freeze.Id, unfreeze.Id], upheld.Lifted.Order().Intersect([stop.Id, freeze.Id, unfreeze.Id]));
        await centre.FollowAsync(stop.CaseId);
        Assert.False(Stopped(centre));
        // The trace still finds the money there; who was cleared is not stopped again.
        Assert.DoesNotContain(await centre.Orders.ListAsync(Office, new OrderFilter { Case = stop.CaseId, Limit = 50 }), o => o.Draft);

        Assert.Null((await desk.FindAsync(Office, appeal.Id))!.LetGoIn);
        centre.Advance(TimeSpan.FromMinutes(4));
        var clerk = Clerk(freeze.Member);
        foreach (var order in new[] { stop.Id, freeze.Id }) await centre.Orders.ActAsync(clerk, order, new ReportLetGo(), Cancel);
        await centre.Orders.ActAsync(clerk, unfreeze.Id, new AcknowledgeOrder(), Cancel);
        Assert.Null((await desk.FindAsync(Office, appeal.Id))!.LetGoIn);
        await centre.Orders.ActAsync(clerk, unfreeze.Id, new ReportCarriedOut(null), Cancel);
        var file = (await desk.FindAsync(Office, appeal.Id))!;
        Assert.Equal((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(4)), (file.LiftedIn, file.LetGoIn));
        var figures = (await new Situation(centre.Store).NowAsync()).Appeals;
        var owed = Assert.IsType<OwedInTime>(Assert.Single(await centre.Store.ReadAsync(db => new AppealFacts(desk).ReadAsync(db, appeal.Id, Cancel))));
        Assert.Equal((DutyControl.UnfrozenInTime, "appeal:A-2026-000001", freezeNow.Authority, appeal.ReceivedAt, upheld.DecidedAt), (owed.Control, owed.Record, owed.Member, owed.At, owed.DoneAt));
        Assert.Equal((2, 2, 0, 20.0, 1.0), (figures.Restrictions, figures.Wrongful, figures.Open, figures.MedianMinutesToLift, figures.WrongfulRate));
    }

    [Fact]
    public async Task A_rejected_appeal_leaves_the_order_and_a_new_one_may_follow()
    {
        await using var centre = await OpenAsync();
        var desk = Desk(centre);
        var stop = await centre.HoldAsync((await centre.Orders.IssueByTwoAsync(Li, (await centre.DraftedAsync()).Id, Basis, Cancel)).Value, 48_000_00);
        var appeal = (await desk.ReceiveAsync(Office, stop.Id, "钱某", Wages, Cancel)).Value;
        Assert.Equal("appeal/open", (await desk.ReceiveAsync(Clerk(stop.Member), stop.Id, "钱某", Wages, Cancel)).Refusal!.Code);
        Assert.Equal("appeal/not-decider", (await desk.DecideAsync(Office, appeal.Id, new DecideAppeal(true, "Yes."), Cancel)).Refusal!.Code);
        Assert.Equal("appeal/not-decider", (await desk.DecideAsync(Clerk(stop.Member), appeal.Id, new DecideAppeal(true, "Yes."), Cancel)).Refusal!.Code);
        Assert.Equal("appeal/no-reason", (await desk.DecideAsync(Decider, appeal.Id, new DecideAppeal(false, " "), Cancel)).Refusal!.Code);
        Assert.Equal(AppealState.Rejected, (await desk.DecideAsync(Wang, appeal.Id, new DecideAppeal(false, "The wages came elsewhere."), Cancel)).Value.State);
        Assert.Equal("appeal/decided", (await desk.DecideAsync(Decider, appeal.Id, new DecideAppeal(true, "Yes."), Cancel)).Refusal!.Code);
        Assert.True((await centre.FindAsync(stop.Id)).Holds);
        Assert.True((await desk.ReceiveAsync(Li, stop.Id, "钱某", "新的材料。", Cancel)).Succeeded);
        Assert.Equal([AppealState.Received, AppealState.Rejected], (await desk.ListAsync(Decider, null, null, 10)).Select(f => f.Appeal.State));
        Assert.Empty(await desk.ListAsync(Clerk(MemberCode.Parse("bank-a")), null, null, 10));
        Assert.Equal(2, (await desk.ListAsync(Clerk(stop.Member), null, null, 10)).Count);
    }

    [Fact]
    public async Task Who_may_not_or_says_nothing_is_refused_by_name()
    {
        await using var centre = await OpenAsync();
        var desk = Desk(centre);
        var draft = await centre.DraftedAsync();
        Assert.Equal("order/not-found", (await desk.ReceiveAsync(Clerk(draft.Member), draft.Id, "钱某", Wages, Cancel)).Refusal!.Code);
        Assert.Equal("appeal/not-running", (await desk.ReceiveAsync(Office, draft.Id, "钱某", Wages, Cancel)).Refusal!.Code);
        var stop = (await centre.Orders.IssueByTwoAsync(Li, draft.Id, Basis, Cancel)).Value;
        Assert.Equal("order/not-found", (await desk.ReceiveAsync(Clerk(MemberCode.Parse("bank-a")), stop.Id, "钱某", Wages, Cancel)).Refusal!.Code);
        Assert.Equal("appeal/not-yours", (await desk.ReceiveAsync(Decider, stop.Id, "钱某", Wages, Cancel)).Refusal!.Code);
        foreach (var (from, text) in new[] { ("", Wages), ("钱某", ""), ("钱某", new string('x', 4_001)), (new string('x', 201), Wages) })
            Assert.Equal("appeal/no-text", (await desk.ReceiveAsync(Office, stop.Id, from, text, Cancel)).Refusal!.Code);
        Assert.Equal("appeal/not-found", (await desk.DecideAsync(Decider, stop.Id, new DecideAppeal(true, "Yes."), Cancel)).Refusal!.Code);
        await centre.Orders.ActAsync(Li, stop.Id, new ReleaseOrder("Mistaken."), Cancel);
        Assert.Equal("appeal/not-running", (await desk.ReceiveAsync(Office, stop.Id, "钱某", Wages, Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task A_suspended_number_has_a_notice_and_is_given_back_on_appeal()
    {
        await using var centre = await OpenAsync();
        var desk = Desk(centre);
        var (line, telco) = (new PhoneNumber(8617012345678), MemberCode.Parse("telco-a"));
        var measures = new CaseMeasures(centre.Store, centre.Engine, centre.Orders);
        var stop = await centre.DraftedAsync();
        var order = (await measures.DraftAsync(Office, stop.CaseId, new MeasureAsked(OrderKind.SuspendNumber, line, null, telco), Cancel)).Value;
        var block = (await measures.DraftAsync(Office, stop.CaseId, new MeasureAsked(OrderKind.BlockNumber, line, null, telco), Cancel)).Value;
        await centre.Orders.IssueByTwoAsync(Li, order.Id, "Anti-Telecom-Fraud Law, art. 11", Cancel);
        Assert.Contains("号码+8617012345678", Assert.Single(await desk.NoticesAsync(Clerk(telco), order.Id)).TextZh, StringComparison.Ordinal);
        await centre.Orders.ActAsync(Clerk(telco), order.Id, new AcknowledgeOrder(), Cancel);
        await centre.Orders.ActAsync(Clerk(telco), order.Id, new ReportCarriedOut(null), Cancel);
        var appeal = (await desk.ReceiveAsync(Clerk(telco), order.Id, "机主", "号码一直是我在用。", Cancel)).Value;
        var upheld = (await desk.DecideAsync(Decider, appeal.Id, new DecideAppeal(true, "The calls were spoofed."), Cancel)).Value;
        Assert.Equal([OrderState.Released, OrderState.Withdrawn, OrderState.Proposed],
            [(await centre.FindAsync(order.Id)).State, (await centre.FindAsync(block.Id)).State, (await centre.FindAsync(stop.Id)).State]);
        Assert.Equal(2, upheld.Lifted.Length);
        await centre.Orders.ActAsync(Clerk(telco), order.Id, new ReportLetGo(), Cancel);
        Assert.Equal(TimeSpan.Zero, (await desk.FindAsync(Office, appeal.Id))!.LetGoIn);
    }

    private static async Task<(Order Stop, Order Freeze)> FrozenAsync(OrderCentre centre)
    {
        var stop = await centre.HoldAsync((await centre.Orders.IssueByTwoAsync(Li, (await centre.DraftedAsync()).Id, Basis, Cancel)).Value, 48_000_00);
        var freeze = (await centre.Orders.IssueByTwoAsync(Li, (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value.Id, Basis, Cancel)).Value;
        return (stop, await centre.HoldAsync(freeze, 48_000_00));
    }

    private static AppealDesk Desk(OrderCentre centre) => new(centre.Store, centre.Orders, new AppealOptions { NoticeFile = ShippedOrders.NoticeFile });

    private static bool Stopped(OrderCentre centre) => centre.Engine.Read(e => e.Known.Lists.Has(ListName.StoppedAccounts, AccountNumber.Parse("bank-b:m")));
}
