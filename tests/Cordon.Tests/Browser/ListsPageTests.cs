using Cordon.Casework.Lists;
using Cordon.Engine.Screening;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>The page of the live lists.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ListsPageTests(ConsoleBrowser browser)
{
    [Fact]
    public async Task An_entry_is_put_with_owner_reason_and_end_and_taken_off_with_a_reason()
    {
        var page = await browser.OpenAsync("/lists", People.Author);
        await page.Locator("#put").WaitForAsync();
        await page.GetByLabel("Number, with +").FillAsync("+8617012340001");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Put", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#put .c-refusal")).ToContainTextAsync("owner");
        await page.GetByLabel("Owner").FillAsync("joint office");
        await page.GetByLabel("Reason").FillAsync("two victims");
        await page.GetByLabel("Until").FillAsync(browser.Host.Time.GetUtcNow().AddDays(60).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Put", Exact = true }).ClickAsync();
        var row = page.Locator("[data-entry='+8617012340001']");
        await Assertions.Expect(row).ToContainTextAsync("two victims");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Take off…" }).ClickAsync();
        await row.Locator(".c-ask input").FillAsync("a mistake");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Take off", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        var all = await browser.Host.Get<ListDesk>().ListAsync(new ListFilter { List = ListName.FraudNumbers, Ended = true });
        Assert.Contains(all, e => e is { Entry: "+8617012340001", Present: false, Reason: "a mistake" });
    }

    [Fact]
    public async Task Numbers_that_are_never_blocked_are_for_a_supervisor_to_decide()
    {
        var page = await browser.OpenAsync("/lists", People.Author);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Never blocked" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-entry='+86120']")).ToContainTextAsync("health office");
        await Assertions.Expect(page.Locator("#put")).ToHaveCountAsync(0);
        await page.Context.DisposeAsync();
        var chief = await browser.OpenAsync("/lists", People.Supervisor);
        await chief.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Never blocked" }).ClickAsync();
        await Assertions.Expect(chief.Locator("#put")).ToBeVisibleAsync();
    }
}
