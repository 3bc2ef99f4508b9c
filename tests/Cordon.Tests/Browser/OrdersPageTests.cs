using System.Globalization;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class OrdersPageTests(ConsoleBrowser browser)
{
    private static int told = 75_000;

    private OrderDesk Desk => browser.Host.Get<OrderDesk>();

    [Fact]
    public async Task A_clerk_acknowledges_an_order_and_reports_what_is_held()
    {
        var order = await IssuedAsync();
        var page = await browser.OpenAsync("/orders", People.Clerk(order.Member.ToString()));
        var row = page.Locator($"[data-order='{order.Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Report held…" }).ClickAsync();
        var held = new Amount(order.AmountMinor / 2, order.Currency);
        await row.GetByRole(AriaRole.Textbox).FillAsync(held.ToDecimalText());
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Report held", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Held");
        await Assertions.Expect(row.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);
        var now = await Desk.FindAsync(ConsoleProvince.Police, order.Id);
        Assert.Equal((OrderState.Executed, held), (now!.State, now.Held));
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_next_step_and_nothing_is_lost()
    {
        var order = await IssuedAsync();
        await Desk.ActAsync(ConsoleProvince.Clerk(order.Member), order.Id, new AcknowledgeOrder(), TestContext.Current.CancellationToken);
        var page = await browser.OpenAsync("/orders", People.Clerk(order.Member.ToString()));
        var row = page.Locator($"[data-order='{order.Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Report held…" }).ClickAsync();
        await row.GetByRole(AriaRole.Textbox).FillAsync(new Amount(order.AmountMinor + 1, order.Currency).ToDecimalText());
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Report held", Exact = true }).ClickAsync();
        var refusal = row.Locator(".c-refusal");
        await Assertions.Expect(refusal).ToContainTextAsync("order/held-too-much");
        await Assertions.Expect(refusal).ToContainTextAsync("at most the amount ordered");
        await Assertions.Expect(row.GetByRole(AriaRole.Textbox)).ToHaveValueAsync(new Amount(order.AmountMinor + 1, order.Currency).ToDecimalText());
        await row.GetByRole(AriaRole.Textbox).FillAsync("a lot");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Report held", Exact = true }).ClickAsync();
        await Assertions.Expect(refusal).ToContainTextAsync("not an amount");
        Assert.Equal(OrderState.Acknowledged, (await Desk.FindAsync(ConsoleProvince.Police, order.Id))!.State);
    }

    [Fact]
    public async Task A_clerk_declines_with_a_reason_and_not_without()
    {
        var order = await IssuedAsync();
        var page = await browser.OpenAsync("/orders", People.Clerk(order.Member.ToString()));
        var row = page.Locator($"[data-order='{order.Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Decline…" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Decline", Exact = true }).ClickAsync();
        await Assertions.Expect(row.Locator(".c-refusal")).ToContainTextAsync("order/no-reason");
        await row.GetByRole(AriaRole.Textbox).FillAsync("The account belongs to another bank.");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Decline", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Declined");
        Assert.Equal("The account belongs to another bank.", (await Desk.FindAsync(ConsoleProvince.Police, order.Id))!.Reason);
    }

    [Fact]
    public async Task A_double_click_acts_once()
    {
        var order = await IssuedAsync();
        var changes = 0;
        void Count(Guid caseId) => Interlocked.Increment(ref changes);
        var page = await browser.OpenAsync("/orders", People.Clerk(order.Member.ToString()));
        var row = page.Locator($"[data-order='{order.Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).WaitForAsync();
        Desk.Changed += Count;
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).DblClickAsync();
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Report held…" }).WaitForAsync();
        Desk.Changed -= Count;
        Assert.Equal(1, changes);
    }

    [Fact]
    public async Task A_clerk_sees_only_orders_of_the_own_member_and_no_drafts()
    {
        var order = await IssuedAsync();
        var page = await browser.OpenAsync("/orders", People.Clerk(order.Member.ToString()));
        await page.Locator("[data-order]").First.WaitForAsync();
        var shown = await page.Locator("[data-order]").EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.order)");
        var all = await Desk.ListAsync(ConsoleProvince.Police, new OrderFilter { Limit = 500 });
        var own = all.Where(o => o.Member == order.Member && o.State is not (OrderState.Proposed or OrderState.Withdrawn)).Select(o => o.Number);
        Assert.Equal(own.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_police_officers_issue_a_draft_and_a_duty_officer_is_not_offered_to()
    {
        var draft = await DraftedAsync();
        var page = await browser.OpenAsync("/orders", People.Duty);
        var row = page.Locator($"[data-order='{draft.Number}']");
        await row.WaitForAsync();
        await Assertions.Expect(row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Issue…" })).ToHaveCountAsync(0);

        page = await browser.OpenAsync("/orders");
        row = page.Locator($"[data-order='{draft.Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Issue…" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Issue", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Awaits approval");
        await Assertions.Expect(row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Approve" })).ToHaveCountAsync(0);

        page = await browser.OpenAsync("/orders", People.SecondPolice);
        row = page.Locator($"[data-order='{draft.Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Approve" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("to acknowledge");
        Assert.Equal(OrderState.Issued, (await Desk.FindAsync(ConsoleProvince.Police, draft.Id))!.State);
    }

    [Fact]
    public async Task One_officer_sends_a_stop_in_an_emergency_and_a_second_approves_it_afterwards()
    {
        var draft = await DraftedAsync();
        var page = await browser.OpenAsync("/orders");
        var row = page.Locator($"[data-order='{draft.Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Emergency…" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Emergency", Exact = true }).ClickAsync();
        await Assertions.Expect(row.Locator(".c-refusal")).ToContainTextAsync("order/no-reason");
        await row.GetByRole(AriaRole.Textbox).FillAsync("Half of it leaves within four minutes.");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Emergency", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("no second officer yet");
        await Assertions.Expect(row).ToContainTextAsync("for a second officer");

        page = await browser.OpenAsync("/orders", People.SecondPolice);
        row = page.Locator($"[data-order='{draft.Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Approve" }).ClickAsync();
        await Assertions.Expect(row).Not.ToContainTextAsync("no second officer yet");
        var order = (await Desk.FindAsync(ConsoleProvince.Police, draft.Id))!;
        Assert.Equal(("person:Zheng Hua", "Half of it leaves within four minutes.", false), (order.Approver, order.Emergency, order.Unconfirmed));
    }

    [Fact]
    public async Task The_centre_narrows_orders_by_state()
    {
        var page = await browser.OpenAsync("/orders");
        await page.GetByLabel("State").SelectOptionAsync("Declined");
        var declined = await Desk.ListAsync(ConsoleProvince.Police, new OrderFilter { State = OrderState.Declined, Limit = 500 });
        await Assertions.Expect(page.Locator("[data-order]")).ToHaveCountAsync(Math.Min(50, declined.Count));
    }

    /// <summary>A drafted stop of the test's own: those of the province are other tests' too.</summary>
    private async Task<Order> DraftedAsync()
    {
        var people = Interlocked.Increment(ref told);
        var paid = await ConsoleProvince.PaidAsync(browser.Host, people.ToString(CultureInfo.InvariantCulture), 5_000_00 + people);
        var loss = new ReportedLoss(paid.Id, paid.Member, paid.Payer, paid.Payee, paid.Amount, paid.At);
        var intake = new ReportIntake($"orders-{people}", null, new PhoneNumber(8613900000000 + people), null, "fake-loan", new Suspects([], [], []), [loss], Instant.From(browser.Host.Time.GetUtcNow()));
        var received = (await browser.Host.Get<CaseDesk>().ReceiveAsync(ConsoleProvince.Police, intake, TestContext.Current.CancellationToken)).Value;
        return Assert.Single(await Desk.ListAsync(ConsoleProvince.Police, new OrderFilter { Case = received.Case, Kind = OrderKind.StopPayment, State = OrderState.Proposed }));
    }

    /// <summary>An order that waits for its member.</summary>
    private async Task<Order> IssuedAsync()
    {
        var draft = await DraftedAsync();
        await Desk.IssueAsync(ConsoleProvince.Police, draft.Id, "Notice 86 of 2016");
        var issued = await Desk.ApproveAsync(ConsoleProvince.SecondPolice, draft.Id);
        Assert.True(issued.Succeeded, issued.Refusal?.Message);
        return issued.Value;
    }
}
