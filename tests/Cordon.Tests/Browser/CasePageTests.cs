using System.Globalization;
using Cordon.Casework.Cases;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class CasePageTests(ConsoleBrowser browser)
{
    [Fact]
    public async Task The_chain_shows_each_sector_and_marks_the_failed_duties_on_their_links()
    {
        var (page, view) = await OpenAsync();
        var failed = view.Findings.Select(f => f.Link).Distinct().Where(l => view.Chain!.Links.Any(c => c.Id == l)).ToList();
        Assert.NotEmpty(failed);
        var folded = page.Locator(".c-cell .c-tool");
        for (var left = await folded.CountAsync(); left > 0; left--)
        {
            await folded.First.ClickAsync();
            await Assertions.Expect(folded).ToHaveCountAsync(left - 1);
        }
        await Assertions.Expect(page.Locator(".c-link.c-failed")).ToHaveCountAsync(failed.Count);
        foreach (var sector in view.Chain!.Links.Select(l => l.Sector).Distinct())
            await Assertions.Expect(page.Locator(".c-sector", new PageLocatorOptions { HasTextString = WebConsole.Marks.Words.Of(sector) }).First).ToBeVisibleAsync();
        foreach (var link in view.Chain.Links.Where(l => failed.Contains(l.Id)))
            await Assertions.Expect(page.Locator(".c-cell", new PageLocatorOptions { Has = page.Locator($"[data-link='{link.Id}']") }).Locator(".c-sector")).ToHaveTextAsync(WebConsole.Marks.Words.Of(link.Sector));
    }

    [Fact]
    public async Task A_link_of_the_chain_tells_its_facts_and_its_evidence()
    {
        var (page, view) = await OpenAsync();
        var call = view.Chain!.Links.OfType<CallLink>().First(c => view.Findings.Any(f => f.Link == c.Id));
        await page.Locator($"[data-link='{call.Id}']").ClickAsync();
        var details = page.Locator("#chain .c-details");
        await Assertions.Expect(details).ToContainTextAsync(call.Caller.ToString());
        await Assertions.Expect(details).ToContainTextAsync($"Call: {call.Member}/{call.Signal}");
        await Assertions.Expect(details).ToContainTextAsync(view.Findings.First(f => f.Link == call.Id).Article);
    }

    [Fact]
    public async Task An_account_of_the_trace_tells_what_came_and_what_is_left()
    {
        var (page, view) = await OpenAsync();
        var account = view.Trace!.Least.Accounts.MaxBy(a => a.Arrived)!;
        await page.Locator($"[data-node='account:{account.Account}']").ClickAsync();
        var details = page.Locator("#trace .c-details");
        await Assertions.Expect(details).ToContainTextAsync((account.Arrived / 100m).ToString("N2", CultureInfo.InvariantCulture));
        var own = view.Trace.Least.Flows.Count(f => f.From == account.Account || f.To == account.Account);
        await Assertions.Expect(details.Locator("tbody tr")).ToHaveCountAsync(own);
    }

    [Fact]
    public async Task The_trace_is_shown_by_another_method_and_all_are_compared()
    {
        var (page, view) = await OpenAsync();
        var fifo = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "FIFO", Exact = true });
        await Assertions.Expect(fifo).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Rolling charge", Exact = true }).ClickAsync();
        await Assertions.Expect(fifo).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(page.Locator("#trace")).ToContainTextAsync("in proportion");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Compare", Exact = true }).ClickAsync();
        var sums = page.Locator("#trace tfoot tr").First.Locator("td");
        await Assertions.Expect(sums).ToHaveCountAsync(4);
        await Assertions.Expect(sums.First).ToHaveTextAsync((view.Trace!.Seeded.Minor / 100m).ToString("N2", CultureInfo.InvariantCulture));

        var folder = Directory.CreateDirectory(Path.Combine(RepositoryFolder.Root, "artifacts", "screenshots")).FullName;
        foreach (var width in new[] { 1440, 390 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.Locator("#trace").ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(folder, $"case-compare-{width}-light.png") });
            Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
        }
    }

    [Fact]
    public async Task The_graph_zooms_by_button_and_by_key()
    {
        var (page, _) = await OpenAsync();
        var plane = page.Locator(".c-plane");
        await page.Locator(".c-node").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Fit", Exact = true }).ClickAsync();
        var fit = await plane.EvaluateAsync<double>("e => new DOMMatrix(e.style.transform).a");
        await page.GetByLabel("Zoom in").ClickAsync();
        Assert.Equal(fit * 1.25, await plane.EvaluateAsync<double>("e => new DOMMatrix(e.style.transform).a"), 3);
        await page.Locator(".c-graph").FocusAsync();
        await page.Keyboard.PressAsync("-");
        Assert.Equal(fit, await plane.EvaluateAsync<double>("e => new DOMMatrix(e.style.transform).a"), 3);
        var x = await plane.EvaluateAsync<double>("e => new DOMMatrix(e.style.transform).e");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(x - 60, await plane.EvaluateAsync<double>("e => new DOMMatrix(e.style.transform).e"), 3);
    }

    [Fact]
    public async Task Each_end_of_the_money_adds_up()
    {
        var (page, view) = await OpenAsync();
        var ends = view.Case.Losses.Exact ? 1 : 2;
        await Assertions.Expect(page.Locator("#money tfoot")).ToContainTextAsync("adds up");
        foreach (var end in Enumerable.Range(0, ends))
        {
            var parts = await page.Locator($"#money tbody td:nth-of-type({(2 * end) + 1})").AllInnerTextsAsync();
            var whole = await page.Locator($"#money tfoot td:nth-of-type({(2 * end) + 1})").InnerTextAsync();
            Assert.Equal(decimal.Parse(whole, CultureInfo.InvariantCulture), parts.Sum(p => decimal.Parse(p, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task Following_the_money_again_answers_and_changes_nothing()
    {
        var (page, view) = await OpenAsync();
        var desk = browser.Host.Get<CaseDesk>();
        // Another test may have told of a stop since the money was followed last.
        var followed = (await desk.FollowAsync(ConsoleProvince.Police, view.Case.Id, TestContext.Current.CancellationToken)).Value;
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Follow the money now" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Follow the money now" })).ToBeEnabledAsync();
        await Assertions.Expect(page.Locator(".c-refusal")).ToHaveCountAsync(0);
        var after = await desk.ViewAsync(ConsoleProvince.Police, view.Case.Id);
        Assert.Equal(followed.Losses, after!.Case.Losses);
    }

    [Fact]
    public async Task A_case_that_is_not_there_says_so()
    {
        var page = await browser.OpenAsync($"/cases/{Guid.Empty}");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("There is no such case");
    }

    private async Task<(IPage Page, CaseView View)> OpenAsync()
    {
        var desk = browser.Host.Get<CaseDesk>();
        var largest = (await desk.ListAsync(ConsoleProvince.Police, new CaseFilter { Limit = 500 })).MaxBy(c => c.Losses.Least.Reported)!;
        var page = await browser.OpenAsync($"/cases/{largest.Id}");
        await page.Locator(".c-node").First.WaitForAsync();
        return (page, (await desk.ViewAsync(ConsoleProvince.Police, largest.Id))!);
    }
}
