using Cordon.Casework.Warnings;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>The page of warnings: who is in danger appears, is called, and what came of it is written down.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WarningsPageTests(ConsoleBrowser browser)
{
    [Fact]
    public async Task Somebody_about_to_pay_appears_with_the_words_to_say_and_goes_once_reached()
    {
        var host = browser.Host;
        var page = await browser.OpenAsync("/warnings", People.Police);
        await page.Locator("main h1").WaitForAsync();
        var line = new PhoneNumber(8613899330001);
        await ConsoleWarnings.PayAsync(host, "99330", line);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        var card = page.Locator("[data-warning]", new PageLocatorOptions { HasText = line.ToString() });
        await Assertions.Expect(card).ToContainTextAsync("About to pay");
        await card.GetByText("What to say").ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync("是否有人正在电话里让您转账");
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Give up" }).ClickAsync();
        await Assertions.Expect(card.Locator(".c-refusal")).ToContainTextAsync("reason");
        await card.Locator(".c-ask input").FillAsync("答应停止转账");
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Called: reached" }).ClickAsync();
        await Assertions.Expect(card).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#ended")).ToContainTextAsync(line.ToString());
        Assert.Contains(await host.Get<WarningDesk>().ListAsync(ConsoleProvince.Police, new WarningFilter()), w => w.Line == line && w.State == WarningState.Reached);
    }
}
