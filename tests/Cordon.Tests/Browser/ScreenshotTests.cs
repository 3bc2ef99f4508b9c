using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>Every page at both widths in both schemes, kept in artifacts/screenshots for people to look at.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ScreenshotTests(ConsoleBrowser browser)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Every_page_fits_its_width(int width, bool dark)
    {
        var folder = Directory.CreateDirectory(Path.Combine(RepositoryFolder.Root, "artifacts", "screenshots")).FullName;
        foreach (var (name, path, person) in await PagesAsync())
        {
            var page = await browser.OpenAsync(path, person, width, 900, dark);
            await page.Locator("main h1").First.WaitForAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.EvaluateAsync("document.fonts.ready");
            var file = Path.Combine(folder, $"{name}-{width}-{(dark ? "dark" : "light")}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = true });
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            await page.Context.DisposeAsync();
        }
    }

    private async Task<List<(string Name, string Path, string Person)>> PagesAsync()
    {
        var cases = await browser.Host.Get<CaseDesk>().ListAsync(ConsoleProvince.Police, new CaseFilter { Limit = 500 });
        var largest = cases.MaxBy(c => c.Losses.Least.Reported)!;
        var orders = await browser.Host.Get<OrderDesk>().ListAsync(ConsoleProvince.Police, new OrderFilter { State = OrderState.Issued, Limit = 500 });
        return
        [
            ("situation", "/", People.Police), ("cases", "/cases", People.Police), ("case", $"/cases/{largest.Id}", People.Police),
            ("orders", "/orders", People.Police), ("inbox", "/orders", People.Clerk(orders[0].Member.ToString())), ("duties", "/duties", People.Police),
            ("not-found", "/nothing", People.Police), ("no-permission", "/cases", People.Administrator),
        ];
    }
}
