using Cordon.Casework.Deliveries;
using Cordon.Casework.Orders;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using static Cordon.Tests.Deliveries.DeliveryRig;

namespace Cordon.Tests.Deliveries;

/// <summary>What becomes of messages when an endpoint is told anew, and who counts as not reached.</summary>
public sealed class EndpointToldTests
{
    private static readonly Uri Old = new("https://hooks.bank-b.test/old");
    private static readonly Uri New = new("https://hooks.bank-b.test/new");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task What_waits_after_a_failure_is_due_at_once_at_the_new_url(Provider provider)
    {
        await using var rig = await OpenAsync(provider);
        await rig.RegisterAsync(Old);
        await rig.IssueAsync();
        var one = await rig.OneAsync();
        await rig.Desk.AttemptedAsync(one.Id, Old, DeliveryFault.NotReached, null, rig.Now + TimeSpan.FromHours(12), Cancel);
        Assert.Empty(await rig.Desk.DueAsync(4, []));
        await rig.RegisterAsync(New);
        var due = Assert.Single(await rig.Desk.DueAsync(4, []));
        Assert.Equal((one.Id, New, 0, 1), (due.Delivery.Id, due.Url, due.Delivery.Failures, due.Delivery.Attempts));
        Assert.Single(await rig.AllAsync());
    }

    [Theory]
    [InlineData(DeliveryFault.Gone)]
    [InlineData(DeliveryFault.Failed)]
    public async Task What_fails_late_at_the_old_url_is_tried_at_once_at_the_new_one(DeliveryFault fault)
    {
        await using var rig = await OpenAsync();
        await rig.RegisterAsync(Old);
        await rig.IssueAsync();
        var one = await rig.OneAsync();
        await rig.RegisterAsync(New);
        await rig.Desk.AttemptedAsync(one.Id, Old, fault, 500, null, Cancel);
        Assert.Equal((DeliveryState.Pending, rig.Now), ((await rig.OneAsync()).State, (await rig.OneAsync()).NextAttemptAt));
        Assert.Equal(EndpointState.Active, (await rig.Desk.EndpointAsync(Admin, BankB))!.State);
        await rig.Desk.AttemptedAsync(one.Id, New, fault, 500, null, Cancel);
        Assert.Equal(DeliveryState.Dead, (await rig.OneAsync()).State);
        Assert.Equal(fault == DeliveryFault.Gone, (await rig.Desk.EndpointAsync(Admin, BankB))!.State == EndpointState.Disabled);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task What_was_given_up_is_sent_again_under_its_id_and_not_doubled(Provider provider)
    {
        await using var rig = await OpenAsync(provider);
        await rig.RegisterAsync(Old);
        var order = await rig.IssueAsync();
        var one = await rig.OneAsync();
        await rig.Desk.AttemptedAsync(one.Id, Old, DeliveryFault.Refused, 404, null, Cancel);
        await rig.RegisterAsync(New);
        var again = await rig.OneAsync();
        Assert.Equal((one.Id, one.MessageId, DeliveryState.Pending, rig.Now), (again.Id, again.MessageId, again.State, again.NextAttemptAt));
        // An order that nobody waits for any more stays where it lies.
        await rig.Desk.AttemptedAsync(one.Id, New, DeliveryFault.Refused, 404, null, Cancel);
        await rig.Centre.Orders.ActAsync(OrderCentre.Clerk(BankB), order.Id, new DeclineOrder("Closed."), Cancel);
        await rig.RegisterAsync(Old);
        Assert.Equal(DeliveryState.Dead, (await rig.OneAsync()).State);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task What_ended_during_a_pause_and_was_not_let_go_is_announced_by_its_end(Provider provider)
    {
        await using var rig = await OpenAsync(provider);
        var (orders, clerk) = (rig.Centre.Orders, OrderCentre.Clerk(BankB));
        await rig.RegisterAsync(Old);
        var (released, expired, letGo, unheard) = (await rig.IssueAsync(), await rig.IssueAsync(), await rig.IssueAsync(), await rig.IssueAsync());
        var lapsed = await rig.DraftAsync();
        await orders.IssueInEmergencyAsync(OrderCentre.Li, lapsed.Id, OrderCentre.Basis, OrderCentre.WhyNow, Cancel);
        foreach (var order in new[] { released, expired, letGo, lapsed }) await orders.ActAsync(clerk, order.Id, new AcknowledgeOrder(), Cancel);
        foreach (var delivery in await rig.AllAsync()) await rig.Desk.AttemptedAsync(delivery.Id, Old, null, 200, null, Cancel);
        await rig.Desk.DisableAsync(Admin, BankB, "It moves.", Cancel);
        foreach (var order in new[] { released, letGo, unheard }) await orders.ActAsync(OrderCentre.Li, order.Id, new ReleaseOrder("A mistake."), Cancel);
        await orders.ActAsync(clerk, letGo.Id, new ReportLetGo(), Cancel);
        rig.Centre.Advance(TimeSpan.FromHours(49));
        await orders.CheckClocksAsync(Cancel);

        for (var i = 0; i < 2; i++)
        {
            await rig.RegisterAsync(New);
            var told = await rig.Desk.ListAsync(Admin, new DeliveryFilter { State = DeliveryState.Pending });
            Assert.Equal(
                new[] { (expired.Id, "order.expired"), (lapsed.Id, "order.lapsed"), (released.Id, "order.released") },
                told.Select(d => (d.OrderId!.Value, d.Type)).OrderBy(d => d.Type, StringComparer.Ordinal));
            // Told once more, nothing is doubled.
            await rig.Desk.DisableAsync(Admin, BankB, "It moves.", Cancel);
        }
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Only_what_failed_after_the_last_that_arrived_counts_as_not_reached(Provider provider)
    {
        await using var rig = await OpenAsync(provider);
        await rig.RegisterAsync(Old);
        async Task<Delivery> TestAsync(DeliveryFault? fault, TimeSpan? next = null)
        {
            rig.Centre.Advance(TimeSpan.FromMinutes(1));
            var sent = (await rig.Desk.TestAsync(Admin, BankB, Cancel)).Value;
            return (await rig.Desk.AttemptedAsync(sent.Id, Old, fault, fault is null ? 200 : 500, next is { } pause ? rig.Now + pause : null, Cancel)).Value;
        }
        async Task<MemberDelivery> StandsAsync() => Assert.Single(await rig.Desk.StandingAsync(Admin));

        var dead = await TestAsync(DeliveryFault.Failed);
        Assert.Equal((dead.QueuedAt, DeliveryFault.Failed, null), ((await StandsAsync()).Since!.Value, (await StandsAsync()).Fault, (await StandsAsync()).LastDelivered));
        var arrived = await TestAsync(null);
        Assert.Equal((null, null, 1, arrived.DeliveredAt), ((await StandsAsync()).Since, (await StandsAsync()).Fault, (await StandsAsync()).Dead, (await StandsAsync()).LastDelivered));
        var waits = await TestAsync(DeliveryFault.Busy, TimeSpan.FromHours(1));
        var stands = await StandsAsync();
        Assert.Equal((waits.QueuedAt, DeliveryFault.Busy, 500, 1, 1), (stands.Since!.Value, stands.Fault!.Value, stands.Status!.Value, stands.Waiting, stands.Dead));
    }
}
