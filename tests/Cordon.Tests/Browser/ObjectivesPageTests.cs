using Cordon.Casework.Objectives;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ObjectivesPageTests(ConsoleBrowser browser)
{
    private ObjectiveDesk Desk => browser.Host.Get<ObjectiveDesk>();

    [Fact]
    public async Task A_supervisor_sees_the_tree_opens_it_down_to_members_and_answers_a_difficulty()
    {
        var page = await browser.OpenAsync("/objectives", People.Supervisor);
        await Assertions.Expect(page.Locator("#tree")).ToContainTextAsync("Every duty in force has one owner.");
        await Assertions.Expect(page.Locator("[data-objective='finance'] svg.c-progress")).ToHaveCountAsync(1);
        Assert.Equal(0, await page.Locator("[data-objective^='names-banks/']").CountAsync());
        await page.Locator("[data-objective='names-banks'] button").ClickAsync();
        await Assertions.Expect(page.Locator("[data-objective^='names-banks/']")).Not.ToHaveCountAsync(0);
        var one = page.Locator("[data-difficulty='1']");
        await one.GetByLabel("Your answer").FillAsync("Two more hours for nights of maintenance, told a day before.");
        await one.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Answer" }).ClickAsync();
        await Assertions.Expect(one).ToContainTextAsync("Answered by Xu Tao: Two more hours");
    }

    [Fact]
    public async Task A_member_sees_its_own_part_and_the_way_up_and_raises_a_difficulty()
    {
        var page = await browser.OpenAsync("/objectives", People.Clerk("bank-c"));
        await Assertions.Expect(page.Locator("[data-objective='contain'] td[data-label='Progress']")).ToHaveTextAsync("–");
        Assert.Equal(0, await page.Locator("#difficulties [data-difficulty]").CountAsync());
        var own = await page.Locator("#difficulties select option").Nth(1).GetAttributeAsync("value");
        await page.Locator("#difficulties select").SelectOptionAsync(own!);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Raise it" }).ClickAsync();
        await Assertions.Expect(page.Locator("#difficulties .c-refusal")).ToContainTextAsync("objectives/no-text");
        await page.GetByLabel("What stands in the way").FillAsync("The register of persons answers a hundred questions a day.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Raise it" }).ClickAsync();
        await Assertions.Expect(page.Locator("#difficulties [data-difficulty]")).ToContainTextAsync("a hundred questions a day");
    }

    [Fact]
    public async Task A_text_that_is_no_plan_is_refused_with_every_fault()
    {
        var page = await browser.OpenAsync("/objectives", People.Supervisor);
        await page.GetByText("Draft a plan").ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Begin with the pack's plan" }).ClickAsync();
        var text = page.Locator("#tree textarea");
        await Assertions.Expect(text).ToHaveValueAsync(Desk.ShippedFor(browser.Host.Time.GetUtcNow().Year)!);
        await text.FillAsync(Desk.ShippedFor(2026)!.Replace("weight: 350", "weight: 351", StringComparison.Ordinal).Replace("measure: passThrough", "measure: passThroug", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Draft it" }).ClickAsync();
        await Assertions.Expect(page.Locator("#tree .c-refusal")).ToContainTextAsync("are 1001 together, and must be 1000.");
        await Assertions.Expect(page.Locator("#tree .c-refusal")).ToContainTextAsync("Did you mean 'passThrough'?");
    }
}
