using Cordon.Casework.Appeals;
using Cordon.Casework.Orders;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class AppealsPageTests(ConsoleBrowser browser)
{
    private AppealDesk Desk => browser.Host.Get<AppealDesk>();

    private OrderDesk Orders => browser.Host.Get<OrderDesk>();

    [Fact]
    public async Task A_clerk_takes_an_appeal_down_and_a_decider_lets_the_person_go_at_once()
    {
        var waiting = (await Desk.ListAsync(ConsoleProvince.Decider, AppealState.Received, null, 100)).Select(f => f.Appeal.OrderId).ToHashSet();
        var order = (await Desk.RestrictionsAsync(ConsoleProvince.Police, 500)).First(o => o.State == OrderState.Executed && !waiting.Contains(o.Id));
        var clerk = await browser.OpenAsync("/appeals", People.Clerk(order.Member.ToString()));
        await clerk.GetByLabel("Order").SelectOptionAsync(order.Id.ToString());
        await clerk.GetByLabel("Who appeals").FillAsync("持有人孙某");
        await clerk.GetByLabel("What is said").FillAsync("这是我卖旧手机的钱。");
        await clerk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Take it down" }).ClickAsync();
        await Assertions.Expect(clerk.Locator("#receive [role=status]")).ToContainTextAsync("is taken down");
        var appeal = (await Desk.ListAsync(ConsoleProvince.Decider, AppealState.Received, null, 100)).Single(f => f.Appeal.OrderId == order.Id).Appeal;
        var own = clerk.Locator($"[data-appeal='{appeal.Number}']");
        await Assertions.Expect(own).ToContainTextAsync("这是我卖旧手机的钱。");
        await Assertions.Expect(own.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        var decider = await browser.OpenAsync("/appeals", People.Decider);
        await Assertions.Expect(decider.Locator("#receive")).ToHaveCountAsync(0);
        var card = decider.Locator($"[data-appeal='{appeal.Number}']");
        await card.GetByText("Notice T-").First.ClickAsync();
        await Assertions.Expect(card.Locator("pre[lang=zh-CN]")).ToContainTextAsync("限制措施告知书");
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Uphold and lift at once" }).ClickAsync();
        await Assertions.Expect(card.Locator(".c-refusal")).ToContainTextAsync("appeal/no-reason");
        await card.GetByRole(AriaRole.Textbox).FillAsync("The sale is proven.");
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Uphold and lift at once" }).ClickAsync();
        await Assertions.Expect(decider.Locator($"#decided [data-appeal='{appeal.Number}']")).ToContainTextAsync("Upheld");
        Assert.Equal(OrderState.Released, (await Orders.FindAsync(ConsoleProvince.Police, order.Id))!.State);
    }

    [Fact]
    public async Task Who_issued_the_order_is_not_offered_the_decision()
    {
        var file = (await Desk.ListAsync(ConsoleProvince.Decider, AppealState.Received, null, 100)).First(f => f.Order is not null);
        var issuer = await browser.OpenAsync("/appeals", $"police-officer||{file.Order!.Issuer!["person:".Length..]}");
        var card = issuer.Locator($"[data-appeal='{file.Appeal.Number}']");
        await Assertions.Expect(card).ToContainTextAsync("had no part in the order");
        await Assertions.Expect(card.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }
}
