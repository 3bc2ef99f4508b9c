using Cordon.Casework;
using Cordon.Casework.Appeals;
using Cordon.Casework.Cases;
using Cordon.Casework.Indicators;
using Cordon.Casework.Lists;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Registers;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Indicators;

/// <summary>Bad identifiers that members share, on every provider, to the engine and back.</summary>
public sealed class IndicatorDeskTests
{
    private const string Number = "+8617012345678";
    private static readonly Actor Bank = Clerk(MemberCode.Parse("bank-a"));
    private static readonly Actor OtherBank = Clerk(MemberCode.Parse("bank-b")) with { Id = "person:clerk-b" };
    private static readonly Actor Telco = Clerk(MemberCode.Parse("telco-a")) with { Id = "person:clerk-t" };
    private static readonly Actor Chief = new("person:chief", null, new HashSet<string> { Roles.Supervisor });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_second_person_confirms_and_screening_knows_until_it_is_recalled(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var desk = Desk(centre);
        var given = (await desk.ProposeAsync(Bank, Proposal(), cancel: Cancel)).Value;
        Assert.Equal(("I-2026-000001", IndicatorOrigin.Member, Bank.Member, IndicatorState.Proposed), (given.Number, given.Origin, given.Giver, given.State));
        Assert.False(await ListedAsync(centre, centre.Store.Now));
        Assert.Equal("indicator/exists", (await desk.ProposeAsync(Telco, Proposal(), cancel: Cancel)).Refusal?.Code);
        Assert.Equal("indicator/not-centre", (await desk.ActAsync(Bank, given.Id, new ConfirmIndicator(), Cancel)).Refusal?.Code);

        var active = (await desk.ActAsync(Office, given.Id, new ConfirmIndicator(), Cancel)).Value;
        Assert.True(await ListedAsync(centre, active.Until + TimeSpan.FromSeconds(-1)));
        Assert.False(await ListedAsync(centre, active.Until));
        // Who keeps the lists sees whose entry it is, and cannot take it from under the indicator.
        var entry = Assert.Single(await new ListDesk(centre.Store).ListAsync(new ListFilter { List = ListName.FraudNumbers }));
        Assert.Equal((given.Number, given.Id), (entry.Owner, entry.Indicator));
        Assert.Equal("list/kept-by-indicator", (await new ListDesk(centre.Store).TakeOffAsync(Chief, entry.Id, "why", Cancel)).Refusal?.Code);
        Assert.Equal("list/kept-by-indicator", (await new ListDesk(centre.Store).PutAsync(Chief, ListName.FraudNumbers, Number, "me", "why", active.Until, Cancel)).Refusal?.Code);

        var stretch = (await desk.FeedAsync(Telco, 0, 10)).Value;
        Assert.Equal((given.Id, 1L, false), (Assert.Single(stretch.Items).Id, stretch.Next, stretch.More));
        Assert.Empty((await desk.ReceiveAsync(Telco, stretch.Next, Cancel)).Value);
        Assert.Empty((await desk.FeedAsync(Telco, stretch.Next, 10)).Value.Items);

        var recalled = (await desk.ActAsync(Office, given.Id, new RecallIndicator("A hospital's new number."), Cancel)).Value;
        Assert.False(await ListedAsync(centre, centre.Store.Now));
        // Whoever read the feed owes a receipt; bank-a gave it and never took it over.
        var file = (await desk.FindAsync(Office, given.Id))!;
        var owed = Assert.Single(file.Receipts);
        Assert.Equal((Telco.Member!.Value, recalled.EndedAt!.Value + TimeSpan.FromHours(24)), (owed.Member, owed.Due));
        Assert.Null(owed.ReceivedAt);
        Assert.Empty((await desk.FindAsync(Bank, given.Id))!.Receipts);
        Assert.Single((await desk.ReceiveAsync(Telco, stretch.Next, Cancel)).Value);
        var after = (await desk.FeedAsync(Telco, stretch.Next, 10)).Value;
        Assert.Equal(IndicatorState.Recalled, Assert.Single(after.Items).State);
        Assert.Equal("indicator/bad-place", (await desk.ReceiveAsync(Telco, after.Next + 1, Cancel)).Refusal?.Code);
        Assert.Empty((await desk.ReceiveAsync(Telco, after.Next, Cancel)).Value);
        Assert.NotNull(Assert.Single((await desk.FindAsync(Office, given.Id))!.Receipts).ReceivedAt);
        Assert.Contains("indicator.recall-received", await EventsAsync(centre), StringComparer.Ordinal);

        // The same identifier again is the same indicator, with its history.
        var again = (await desk.ProposeAsync(Office, Proposal(), cancel: Cancel)).Value;
        Assert.Equal((given.Id, given.Number, IndicatorState.Proposed, null), (again.Id, again.Number, again.State, again.ConfirmedAt));
        Assert.Equal("indicator/same-person", (await desk.ActAsync(Office, given.Id, new ConfirmIndicator(), Cancel)).Refusal?.Code);
        Assert.Equal(IndicatorState.Dismissed, (await desk.ActAsync(Li, given.Id, new DismissIndicator("No."), Cancel)).Value.State);
        Assert.False(await ListedAsync(centre, centre.Store.Now));
    }

    [Theory]
    [InlineData(Tlp.Green, true, true)]
    [InlineData(Tlp.AmberStrict, true, false)]
    [InlineData(Tlp.Red, false, false)]
    public async Task Members_are_told_by_its_colour_and_screening_uses_all(Tlp tlp, bool telco, bool bank)
    {
        await using var centre = await OpenAsync();
        var desk = Desk(centre);
        var indicator = (await desk.ProposeAsync(Office, Proposal() with { Tlp = tlp }, cancel: Cancel)).Value;
        await desk.ActAsync(Li, indicator.Id, new ConfirmIndicator(), Cancel);
        foreach (var (member, told) in new[] { (Telco, telco), (Bank, bank) })
        {
            var stretch = (await desk.FeedAsync(member, 0, 10)).Value;
            Assert.Equal(told ? 1 : 0, stretch.Items.Length);
            Assert.Equal(1, stretch.Next);
            await desk.ReceiveAsync(member, stretch.Next, Cancel);
            Assert.Equal(told, await desk.FindAsync(member, indicator.Id) is not null);
            Assert.Equal(told ? 1 : 0, (await desk.ListAsync(member, new IndicatorFilter())).Count);
            Assert.Equal(told ? null : "indicator/not-found", (await desk.ActAsync(member, indicator.Id, new SightIndicator(3, centre.Store.Now), Cancel)).Refusal?.Code);
        }
        Assert.True(await ListedAsync(centre, centre.Store.Now));
        await desk.ActAsync(Office, indicator.Id, new RecallIndicator("Wrong."), Cancel);
        var file = (await desk.FindAsync(Office, indicator.Id))!;
        Assert.Equal((telco ? 1 : 0) + (bank ? 1 : 0), file.Receipts.Length);
        Assert.Equal(telco ? (bank ? 6 : 3) : 0, file.Indicator.SightingsTold);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Two_members_suspend_it_and_another_person_decides(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var desk = Desk(centre);
        var id = (await desk.ProposeAsync(Office, Proposal(), cancel: Cancel)).Value.Id;
        await desk.ActAsync(Li, id, new ConfirmIndicator(), Cancel);
        Assert.Equal(IndicatorState.Active, (await desk.ActAsync(Bank, id, new VoteFalse("A shop of ours."), Cancel)).Value.State);
        Assert.Equal("indicator/voted", (await desk.ActAsync(Bank, id, new VoteFalse("A shop of ours."), Cancel)).Refusal?.Code);
        Assert.Equal("indicator/not-member", (await desk.ActAsync(Office, id, new VoteFalse("A shop."), Cancel)).Refusal?.Code);
        // A vote alone is no news: whoever has all still has all.
        var all = (await desk.FeedAsync(Telco, 0, 10)).Value.Next;
        Assert.Equal((1, 1), (all, (await desk.ReadersAsync()).Last));
        Assert.Equal("indicator/bad-place", (await desk.ReceiveAsync(Telco, all + 1, Cancel)).Refusal?.Code);
        Assert.True(await ListedAsync(centre, centre.Store.Now));
        Assert.Equal(IndicatorState.Disputed, (await desk.ActAsync(OtherBank, id, new VoteFalse("Ours too."), Cancel)).Value.State);
        Assert.False(await ListedAsync(centre, centre.Store.Now));
        Assert.Equal("indicator/same-person", (await desk.ActAsync(Li, id, new ConfirmIndicator(), Cancel)).Refusal?.Code);
        var kept = (await desk.ActAsync(Wang, id, new ConfirmIndicator(), Cancel)).Value;
        Assert.Equal((IndicatorState.Active, true, 1L), (kept.State, kept.Votes.IsEmpty, kept.ToldFrom));
        Assert.True(await ListedAsync(centre, centre.Store.Now));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task It_ends_by_its_time_and_for_a_number_that_comes_under_protection(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var desk = Desk(centre);
        var first = (await desk.ProposeAsync(Office, Proposal(), cancel: Cancel)).Value;
        var second = (await desk.ProposeAsync(Office, Proposal() with { Value = "+8617012345679" }, cancel: Cancel)).Value;
        foreach (var id in new[] { first.Id, second.Id }) await desk.ActAsync(Li, id, new ConfirmIndicator(), Cancel);
        var longer = centre.Store.Now + TimeSpan.FromDays(200);
        Assert.Equal(longer, (await desk.ActAsync(Office, second.Id, new ProlongIndicator(longer, "Still calling."), Cancel)).Value.Until);
        Assert.Equal(0, await desk.CheckAsync(Cancel));
        centre.Advance(TimeSpan.FromDays(90));
        // Screening went by the time of the signals; now who watches is told too.
        Assert.Equal(1, await desk.CheckAsync(Cancel));
        Assert.Equal(IndicatorState.Expired, (await desk.FindAsync(Office, first.Id))!.Indicator.State);
        Assert.True(await ListedAsync(centre, centre.Store.Now, second.Value));

        await new ListDesk(centre.Store).PutAsync(Chief, ListName.NeverBlockNumbers, second.Value, "health office", "a hospital", null, Cancel);
        Assert.Equal(1, await desk.CheckAsync(Cancel));
        Assert.Equal(IndicatorState.Recalled, (await desk.FindAsync(Office, second.Id))!.Indicator.State);
        Assert.False(await ListedAsync(centre, centre.Store.Now, second.Value));
        Assert.Equal("indicator/never-blocked", (await desk.ProposeAsync(Office, Proposal() with { Value = second.Value }, cancel: Cancel)).Refusal?.Code);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_number_that_is_ordered_off_is_one_at_once_and_ends_with_its_order(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var desk = Desk(centre);
        var (suspend, block) = await OrderedOffAsync(centre);
        var indicator = Assert.Single(await desk.ListAsync(Office, new IndicatorFilter()));
        Assert.Equal((IndicatorState.Active, IndicatorOrigin.Order, suspend.Id, 90), (indicator.State, indicator.Origin, indicator.OrderId, indicator.Confidence));
        Assert.True(await ListedAsync(centre, centre.Store.Now));
        // The suspension ends while the block runs: the number stays known.
        Assert.True((await centre.Orders.ActAsync(Li, suspend.Id, new ReleaseOrder("The block replaces it."), Cancel)).Succeeded);
        Assert.True(await ListedAsync(centre, centre.Store.Now));
        Assert.True((await centre.Orders.ActAsync(Li, block.Id, new ReleaseOrder("Given to somebody else."), Cancel)).Succeeded);
        Assert.Equal(IndicatorState.Recalled, (await desk.FindAsync(Office, indicator.Id))!.Indicator.State);
        Assert.False(await ListedAsync(centre, centre.Store.Now));
    }

    [Fact]
    public async Task An_upheld_appeal_clears_the_number_in_the_same_change()
    {
        await using var centre = await OpenAsync();
        var desk = Desk(centre);
        var (suspend, _) = await OrderedOffAsync(centre);
        var appeals = new AppealDesk(centre.Store, centre.Orders, new AppealOptions { NoticeFile = "" });
        var appeal = (await appeals.ReceiveAsync(Office, suspend.Id, "钱某", "这是我的号码。", Cancel)).Value;
        Assert.True((await appeals.DecideAsync(new Actor("person:feng", null, new HashSet<string> { Roles.AppealDecider }), appeal.Id, new DecideAppeal(true, "It was another."), Cancel)).Succeeded);
        Assert.Equal(IndicatorState.Recalled, Assert.Single(await desk.ListAsync(Office, new IndicatorFilter())).State);
        Assert.False(await ListedAsync(centre, centre.Store.Now));
    }

    [Fact]
    public async Task A_case_names_its_line_its_domain_and_its_accounts_once()
    {
        await using var centre = await OpenAsync();
        var desk = Desk(centre);
        var id = await MeasureTests.CalledAsync(centre);
        var named = (await desk.ProposeFromCaseAsync(Office, id, Cancel)).Value;
        Assert.Equal([(IndicatorKind.Number, Number), (IndicatorKind.Domain, "bad.example.com"), (IndicatorKind.Account, "bank-b:m")], named.Select(i => (i.Kind, i.Value)));
        Assert.All(named, i => Assert.Equal((IndicatorOrigin.Case, id, IndicatorState.Proposed), (i.Origin, i.CaseId!.Value, i.State)));
        Assert.Empty((await desk.ProposeFromCaseAsync(Office, id, Cancel)).Value);
        Assert.Equal("case/not-found", (await desk.ProposeFromCaseAsync(Bank, id, Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task Each_guard_says_what_is_wrong()
    {
        await using var centre = await OpenAsync();
        var desk = Desk(centre);
        var far = centre.Store.Now + TimeSpan.FromDays(367);
        async Task<string?> SayAsync(ProposedIndicator asked, Actor? by = null) => (await desk.ProposeAsync(by ?? Office, asked, cancel: Cancel)).Refusal?.Code;

        Assert.Equal("indicator/not-giver", await SayAsync(Proposal(), new Actor("person:x", null, new HashSet<string> { Roles.Auditor })));
        Assert.Equal("indicator/bad-value", await SayAsync(Proposal() with { Value = "17012345678" }));
        Assert.Equal("indicator/bad-value", await SayAsync(Proposal() with { Kind = IndicatorKind.Device, Value = "350000000000018" }));
        Assert.Equal("indicator/bad-confidence", await SayAsync(Proposal() with { Confidence = 101 }));
        Assert.Equal("indicator/no-reason", await SayAsync(Proposal() with { Reason = " " }));
        Assert.Equal("indicator/bad-end", await SayAsync(Proposal() with { Until = far }));
        Assert.Equal("indicator/bad-end", await SayAsync(Proposal() with { Until = centre.Store.Now }));
        var id = (await desk.ProposeAsync(Office, Proposal() with { Confidence = 40 }, cancel: Cancel)).Value.Id;
        async Task<string?> AskAsync(IndicatorCommand asked, Actor by) => (await desk.ActAsync(by, id, asked, Cancel)).Refusal?.Code;
        Assert.Equal("indicator/not-active", await AskAsync(new RecallIndicator("why"), Li));
        Assert.Equal("indicator/not-active", await AskAsync(new ProlongIndicator(centre.Store.Now + TimeSpan.FromDays(5), "why"), Li));
        Assert.Null(await AskAsync(new ConfirmIndicator(), Li));
        // Not sure enough for screening: members are told, and judge themselves.
        Assert.False(await ListedAsync(centre, centre.Store.Now));
        Assert.Single((await desk.FeedAsync(Telco, 0, 10)).Value.Items);
        Assert.Equal("indicator/not-proposed", await AskAsync(new ConfirmIndicator(), Wang));
        Assert.Equal("indicator/not-proposed", await AskAsync(new DismissIndicator("why"), Wang));
        Assert.Equal("indicator/bad-end", await AskAsync(new ProlongIndicator(far, "why"), Li));
        Assert.Equal("indicator/no-reason", await AskAsync(new VoteFalse(""), Telco));
        Assert.Equal("indicator/bad-sighting", await AskAsync(new SightIndicator(0, centre.Store.Now), Telco));
        Assert.Equal("indicator/bad-sighting", await AskAsync(new SightIndicator(1, far), Telco));
        Assert.Equal("indicator/not-member", (await desk.FeedAsync(Office, 0, 10)).Refusal?.Code);
        Assert.Equal("indicator/not-member", (await desk.ReceiveAsync(Office, 0, Cancel)).Refusal?.Code);
        Assert.Equal("indicator/not-found", (await desk.ActAsync(Office, Guid.Empty, new CheckIndicator(), Cancel)).Refusal?.Code);
    }

    private static IndicatorDesk Desk(OrderCentre centre) => new(centre.Store, centre.Engine, new ListDesk(centre.Store));

    private static ProposedIndicator Proposal() => new(IndicatorKind.Number, Number, 80, Tlp.Amber, "Called three victims.");

    private static async Task<bool> ListedAsync(OrderCentre centre, Instant at, string number = Number)
    {
        while (await new Outbox(centre.Engine, centre.Store).StepAsync(Cancel) > 0)
        {
            // Until nothing is owed.
        }
        Assert.True(PhoneNumber.TryParse(number, out var phone));
        return centre.Engine.Read(e => e.Known.Lists.Has(ListName.FraudNumbers, phone, at));
    }

    private static async Task<(Order Suspend, Order Block)> OrderedOffAsync(OrderCentre centre)
    {
        var id = await MeasureTests.CalledAsync(centre);
        var measures = new CaseMeasures(centre.Store, centre.Engine, centre.Orders);
        Assert.True(PhoneNumber.TryParse(Number, out var line));
        var sent = new List<Order>();
        foreach (var kind in new[] { OrderKind.SuspendNumber, OrderKind.BlockNumber })
        {
            var draft = (await measures.DraftAsync(Office, id, new MeasureAsked(kind, line), Cancel)).Value;
            sent.Add((await centre.Orders.IssueByTwoAsync(Li, draft.Id, "Anti-Telecom-Fraud Law, art. 32", Cancel)).Value);
        }
        return (sent[0], sent[1]);
    }

    private static Task<List<string>> EventsAsync(OrderCentre centre) => centre.Store.ReadAsync(db => db.Set<EventRow>().Select(e => e.Name).ToListAsync(Cancel));
}
