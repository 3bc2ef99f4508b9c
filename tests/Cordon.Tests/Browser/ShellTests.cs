using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ShellTests(ConsoleBrowser browser)
{
    public static TheoryData<string, string[]> Seen => new()
    {
        { People.Police, ["Situation", "Reports", "Cases", "Orders", "Appeals", "Restrictions", "Restitution", "Members", "Duties", "Controls", "Rectifications", "Ladder", "Evaluation", "Objectives", "Conference", "Leads", "Warnings", "Verdicts", "Rule desk", "Lists", "Indicators"] },
        { People.Regulator, ["Situation", "Restrictions", "Members", "Duties", "Controls", "Rectifications", "Ladder", "Evaluation", "Objectives", "Conference", "Leads", "Rule desk", "Lists", "Indicators"] },
        { People.Clerk("bank-a"), ["Orders", "Appeals", "Restrictions", "Deliveries", "Members", "Duties", "Controls", "Rectifications", "Ladder", "Evaluation", "Objectives", "Conference", "Leads", "Verdicts", "Indicators"] },
        { People.Decider, ["Appeals", "Ladder", "Evaluation"] },
        { "auditor||Lu Fan", ["Restrictions", "Members", "Duties", "Controls", "Rectifications", "Ladder", "Evaluation", "Objectives", "Conference", "Leads", "Rule desk", "Lists", "Indicators"] },
        { People.Administrator, ["Deliveries"] },
    };

    [Theory]
    [MemberData(nameof(Seen))]
    public async Task The_navigation_shows_what_the_role_may_open(string person, string[] places)
    {
        var page = await browser.OpenAsync("/duties", person);
        await page.Locator("main h1").First.WaitForAsync();
        Assert.Equal(places, (await page.Locator(".c-nav-link").AllInnerTextsAsync()).Select(t => t.Trim()));
    }

    [Fact]
    public async Task A_stranger_is_led_to_the_sign_in()
    {
        var page = await browser.OpenAsync("/cases", "");
        await page.WaitForURLAsync("**/sign-in**");
    }

    [Theory]
    [InlineData("/", "No permission")]
    [InlineData("/cases", "No permission")]
    [InlineData("/orders", "No permission")]
    [InlineData("/duties", "No permission")]
    [InlineData("/nothing/here", "There is no such page")]
    public async Task A_closed_or_missing_page_says_what_now(string path, string heading)
    {
        var page = await browser.OpenAsync(path, People.Administrator);
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(heading);
    }

    [Fact]
    public async Task A_clerk_starts_at_the_inbox()
    {
        var page = await browser.OpenAsync("/", People.Clerk("bank-a"));
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Inbox");
    }

    [Fact]
    public async Task The_colours_follow_the_device_until_chosen_and_are_remembered()
    {
        var page = await browser.OpenAsync("/duties", dark: true);
        var scheme = page.Locator("html");
        var toggle = page.GetByLabel("Colours:");
        await Assertions.Expect(toggle).ToHaveAttributeAsync("title", "Colours: system. Change");
        await Assertions.Expect(scheme).ToHaveAttributeAsync("data-scheme", "dark");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await Assertions.Expect(scheme).ToHaveAttributeAsync("data-scheme", "light");
        await toggle.ClickAsync();
        await Assertions.Expect(toggle).ToHaveAttributeAsync("title", "Colours: light. Change");
        await toggle.ClickAsync();
        await Assertions.Expect(scheme).ToHaveAttributeAsync("data-scheme", "dark");
        await page.ReloadAsync();
        await Assertions.Expect(toggle).ToHaveAttributeAsync("title", "Colours: dark. Change");
        await Assertions.Expect(scheme).ToHaveAttributeAsync("data-scheme", "dark");
    }

    [Fact]
    public async Task Signing_out_carries_a_token_against_forgery()
    {
        var page = await browser.OpenAsync("/duties");
        var token = page.Locator("form[action=sign-out] input[name=__RequestVerificationToken]");
        await token.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        Assert.True((await token.InputValueAsync()).Length > 50);
    }

    [Fact]
    public async Task Nothing_is_fetched_from_elsewhere()
    {
        var page = await browser.OpenAsync("/");
        await page.Locator(".c-chart svg").WaitForAsync();
        var sources = await page.EvaluateAsync<string[]>("performance.getEntriesByType('resource').map(r => r.name)");
        Assert.NotEmpty(sources);
        Assert.All(sources, s => Assert.StartsWith(browser.Host.Address, s, StringComparison.Ordinal));
    }
}
