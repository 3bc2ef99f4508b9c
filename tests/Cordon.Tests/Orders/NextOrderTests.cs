using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using Cordon.Tests.Storage;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Orders;

/// <summary>After a receipt over less than was ordered, the next order follows the rest.</summary>
public sealed class NextOrderTests
{
    private static readonly AccountNumber Mule = AccountNumber.Parse("bank-b:m");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_stop_for_exactly_the_rest_is_drafted_where_it_went(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var draft = await centre.DraftedAsync();
        var stop = (await centre.Orders.IssueByTwoAsync(Li, draft.Id, Basis, Cancel)).Value;
        await centre.HoldAsync(stop, 3_120_55);

        // The receipt alone: no signal tells where the rest is, and the account is not stopped again for what is not there.
        await centre.FollowAsync(stop.CaseId);
        Assert.Equal([stop.Id], (await StopsAsync(centre, stop.CaseId)).Select(o => o.Id));

        await centre.TellAsync(Pay("t2", "bank-b:m", "bank-a:o", 44_879_45, 20));
        await centre.FollowAsync(stop.CaseId);
        var next = Assert.Single(await StopsAsync(centre, stop.CaseId), o => o.State == OrderState.Proposed);
        Assert.Equal((AccountNumber.Parse("bank-a:o"), 44_879_45L), (next.Account, next.AmountMinor));
        var losses = (await centre.Cases.ViewAsync(Office, stop.CaseId))!.Case.Losses.Least;
        Assert.Equal((3_120_55L, 44_879_45L), (losses.HeldStopped, losses.HeldFree));
    }

    [Fact]
    public async Task A_draft_follows_the_money_until_it_is_issued()
    {
        await using var centre = await OpenAsync();
        var draft = await centre.DraftedAsync();
        await centre.TellAsync(Pay("t2", "bank-b:m", "bank-b:n", 8_000_00, 31));
        await centre.FollowAsync(draft.CaseId);
        var stops = await StopsAsync(centre, draft.CaseId);
        Assert.Equal([("bank-b:n", 8_000_00L), ("bank-b:m", 40_000_00L)], stops.Select(o => (o.Account.ToString()!, o.AmountMinor)));

        await centre.Orders.IssueAsync(Li, stops[0].Id, Basis, Cancel);
        await centre.TellAsync(Pay("t3", "bank-b:m", "bank-a:o", 40_000_00, 32), Pay("t4", "bank-b:n", "bank-a:o", 8_000_00, 33));
        await centre.FollowAsync(draft.CaseId);
        // What an officer signed for a sum is the second officer's to judge; what nobody signed goes.
        Assert.Equal((OrderState.Withdrawn, CaseFollower.MoneyGone), await centre.FindAsync(draft.Id) is var gone ? (gone.State, gone.Reason) : default);
        Assert.Equal(OrderState.AwaitsApproval, (await centre.FindAsync(stops[0].Id)).State);
        Assert.Equal(48_000_00, Assert.Single(await StopsAsync(centre, draft.CaseId), o => o.State == OrderState.Proposed).AmountMinor);
    }

    [Fact]
    public async Task Money_that_a_running_stop_covers_is_not_stopped_again_and_more_that_comes_is()
    {
        await using var centre = await OpenAsync();
        var stop = (await centre.Orders.IssueByTwoAsync(Li, (await centre.DraftedAsync()).Id, Basis, Cancel)).Value;
        await centre.FollowAsync(stop.CaseId);
        Assert.Equal([stop.Id], (await StopsAsync(centre, stop.CaseId)).Select(o => o.Id));
        await centre.HoldAsync(stop, 3_120_55);

        // A second victim of the same case pays the mule after the receipt: a stop for exactly that.
        await centre.TellAsync(Pay("t2", "bank-a:v", "bank-b:m", 10_000_00, 70));
        Assert.Equal(stop.CaseId, await centre.ReportAsync("t2", 10_000_00));
        await centre.FollowAsync(stop.CaseId);
        var second = Assert.Single(await StopsAsync(centre, stop.CaseId), o => o.State == OrderState.Proposed);
        Assert.Equal((Mule, 10_000_00L), (second.Account, second.AmountMinor));
        second = (await centre.Orders.IssueByTwoAsync(Li, second.Id, Basis, Cancel)).Value;
        Assert.Equal(2, second.StopOrdinal);
        await centre.FollowAsync(stop.CaseId);
        Assert.Equal(2, (await StopsAsync(centre, stop.CaseId)).Count);

        // Both hold, each its own money; a freeze of each holds the same and not more.
        second = await centre.HoldAsync(second, 10_000_00);
        foreach (var held in new[] { await centre.FindAsync(stop.Id), second })
        {
            var freeze = (await centre.Orders.IssueByTwoAsync(Li, (await centre.Orders.ProposeFreezeAsync(Office, held.Id, Cancel)).Value.Id, Basis, Cancel)).Value;
            await centre.HoldAsync(freeze, held.HeldMinor);
        }
        await centre.FollowAsync(stop.CaseId);
        Assert.Equal(13_120_55, (await centre.Cases.ViewAsync(Office, stop.CaseId))!.Case.Losses.Least.HeldStopped);
        Assert.Equal(2, (await StopsAsync(centre, stop.CaseId)).Count);
    }

    private static async Task<List<Order>> StopsAsync(OrderCentre centre, Guid caseId) =>
        await centre.Orders.ListAsync(Office, new OrderFilter { Case = caseId, Kind = OrderKind.StopPayment, Limit = 50 });
}
