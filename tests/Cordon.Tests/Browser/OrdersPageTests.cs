using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class OrdersPageTests(ConsoleBrowser browser)
{
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
        var draft = (await Desk.ListAsync(ConsoleProvince.Police, new OrderFilter { Kind = OrderKind.StopPayment, State = OrderState.Proposed, Limit = 500 }))[0];
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
        var draft = (await Desk.ListAsync(ConsoleProvince.Police, new OrderFilter { Kind = OrderKind.StopPayment, State = OrderState.Proposed, Limit = 500 }))[0];
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

    /// <summary>An order that waits for its member; made from a stopped one's account where all are answered.</summary>
    private async Task<Order> IssuedAsync()
    {
        var draft = (await Desk.ListAsync(ConsoleProvince.Police, new OrderFilter { Kind = OrderKind.StopPayment, State = OrderState.Proposed, Limit = 500 }));
        foreach (var order in draft)
        {
            await Desk.IssueAsync(ConsoleProvince.Police, order.Id, "Notice 86 of 2016");
            var issued = await Desk.ApproveAsync(ConsoleProvince.SecondPolice, order.Id);
            if (issued.Succeeded) return issued.Value;
        }
        return (await Desk.ListAsync(ConsoleProvince.Police, new OrderFilter { Kind = OrderKind.StopPayment, State = OrderState.Issued, Limit = 500 }))[0];
    }
}
