using System.Globalization;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class TracePageTests(ConsoleBrowser browser)
{
    [Fact]
    public async Task The_replay_goes_to_the_start_step_by_step_and_plays_to_the_end()
    {
        var (page, view) = await OpenAsync();
        var said = page.Locator("[data-said]");
        var all = view.Trace!.Least.Flows.Length;
        await Assertions.Expect(said).ToContainTextAsync($"{all} of {all} transfers");
        var slider = page.Locator("[data-time]");
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        var first = view.Trace.Least.Flows.Min(f => f.At);
        await Assertions.Expect(said).ToContainTextAsync($"{view.Trace.Least.Flows.Count(f => f.At == first)} of {all} transfers");
        await page.Keyboard.PressAsync("ArrowRight");
        var second = view.Trace.Least.Flows.Select(f => f.At).Distinct().Order().ElementAt(1);
        await Assertions.Expect(said).ToContainTextAsync($"{view.Trace.Least.Flows.Count(f => f.At <= second)} of {all} transfers");
        await page.GetByLabel("One transfer back").ClickAsync();
        await Assertions.Expect(said).ToContainTextAsync($"{view.Trace.Least.Flows.Count(f => f.At == first)} of {all} transfers");
        var play = page.Locator("[data-play]");
        await play.ClickAsync();
        await Assertions.Expect(play).ToHaveTextAsync("Play");
        await Assertions.Expect(said).ToContainTextAsync($"{all} of {all} transfers");
    }

    [Fact]
    public async Task At_the_end_each_account_shows_what_the_trace_says_remains()
    {
        var (page, view) = await OpenAsync();
        var account = view.Trace!.Least.Accounts.Where(a => a.Outcome == Engine.Money.TraceOutcome.Held).MaxBy(a => a.Remains)!;
        await OpenGroupsAsync(page);
        var node = page.Locator($"[data-box='{account.Account}']");
        await Assertions.Expect(node).ToContainTextAsync("here " + (account.Remains / 100m).ToString("N2", CultureInfo.InvariantCulture));
        await node.ClickAsync();
        await Assertions.Expect(page.Locator("#flow .c-details")).ToContainTextAsync((account.Arrived / 100m).ToString("N2", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task What_can_be_stopped_now_is_marked_and_leads_to_its_draft()
    {
        await ConsoleFraud.DraftAsync(browser.Host, "99200");
        var planner = browser.Host.Get<CasePlanner>();
        foreach (var plan in await planner.OfOpenAsync(ConsoleProvince.Police, TestContext.Current.CancellationToken))
        {
            if (plan.Stops.FirstOrDefault(s => s.Stop.Order is not null) is not { } stop) continue;
            var page = await browser.OpenAsync($"/cases/{stop.Stop.Case}/trace");
            await page.Locator("[data-drawn]").WaitForAsync();
            await OpenGroupsAsync(page);
            var node = page.Locator($"[data-box='{stop.Stop.Account}']");
            await Assertions.Expect(node).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("c-stoppable"));
            await node.ClickAsync();
            var link = page.Locator("#flow .c-details").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = $"Issue {stop.Stop.Number}" });
            Assert.Equal($"cases/{stop.Stop.Case}#orders", await link.GetAttributeAsync("href"));
            return;
        }
        Assert.Fail("The province has no draft to issue.");
    }

    [Fact]
    public async Task The_plan_on_the_case_page_has_the_next_order_first_with_its_figures()
    {
        await ConsoleFraud.DraftAsync(browser.Host, "99300");
        var planner = browser.Host.Get<CasePlanner>();
        var plan = (await planner.OfOpenAsync(ConsoleProvince.Police, TestContext.Current.CancellationToken))[0];
        var of = await planner.OfCaseAsync(ConsoleProvince.Police, plan.Stops[0].Stop.Case, TestContext.Current.CancellationToken);
        var page = await browser.OpenAsync($"/cases/{plan.Stops[0].Stop.Case}");
        var rows = page.Locator("#plan tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(Math.Min(5, of!.Stops.Length));
        await Assertions.Expect(rows.First).ToContainTextAsync("next");
        Assert.Equal(of.Stops[0].Stop.Account.ToString(), await rows.First.GetAttributeAsync("data-plan"));
        await Assertions.Expect(rows.First).ToContainTextAsync((of.Stops[0].Stop.Minor / 100m).ToString("N2", CultureInfo.InvariantCulture));
        Assert.Contains("expected saved", await rows.First.GetAttributeAsync("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drafts_are_sorted_by_the_plan()
    {
        await ConsoleFraud.DraftAsync(browser.Host, "99400");
        var plans = await browser.Host.Get<CasePlanner>().OfOpenAsync(ConsoleProvince.Police, TestContext.Current.CancellationToken);
        var numbers = plans.SelectMany(p => p.Stops).Where(s => s.Stop.Number is not null).Select(s => s.Stop.Number!).ToList();
        Assert.NotEmpty(numbers);
        var page = await browser.OpenAsync("/orders");
        await page.GetByLabel("State").SelectOptionAsync(nameof(OrderState.Proposed));
        await page.GetByLabel("Sort").SelectOptionAsync("plan");
        await Assertions.Expect(page.Locator("tr[data-order]").First).ToHaveAttributeAsync("data-order", numbers[0]);
    }

    [Fact]
    public async Task The_trace_page_is_refused_to_who_may_not_see_cases()
    {
        var largest = (await browser.Host.Get<CaseDesk>().ListAsync(ConsoleProvince.Police, new CaseFilter { Limit = 500 })).MaxBy(c => c.Losses.Least.Reported)!;
        foreach (var person in new[] { People.Administrator, People.Regulator, People.Clerk("bank-a") })
        {
            var page = await browser.OpenAsync($"/cases/{largest.Id}/trace", person);
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("No permission");
        }
    }

    private static async Task OpenGroupsAsync(IPage page)
    {
        // Within the page: a group may lie outside the view, where a pointer would first have to move the plane.
        await page.EvaluateAsync("() => { for (let i = 0; i < 200; i++) { const g = document.querySelector('.c-plane [aria-expanded=false]'); if (!g) return; g.click(); } }");
    }

    private async Task<(IPage Page, CaseView View)> OpenAsync()
    {
        var desk = browser.Host.Get<CaseDesk>();
        var largest = (await desk.ListAsync(ConsoleProvince.Police, new CaseFilter { Limit = 500 })).MaxBy(c => c.Losses.Least.Reported)!;
        var page = await browser.OpenAsync($"/cases/{largest.Id}/trace");
        await page.Locator("[data-drawn]").WaitForAsync();
        return (page, (await desk.ViewAsync(ConsoleProvince.Police, largest.Id))!);
    }
}
