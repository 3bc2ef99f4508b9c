using Cordon.Casework.Cases;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class CasesPageTests(ConsoleBrowser browser)
{
    [Fact]
    public async Task Every_case_has_a_row_with_its_stolen_sum()
    {
        var page = await browser.OpenAsync("/cases");
        await page.Locator("tbody tr").First.WaitForAsync();
        var cases = await browser.Host.Get<CaseDesk>().ListAsync(ConsoleProvince.Police, new CaseFilter { Limit = 500 });
        foreach (var listed in cases)
        {
            var row = page.Locator("tbody tr", new PageLocatorOptions { HasTextString = listed.Number });
            var stolen = new Engine.Signals.Amount(listed.Losses.Least.Reported + listed.UnmatchedMinor, listed.Currency).ToString()[..^4];
            await Assertions.Expect(row.Locator("td[data-label=Stolen]")).ToHaveTextAsync(stolen);
        }
    }

    [Fact]
    public async Task Typing_finds_a_case_and_emptying_brings_all_back()
    {
        var page = await browser.OpenAsync("/cases");
        var rows = page.Locator("tbody tr");
        await rows.First.WaitForAsync();
        var all = await rows.CountAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("000001");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await page.GetByPlaceholder("number, phone, account, page, type").FillAsync("no such case");
        await Assertions.Expect(page.GetByText("No case here")).ToBeVisibleAsync();
        await page.GetByPlaceholder("number, phone, account, page, type").FillAsync("");
        await Assertions.Expect(rows).ToHaveCountAsync(all);
    }

    [Fact]
    public async Task The_keyboard_alone_opens_a_case()
    {
        var page = await browser.OpenAsync("/cases");
        var links = page.Locator("tbody a");
        await links.First.WaitForAsync();
        var second = await links.Nth(1).InnerTextAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(links.First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(second);
    }

    [Theory]
    [InlineData("/orders")]
    [InlineData("/verdicts")]
    public async Task So_do_the_keys_of_a_page_that_is_opened_first(string path)
    {
        var page = await browser.OpenAsync(path);
        var links = page.Locator("table[data-rows] tbody a");
        await links.First.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(links.First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Closed_cases_are_told_apart()
    {
        var page = await browser.OpenAsync("/cases");
        // Which cases other tests closed does not matter: no open one is shown among the closed, and none of these among the open.
        var states = page.Locator("td[data-label='State']");
        await Assertions.Expect(states.Filter(new LocatorFilterOptions { HasText = "Open" })).Not.ToHaveCountAsync(0);
        await page.GetByLabel("State").SelectOptionAsync("Closed");
        await Assertions.Expect(states.Filter(new LocatorFilterOptions { HasText = "Open" })).ToHaveCountAsync(0);
        await page.GetByLabel("State").SelectOptionAsync("Open");
        await Assertions.Expect(states.Filter(new LocatorFilterOptions { HasText = "Open" })).Not.ToHaveCountAsync(0);
        await Assertions.Expect(states.Filter(new LocatorFilterOptions { HasText = "Closed" })).ToHaveCountAsync(0);
    }
}
