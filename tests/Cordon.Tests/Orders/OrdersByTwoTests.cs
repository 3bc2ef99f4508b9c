using Cordon.Casework.Findings;
using Cordon.Casework.Orders;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Storage;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Orders;

/// <summary>Issuer and approver are two people of one authority; in an emergency the second follows in time, or the order lapses.</summary>
public sealed class OrdersByTwoTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_order_goes_out_when_a_second_officer_approves(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var draft = await centre.DraftedAsync();
        var signed = (await centre.Orders.IssueAsync(Li, draft.Id, Basis, Cancel)).Value;
        Assert.Equal((OrderState.AwaitsApproval, null, 0), (signed.State, signed.IssuedAt, signed.StopOrdinal));
        Assert.Equal("order/not-found", await centre.RefusedAsync(Clerk(draft.Member), draft.Id, new AcknowledgeOrder()));
        Assert.Equal("order/same-person", (await centre.Orders.ApproveAsync(Li, draft.Id, Cancel)).Refusal!.Code);
        Assert.Equal("order/other-authority", (await centre.Orders.ApproveAsync(Wang with { Member = MemberCode.Parse("police-b") }, draft.Id, Cancel)).Refusal!.Code);
        Assert.Equal("order/not-competent", (await centre.Orders.ApproveAsync(Office, draft.Id, Cancel)).Refusal!.Code);
        var order = (await centre.Orders.ApproveAsync(Wang, draft.Id, Cancel)).Value;
        Assert.Equal((OrderState.Issued, Li.Id, Wang.Id, 1), (order.State, order.Issuer, order.Approver, order.StopOrdinal));
        Assert.Equal((order.IssuedAt, Li.Member, null), (order.ApprovedAt, order.Authority, order.Emergency));
        Assert.Equal(order.Version, (await centre.Orders.ApproveAsync(Wang, draft.Id, Cancel)).Value.Version);
        Assert.True((await centre.Orders.ActAsync(Clerk(order.Member), order.Id, new AcknowledgeOrder(), Cancel)).Succeeded);
    }

    [Fact]
    public async Task The_second_officer_sends_back_and_the_first_may_issue_anew()
    {
        await using var centre = await OpenAsync();
        var draft = await centre.DraftedAsync();
        Assert.Equal("order/wrong-state", await centre.RefusedAsync(Wang, draft.Id, new SendBackOrder("Too soon.")));
        await centre.Orders.IssueAsync(Li, draft.Id, Basis, Cancel);
        Assert.Equal("order/no-reason", await centre.RefusedAsync(Wang, draft.Id, new SendBackOrder("")));
        var back = (await centre.Orders.ActAsync(Wang, draft.Id, new SendBackOrder("The basis is another."), Cancel)).Value;
        Assert.Equal((OrderState.Proposed, null, "The basis is another."), (back.State, back.Issuer, back.Reason));
        var order = (await centre.Orders.IssueByTwoAsync(Wang, draft.Id, Basis, Cancel)).Value;
        Assert.Equal((OrderState.Issued, null), (order.State, order.Reason));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_emergency_that_nobody_approves_in_two_hours_lapses_and_is_a_finding(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var draft = await centre.DraftedAsync();
        var sent = (await centre.Orders.IssueInEmergencyAsync(Li, draft.Id, Basis, WhyNow, Cancel)).Value;
        Assert.Equal((OrderState.Issued, WhyNow, true), (sent.State, sent.Emergency, sent.Unconfirmed));
        Assert.Equal(sent.IssuedAt + TimeSpan.FromHours(2), sent.ConfirmBy);
        await centre.HoldAsync(sent, 48_000_00);
        await centre.FollowAsync(draft.CaseId);
        Assert.True(Stopped(centre));

        centre.Advance(TimeSpan.FromHours(2));
        await centre.Orders.CheckClocksAsync(Cancel);
        Assert.Equal(OrderState.Executed, (await centre.FindAsync(draft.Id)).State);
        centre.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("order/confirmed-late", (await centre.Orders.ApproveAsync(Wang, draft.Id, Cancel)).Refusal!.Code);
        var told = new List<Guid>();
        centre.Orders.Changed += told.Add;
        Assert.Equal(1, await centre.Orders.CheckClocksAsync(Cancel));
        Assert.Equal([draft.CaseId], told);

        // The member sees it at once, lets go and says so; the engine does not stop the account any more.
        var lapsed = (await centre.Orders.FindAsync(Clerk(draft.Member), draft.Id))!;
        Assert.Equal((OrderState.Lapsed, false, OrderRules.LapsedReason), (lapsed.State, lapsed.Holds, lapsed.Reason));
        await centre.FollowAsync(draft.CaseId);
        Assert.False(Stopped(centre));
        var letGo = (await centre.Orders.ActAsync(Clerk(draft.Member), draft.Id, new ReportLetGo(), Cancel)).Value;
        Assert.Equal(letGo.EndedAt, letGo.LetGoAt);

        var finding = Assert.Single(await FoundAsync(centre, draft.CaseId));
        Assert.Equal((Li.Member, $"order:{draft.Id}"), (finding.Member, finding.Link));
        Assert.Contains("approved: never", finding.StatementEn, StringComparison.Ordinal);
        Assert.Equal("Cordon's own", finding.Article);
    }

    [Fact]
    public async Task An_emergency_that_is_approved_in_time_stands_and_is_no_finding()
    {
        await using var centre = await OpenAsync();
        var draft = await centre.DraftedAsync();
        Assert.Equal("order/no-reason", (await centre.Orders.IssueInEmergencyAsync(Li, draft.Id, Basis, "", Cancel)).Refusal!.Code);
        await centre.Orders.IssueInEmergencyAsync(Li, draft.Id, Basis, WhyNow, Cancel);
        centre.Advance(TimeSpan.FromHours(2));
        Assert.Equal("order/same-person", (await centre.Orders.ApproveAsync(Li, draft.Id, Cancel)).Refusal!.Code);
        var approved = (await centre.Orders.ApproveAsync(Wang, draft.Id, Cancel)).Value;
        Assert.Equal((Wang.Id, false, OrderState.Issued), (approved.Approver, approved.Unconfirmed, approved.State));
        centre.Advance(TimeSpan.FromHours(3));
        await centre.Orders.CheckClocksAsync(Cancel);
        Assert.Equal(OrderState.Issued, (await centre.FindAsync(draft.Id)).State);
        await centre.FollowAsync(draft.CaseId);
        Assert.Empty(await FoundAsync(centre, draft.CaseId));
    }

    [Fact]
    public async Task What_was_declined_before_needs_no_second_officer()
    {
        await using var centre = await OpenAsync();
        var draft = await centre.DraftedAsync();
        await centre.Orders.IssueInEmergencyAsync(Li, draft.Id, Basis, WhyNow, Cancel);
        await centre.Orders.ActAsync(Clerk(draft.Member), draft.Id, new DeclineOrder("Closed."), Cancel);
        Assert.Equal("order/wrong-state", (await centre.Orders.ApproveAsync(Wang, draft.Id, Cancel)).Refusal!.Code);
        centre.Advance(TimeSpan.FromHours(3));
        Assert.Equal(0, await centre.Orders.CheckClocksAsync(Cancel));
        await centre.FollowAsync(draft.CaseId);
        Assert.Empty(await FoundAsync(centre, draft.CaseId));
    }

    [Fact]
    public async Task A_freeze_waits_for_two_and_another_authority_or_basis_is_refused()
    {
        await using var centre = await OpenAsync();
        var draft = await centre.DraftedAsync();
        Assert.Equal("order/other-basis", (await centre.Orders.IssueAsync(Li, draft.Id, "My own view", Cancel)).Refusal!.Code);
        Assert.Equal("order/not-competent", (await centre.Orders.IssueAsync(Li with { Member = MemberCode.Parse("bank-a") }, draft.Id, Basis, Cancel)).Refusal!.Code);
        var stop = await centre.HoldAsync((await centre.Orders.IssueByTwoAsync(Li, draft.Id, Basis, Cancel)).Value, 48_000_00);
        var freeze = (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value;
        Assert.Equal("order/no-emergency", (await centre.Orders.IssueInEmergencyAsync(Li, freeze.Id, Basis, WhyNow, Cancel)).Refusal!.Code);
        Assert.Equal("order/not-competent", await centre.RefusedAsync(Office, stop.Id, new ReleaseOrder("No.")));
        Assert.True((await centre.Orders.ActAsync(Li, stop.Id, new ReleaseOrder("Not the mule."), Cancel)).Succeeded);
        Assert.Equal(stop.Version + 1, (await centre.FindAsync(stop.Id)).Version);
    }

    [Fact]
    public async Task Letting_go_is_told_once_and_of_what_ended_alone()
    {
        await using var centre = await OpenAsync();
        var order = (await centre.Orders.IssueByTwoAsync(Li, (await centre.DraftedAsync()).Id, Basis, Cancel)).Value;
        Assert.Equal("order/not-sent", await centre.RefusedAsync(Clerk(order.Member), order.Id, new ReportLetGo()));
        await centre.Orders.ActAsync(Li, order.Id, new ReleaseOrder("Mistaken."), Cancel);
        Assert.Equal("order/not-addressee", await centre.RefusedAsync(Li, order.Id, new ReportLetGo()));
        var told = (await centre.Orders.ActAsync(Clerk(order.Member), order.Id, new ReportLetGo(), Cancel)).Value;
        Assert.Equal(told.Version, (await centre.Orders.ActAsync(Clerk(order.Member), order.Id, new ReportLetGo(), Cancel)).Value.Version);
    }

    private static async Task<List<Finding>> FoundAsync(OrderCentre centre, Guid caseId) =>
        (await centre.Findings.ListAsync(Office, caseId)).FindAll(f => f.Duty == "cn.orders.emergency-confirmed");

    private static bool Stopped(OrderCentre centre) => centre.Engine.Read(e => e.Known.Lists.Has(ListName.StoppedAccounts, AccountNumber.Parse("bank-b:m")));
}
