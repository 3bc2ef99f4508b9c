using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Packs;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Tests.Storage;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Orders;

/// <summary>An order whose clock ran out climbs by itself, and becomes a finding once.</summary>
public sealed class EscalationTests
{
    private const string NumberBasis = "Anti-Telecom-Fraud Law, art. 11; Anti-Telecom-Fraud Law, art. 20";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void What_ships_climbs_from_clerk_to_supervisor_each_rung_with_its_source()
    {
        var steps = ShippedOrders.Clocks.Escalation;
        Assert.Equal(Enum.GetValues<EscalationRung>(), steps.Select(s => s.Rung));
        Assert.Equal([OfficerRank.Direct, OfficerRank.InCharge, OfficerRank.Principal], steps.Select(s => s.Officer));
        Assert.Equal([Roles.DutyOfficer, Roles.PoliceOfficer, Roles.Supervisor], steps.Select(s => s.Role));
        Assert.Equal([0, 30, 120], steps.Select(s => (s.From(At(0)) - At(0)).TotalMinutes));
        Assert.All(steps, s => Assert.Equal(SourceTier.Ours, s.Source.Tier));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_unanswered_stop_climbs_rung_by_rung_and_is_one_finding(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var order = (await centre.Orders.IssueByTwoAsync(Li, (await centre.DraftedAsync()).Id, Basis, Cancel)).Value;
        var seen = new List<(int, EscalationRung?)>();
        for (var minute = 0; minute <= 160; minute += 10)
        {
            await centre.Orders.CheckClocksAsync(Cancel);
            var rung = (await centre.FindAsync(order.Id)).Escalation;
            if (seen.Count == 0 || seen[^1].Item2 != rung) seen.Add((minute, rung));
            centre.Advance(TimeSpan.FromMinutes(10));
        }
        Assert.Equal([(0, null), (40, EscalationRung.Clerk), (70, EscalationRung.Manager), (160, EscalationRung.Supervisor)], seen);
        var climbed = await centre.FindAsync(order.Id);
        Assert.Equal((OfficerRank.Principal, Roles.Supervisor, null), (climbed.EscalatedTo, climbed.EscalatedRole, climbed.EscalateAt));
        var version = climbed.Version;
        await centre.Orders.CheckClocksAsync(Cancel);
        Assert.Equal(version, (await centre.FindAsync(order.Id)).Version);
        Assert.Equal(["order.overdue", "order.escalated", "order.escalated", "order.escalated"], (await EventsAsync(centre, order.Id)).Where(e => e is "order.overdue" or "order.escalated"));

        await centre.FollowAsync(order.CaseId);
        await centre.FollowAsync(order.CaseId);
        var finding = Assert.Single(await FindingsAsync(centre), f => f.Link == $"order:{order.Id}");
        Assert.Equal("cn.atf.20.stop-payment", finding.Duty);

        await centre.Orders.ActAsync(Clerk(order.Member), order.Id, new AcknowledgeOrder(), Cancel);
        var taken = await centre.FindAsync(order.Id);
        Assert.Equal((OrderState.Acknowledged, null, null, null), (taken.State, taken.Escalation, taken.EscalatedAt, taken.EscalateAt));
        Assert.NotNull(taken.OverdueAt);
        await centre.FollowAsync(order.CaseId);
        Assert.Single(await FindingsAsync(centre), f => f.Link == $"order:{order.Id}");
    }

    [Fact]
    public async Task A_measure_that_was_received_late_and_never_carried_out_climbs_twice_and_is_one_finding()
    {
        await using var centre = await OpenAsync();
        var stop = (await centre.Orders.IssueByTwoAsync(Li, (await centre.DraftedAsync()).Id, Basis, Cancel)).Value;
        await centre.HoldAsync(stop, 48_000_00);
        var freeze = (await centre.Orders.IssueByTwoAsync(Li, (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value.Id, Basis, Cancel)).Value;
        await centre.HoldAsync(freeze, 48_000_00);
        var unfreeze = (await centre.Orders.IssueByTwoAsync(Li, (await centre.Orders.ProposeUnfreezeAsync(Office, freeze.Id, Cancel)).Value.Id, "Anti-Telecom-Fraud Law, art. 20", Cancel)).Value;
        centre.Advance(TimeSpan.FromMinutes(31));
        await centre.Orders.CheckClocksAsync(Cancel);
        Assert.Equal(EscalationRung.Clerk, (await centre.FindAsync(unfreeze.Id)).Escalation);
        await centre.Orders.ActAsync(Clerk(unfreeze.Member), unfreeze.Id, new AcknowledgeOrder(), Cancel);
        Assert.Null((await centre.FindAsync(unfreeze.Id)).Escalation);
        centre.Advance(TimeSpan.FromMinutes(90));
        await centre.Orders.CheckClocksAsync(Cancel);
        Assert.Equal(EscalationRung.Clerk, (await centre.FindAsync(unfreeze.Id)).Escalation);
        centre.Advance(TimeSpan.FromHours(5));
        await centre.Orders.CheckClocksAsync(Cancel);
        Assert.Equal(EscalationRung.Supervisor, (await centre.FindAsync(unfreeze.Id)).Escalation);
        Assert.Equal(2, (await EventsAsync(centre, unfreeze.Id)).Count(e => e == "order.overdue"));
        Assert.Equal(4, (await EventsAsync(centre, unfreeze.Id)).Count(e => e == "order.escalated"));
        await centre.FollowAsync(unfreeze.CaseId);
        await centre.FollowAsync(unfreeze.CaseId);
        var finding = Assert.Single(await FindingsAsync(centre), f => f.Link == $"order:{unfreeze.Id}");
        Assert.Equal(("cn.ours.order-in-time", unfreeze.Member), (finding.Duty, finding.Member));
        Assert.Contains("carried out: never", finding.StatementEn, StringComparison.Ordinal);
        Assert.DoesNotContain(await FindingsAsync(centre), f => f.Link == $"order:{freeze.Id}");
        await centre.Orders.ActAsync(Clerk(unfreeze.Member), unfreeze.Id, new ReportCarriedOut(null), Cancel);
        Assert.Null((await centre.FindAsync(unfreeze.Id)).Escalation);
    }

    [Fact]
    public void However_seldom_the_clock_looks_every_rung_is_told_once_in_order() =>
        Gen.Int[1, 40].Array[1, 30].Sample(pauses =>
        {
            var order = Issued();
            var (now, told) = (At(0), new List<OrderEvent>());
            foreach (var pause in pauses)
            {
                now += TimeSpan.FromMinutes(pause);
                foreach (var happened in EscalationRules.Climb(order, now, ShippedOrders.Clocks.Escalation))
                {
                    order.Apply(happened);
                    told.Add(happened);
                }
            }
            var late = (now - At(30)).TotalMinutes;
            var expected = late <= 0 ? 0 : late <= 30 ? 1 : late <= 120 ? 2 : 3;
            Assert.Equal(Enum.GetValues<EscalationRung>().Take(expected), told.OfType<OrderEscalated>().Select(e => e.Rung));
            Assert.Equal(expected > 0 ? 1 : 0, told.OfType<OrderOverdue>().Count());
            Assert.Equal(expected is 1 or 2, order.EscalateAt is not null);
            Assert.Equal(expected == 0 ? null : (EscalationRung)(expected - 1), order.Escalation);
        });

    [Fact]
    public void Received_after_a_stand_still_of_the_clock_it_goes_on_climbing_by_the_clock_that_is_open()
    {
        var order = Block();
        Look(order, At(125));
        Assert.Equal((EscalationRung.Manager, At(150)), (order.Escalation, order.EscalateAt));
        order.Apply(new OrderAcknowledged(At(130), null));
        Assert.Equal((OrderState.Acknowledged, EscalationRung.Manager, At(240)), (order.State, order.Escalation, order.EscalateAt));
        foreach (var minute in new[] { 131, 151, 240 }) Assert.Empty(Look(order, At(minute)));
        Assert.Equal(EscalationRung.Supervisor, Assert.IsType<OrderEscalated>(Assert.Single(Look(order, At(241)))).Rung);
    }

    [Theory]
    [InlineData(61, EscalationRung.Manager)]
    [InlineData(151, EscalationRung.Supervisor)]
    public void A_late_receipt_lets_no_order_climb_down(int looked, EscalationRung reached)
    {
        var order = Block();
        Look(order, At(31));
        Look(order, At(looked));
        Assert.Equal(reached, order.Escalation);
        order.Apply(new OrderAcknowledged(At(160), null));
        Assert.Equal(At(120), Assert.IsType<OrderOverdue>(Look(order, At(161))[0]).Due);
        Assert.Equal((reached, OfficerRank.Principal == order.EscalatedTo), (order.Escalation, reached == EscalationRung.Supervisor));
        Assert.Equal(reached == EscalationRung.Supervisor ? null : At(240), order.EscalateAt);
    }

    [Fact]
    public void A_clock_noted_in_the_instant_when_the_second_runs_out_is_not_taken_for_the_second()
    {
        var order = Block();
        Look(order, At(120));
        order.Apply(new OrderAcknowledged(At(120), null));
        Assert.Null(order.Escalation);
        Assert.Equal(At(120), Look(order, At(121)).OfType<OrderOverdue>().Single().Due);
    }

    [Fact]
    public void With_two_clocks_and_a_receipt_at_any_time_what_is_due_yields_an_event_and_nothing_climbs_down() =>
        Gen.Select(Gen.Int[1, 60].Array[1, 30], Gen.Int[0, 40], Gen.Bool).Sample((pauses, receipt, before) =>
        {
            var (order, now) = (Block(), At(0));
            foreach (var (i, pause) in pauses.Index())
            {
                now += TimeSpan.FromMinutes(pause);
                if (i == receipt && before) order.Apply(new OrderAcknowledged(now, null));
                var reached = order.Escalation;
                var due = OrderDesk.Due(now).Compile()(order);
                Assert.Equal(due, Look(order, now).Count > 0);
                Assert.False(reached > order.Escalation || (reached is not null && order.Escalation is null));
                Assert.False(OrderDesk.Due(now).Compile()(order));
                if (i == receipt && !before) order.Apply(new OrderAcknowledged(now, null));
            }
            var (first, second) = ((now - At(30)).TotalMinutes, (now - At(120)).TotalMinutes);
            if (order.State == OrderState.Issued || second > 120) Assert.Equal(first <= 0 ? null : first > 120 ? EscalationRung.Supervisor : first > 30 ? EscalationRung.Manager : EscalationRung.Clerk, order.Escalation);
        });

    [Theory]
    [InlineData("rung: manager\n    member: direct\n    centre: duty-officer\n    source: { tier: ours }\n  - rung: clerk\n    after: { minutes: 5, source: { tier: ours } }\n    member: direct\n    centre: duty-officer\n    source: { tier: ours }", "Rungs follow each other")]
    [InlineData("rung: clerk\n    after: { minutes: 5, source: { tier: ours } }\n    member: direct\n    centre: duty-officer\n    source: { tier: ours }\n  - rung: manager\n    after: { minutes: 5, source: { tier: ours } }\n    member: direct\n    centre: duty-officer\n    source: { tier: ours }", "each later than the one before")]
    [InlineData("rung: clerk\n    after: { workingDays: 1, source: { tier: ours } }\n    member: direct\n    centre: duty-officer\n    source: { tier: ours }", "minutes, hours or days")]
    [InlineData("rung: clerk\n    member: direct\n    centre: member-clerk\n    source: { tier: ours }", "'member-clerk' is not one of")]
    [InlineData("rung: boss\n    member: direct\n    centre: supervisor\n    source: { tier: ours }", "boss")]
    [InlineData("rung: clerk\n    centre: supervisor\n    source: { tier: ours }", "'member' is missing")]
    [InlineData("rung: clerk\n    member: direct\n    centre: supervisor", "source")]
    public void Rungs_with_a_fault_are_refused_with_their_line(string step, string expected)
    {
        var text = File.ReadAllText(ShippedOrders.ClockFile);
        var (begin, end) = (text.IndexOf("escalation:", StringComparison.Ordinal), text.IndexOf("\norders:", StringComparison.Ordinal));
        var faults = new PackFaults("order-clocks.yaml");
        Assert.Null(OrderClockReader.Read($"{text[..begin]}escalation:\n  - {step.Replace("{ tier: ours }", "{ tier: ours, note: { zh-CN: 自定, en: Ours. } }", StringComparison.Ordinal)}\n{text[end..]}", faults));
        Assert.Contains(faults.Found, f => f.Message.Contains(expected, StringComparison.Ordinal) && f.Line > 0);
    }

    [Fact]
    public void A_file_without_rungs_notes_what_is_overdue_and_tells_nobody_further()
    {
        var order = Issued();
        Assert.Equal([new OrderOverdue(At(500), At(30))], EscalationRules.Climb(order, At(500), []));
        order.Apply(new OrderOverdue(At(500), At(30)));
        Assert.Empty(EscalationRules.Climb(order, At(900), []));
    }

    private static List<OrderEvent> Look(Order order, Instant now)
    {
        var happened = EscalationRules.Climb(order, now, ShippedOrders.Clocks.Escalation);
        foreach (var one in happened) order.Apply(one);
        return [.. happened];
    }

    /// <summary>The block of a number, to be acknowledged by minute 30 and carried out by minute 120.</summary>
    private static Order Block()
    {
        var order = new Order();
        order.Apply(new MeasureProposed(At(0), default, "B-1", OrderKind.BlockNumber, default, MemberCode.Parse("telco-a"), new PhoneNumber(8613800138000), null, Currency.Cny));
        order.Apply(new MeasureIssued(At(0), "person:li", null, NumberBasis, At(30), At(120)));
        return order;
    }

    private static Order Issued()
    {
        var order = new Order();
        order.Apply(new OrderProposed(At(0), default, "S-1", OrderKind.StopPayment, default, AccountNumber.Parse("bank-b:m"), Yuan(1)));
        order.Apply(new OrderIssued(At(0), "person:li", null, Basis, 1, At(30), At(48 * 60)));
        return order;
    }

    private static async Task<List<Finding>> FindingsAsync(OrderCentre centre) => await centre.Store.ReadAsync(db => db.Set<Finding>().ToListAsync(Cancel));

    private static Task<List<string>> EventsAsync(OrderCentre centre, Guid order) =>
        centre.Store.ReadAsync(db => db.Set<EventRow>().Where(e => e.Stream == $"order/{order}").OrderBy(e => e.Version).Select(e => e.Name).ToListAsync(Cancel));
}
