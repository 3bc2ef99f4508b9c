using System.Globalization;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SituationPageTests(ConsoleBrowser browser)
{
    [Fact]
    public async Task The_counters_move_by_themselves_when_signals_come()
    {
        var page = await browser.OpenAsync("/");
        var counter = page.Locator("[data-counter=Signals]");
        await counter.WaitForAsync();
        var before = await NumberAsync(counter);
        var now = Instant.From(browser.Host.Time.GetUtcNow());
        await browser.Host.TellAsync(Enumerable.Range(0, 7).Select(i => new Call(
            new SignalId($"live-{i}"), MemberCode.Parse("telecom-b"), now, new PhoneNumber(8613800000000 + i), new PhoneNumber(8613900000000), CallOrigin.Domestic, false, null, null, 30)));
        // The page takes one breath a second however much is told; the test's clock gives it that second.
        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(counter).ToHaveTextAsync((before + 7).ToString("N0", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_trend_is_drawn_and_told_as_a_table()
    {
        var page = await browser.OpenAsync("/");
        await page.Locator(".c-chart svg path").Nth(5).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.GetByText("As a table").ClickAsync();
        var signals = await page.Locator(".c-chart-table tbody tr td:nth-child(2)").AllInnerTextsAsync();
        var told = signals.Sum(s => long.Parse(s, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        Assert.InRange(told, 1, await NumberAsync(page.Locator("[data-counter=Signals]")));
    }

    [Fact]
    public async Task Where_the_money_is_adds_up_to_what_was_reported()
    {
        var page = await browser.OpenAsync("/");
        await page.Locator(".c-places").WaitForAsync();
        var parts = await page.Locator(".c-places tbody .c-money").AllInnerTextsAsync();
        var whole = await page.Locator(".c-places tfoot .c-money").InnerTextAsync();
        Assert.Equal(7, parts.Count);
        Assert.Equal(Money(whole), parts.Sum(Money));
        await Assertions.Expect(page.Locator(".c-places tfoot")).ToContainTextAsync("adds up");
    }

    [Fact]
    public async Task Orders_show_a_clock_that_runs()
    {
        var page = await browser.OpenAsync("/");
        var clock = page.Locator(".c-clock", new PageLocatorOptions { HasTextString = "until it expires" }).First;
        await clock.WaitForAsync();
        var before = await clock.InnerTextAsync();
        browser.Host.Time.Advance(TimeSpan.FromMinutes(1));
        await Assertions.Expect(clock).Not.ToHaveTextAsync(before);
    }

    private static decimal Money(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static async Task<long> NumberAsync(ILocator counter) =>
        long.Parse(await counter.InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
