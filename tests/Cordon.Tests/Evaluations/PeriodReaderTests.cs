using Cordon.Casework;
using Cordon.Casework.Controls;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Tests.Duties;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using static Cordon.Tests.Rectifications.Mending;

namespace Cordon.Tests.Evaluations;

public sealed class PeriodReaderTests
{
    private const string DueDiligence = "cn.atf.15.customer-due-diligence";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Orders_count_for_who_carried_them_out_and_for_who_gave_them(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        var order = await centre.DraftedAsync();
        Assert.True((await centre.Orders.IssueByTwoAsync(OrderCentre.Li, order.Id, OrderCentre.Basis, Cancel)).Succeeded);
        await centre.HoldAsync(order, 40_000_00);
        centre.Advance(TimeSpan.FromHours(3));
        using var controls = ControlsOf(centre);

        var bank = await ValuesAsync("bank-b");
        Assert.Equal((1L, 0L), (bank[MeasureCatalogue.OrdersAcknowledged].Occasions, bank[MeasureCatalogue.OrdersAcknowledged].Faults));
        // Of its two accounts one was stopped.
        Assert.Equal((2L, 1L, order.Number), (bank[MeasureCatalogue.CleanAccounts].Occasions, bank[MeasureCatalogue.CleanAccounts].Faults, bank[MeasureCatalogue.CleanAccounts].Records.Single()));
        Assert.Equal((48_000_00L, 40_000_00L), (bank[MeasureCatalogue.MoneyOrdered].Amount, bank[MeasureCatalogue.MoneyHeld].Amount));
        Assert.Equal((1L, 0L), (bank["stopAcknowledged"].Occasions, bank["stopAcknowledged"].Faults));
        var police = await ValuesAsync("police-a");
        Assert.Equal((1L, 0L), (police[MeasureCatalogue.OrdersUpheld].Occasions, police[MeasureCatalogue.OrdersUpheld].Faults));
        // Another period has none of it, and another sector is not asked.
        Assert.Equal(0, (await ValuesAsync("bank-b", -40))[MeasureCatalogue.OrdersAcknowledged].Occasions);
        var banks = await new PeriodReader(centre.Store, controls).ReadAsync(new FigurePeriod(Sector.Bank, "33", Day(-1), Day(30), centre.Store.Now), units: false, whole: true, Cancel);
        Assert.Equal(["bank-a", "bank-b"], banks.Members.Select(m => m.Member.ToString()));

        async Task<Dictionary<string, MeasuredValue>> ValuesAsync(string member, int from = -1) =>
            (await new PeriodReader(centre.Store, controls).ReadAsync(new FigurePeriod(null, null, Day(from), Day(from + 31), centre.Store.Now), units: false, whole: true, Cancel))
                .Members.Single(m => m.Member.ToString() == member).Values.ToDictionary(v => v.Measure);
    }

    [Fact]
    public async Task A_stop_that_was_not_carried_out_involves_nobody_and_who_declined_has_answered()
    {
        await using var centre = await OrderCentre.OpenAsync();
        var order = await centre.DraftedAsync();
        Assert.True((await centre.Orders.IssueByTwoAsync(OrderCentre.Li, order.Id, OrderCentre.Basis, Cancel)).Succeeded);
        using var controls = ControlsOf(centre);
        Assert.Equal((2L, 0L), await ShareAsync("bank-b", MeasureCatalogue.CleanAccounts));
        Assert.Equal((1L, 0L), await ShareAsync("police-a", MeasureCatalogue.OrdersUpheld));
        Assert.True((await centre.Orders.ActAsync(OrderCentre.Clerk(order.Member), order.Id, new DeclineOrder("The account is closed."), Cancel)).Succeeded);
        centre.Advance(TimeSpan.FromHours(3));
        Assert.Equal((2L, 0L), await ShareAsync("bank-b", MeasureCatalogue.CleanAccounts));
        Assert.Equal((1L, 0L), await ShareAsync("bank-b", MeasureCatalogue.OrdersAcknowledged));
        Assert.Equal((0L, 0L), await ShareAsync("police-a", MeasureCatalogue.OrdersUpheld));

        async Task<(long, long)> ShareAsync(string member, string measure)
        {
            var read = await new PeriodReader(centre.Store, controls).ReadAsync(new FigurePeriod(null, null, Day(-1), Day(30), centre.Store.Now), units: false, whole: true, Cancel);
            var value = read.Members.Single(m => m.Member.ToString() == member).Values.Single(v => v.Measure == measure);
            return (value.Occasions, value.Faults);
        }
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Rectifications_count_by_what_happened_in_the_period_and_a_withdrawn_one_counts_nothing(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        using var controls = ControlsOf(centre);
        var desk = new RectificationDesk(centre.Store, ShippedPack.Cn, new LadderInForce(Cn));
        await desk.TakeAsync([Reading(-28, 0, ControlVerdict.Burnt, DueDiligence)], Cancel);
        var id = (await desk.ListAsync(Li, new RectificationFilter())).Single().Id;
        centre.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await desk.CheckClocksAsync(Cancel));
        await ActAsync(Planned(40), Clerk);
        await ActAsync(Done, Clerk);
        centre.Advance(TimeSpan.FromDays(5));
        await desk.TakeAsync([Reading(32, 36, ControlVerdict.Burnt, DueDiligence)], Cancel);

        var whole = await ValuesAsync(0, 60);
        Assert.Equal((1L, 1L), (whole[MeasureCatalogue.RectificationsOpened].Amount, whole[MeasureCatalogue.RectificationsOverdue].Amount));
        Assert.Equal((1L, 1L, "M-2026-000001"), (whole[MeasureCatalogue.ClaimsHeld].Occasions, whole[MeasureCatalogue.ClaimsHeld].Faults, whole[MeasureCatalogue.ClaimsHeld].Records.Single()));
        Assert.Equal(1, whole[MeasureCatalogue.StepsIssued].Amount);
        // The month before the deadline knows of no delay, the one after of no opening.
        Assert.Equal((1L, 0L), ((await ValuesAsync(0, 30))[MeasureCatalogue.RectificationsOpened].Amount, (await ValuesAsync(0, 30))[MeasureCatalogue.RectificationsOverdue].Amount));
        Assert.Equal((0L, 1L), ((await ValuesAsync(30, 60))[MeasureCatalogue.RectificationsOpened].Amount, (await ValuesAsync(30, 60))[MeasureCatalogue.RectificationsOverdue].Amount));

        await ActAsync(new ContestRectification("不是我行网点"), Clerk);
        await ActAsync(new DecideRectificationContest(1, true, "It is another bank's branch."), Li);
        Assert.Equal((0L, 0L), ((await ValuesAsync(0, 60))[MeasureCatalogue.RectificationsOpened].Amount, (await ValuesAsync(0, 60))[MeasureCatalogue.RectificationsOverdue].Amount));

        async Task ActAsync(RectificationCommand command, Actor actor)
        {
            var outcome = await desk.ActAsync(actor, id, command, Cancel);
            Assert.True(outcome.Succeeded, outcome.Refusal?.Message);
        }

        async Task<Dictionary<string, MeasuredValue>> ValuesAsync(double from, double to) =>
            (await new PeriodReader(centre.Store, controls).ReadAsync(new FigurePeriod(null, null, Day(from), Day(to), centre.Store.Now), units: false, whole: true, Cancel))
                .Members.Single(m => m.Member == BankA).Values.ToDictionary(v => v.Measure);
    }

    private static ControlDesk ControlsOf(OrderCentre centre) => new(
        ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn), centre.Engine, centre.Store, centre.Orders,
        new LeadDesk(centre.Store, LeadPlan.None(ShippedPack.Cn)), new StoreClock(centre.Store));

    /// <summary>The clock of the centre's own database.</summary>
    private sealed class StoreClock(Casework.Storage.CaseworkStore store) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => store.Now.ToDateTimeOffset();
    }
}
