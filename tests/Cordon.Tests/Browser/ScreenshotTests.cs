using Cordon.Casework.Cases;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Registers;
using Cordon.Casework.Reports;
using Cordon.Casework.Restitution;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>Every page at both widths in both schemes, kept in artifacts/screenshots for people to look at.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ScreenshotTests(ConsoleBrowser browser)
{
    /// <summary>What sticks out of the page to the right, outside the regions that scroll by themselves.</summary>
    private const string Overflowing =
        "() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]"
        + ".filter(e => !e.closest('.c-scroll, .c-graph, .c-jump, .c-editor') && e.getBoundingClientRect().right > innerWidth + 1)"
        + ".map(e => location.pathname + ' ' + e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 40)).concat(location.pathname + ' is too wide')";

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Every_page_fits_its_width(int width, bool dark)
    {
        var folder = Directory.CreateDirectory(Path.Combine(RepositoryFolder.Root, "artifacts", "screenshots")).FullName;
        var wide = new List<string>();
        foreach (var (name, path, person) in await PagesAsync())
        {
            var page = await browser.OpenAsync(path, person, width, 900, dark);
            await page.Locator("main h1").First.WaitForAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.EvaluateAsync("document.fonts.ready");
            var file = Path.Combine(folder, $"{name}-{width}-{(dark ? "dark" : "light")}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = true });
            // The parts of a long page, each large enough to judge; the schemes differ in colours alone, which the whole page shows.
            foreach (var part in dark ? [] : await page.Locator("section.c-panel[id]").AllAsync())
            {
                var shot = Path.Combine(folder, $"{name}-{await part.GetAttributeAsync("id")}-{width}-{(dark ? "dark" : "light")}.png");
                await part.ScreenshotAsync(new LocatorScreenshotOptions { Path = shot });
            }
            wide.AddRange(await page.EvaluateAsync<string[]>(Overflowing));
            await page.Context.DisposeAsync();
        }
        Assert.Empty(wide);
    }

    /// <summary>The verdict with the most to explain.</summary>
    private async Task<long> RichestAsync()
    {
        var verdicts = await browser.Host.Get<VerdictDesk>().ListAsync(ConsoleProvince.Police, new VerdictFilter { Limit = 500 });
        return verdicts.MaxBy(v => v.Explanation.Length)!.Sequence;
    }

    /// <summary>A stranger's report that waits, with words that have everything in them.</summary>
    private async Task<Guid> StrangerAsync()
    {
        var now = Instant.From(browser.Host.Time.GetUtcNow());
        var told = new ReportIntake(
            "public/SCREENSHOT", "周某", new PhoneNumber(8613800138077),
            "昨天上午十点左右，自称公安局的人用 170 1234 5678 打来，说我涉嫌洗钱，让我把4.8万元转到安全账户 6222 0212 3456 7890 128，尾号0128。还下载了“安全助手”APP，网址 hxxp://safe-check[.]xyz 。",
            ReportIntake.TypeNotKnown, new Suspects([new PhoneNumber(8617012345678)], [], ["safe-check.xyz"]), [], now)
        {
            Channel = ReportChannel.Public, Stranger = new StrangersMark("screenshot", ""),
        };
        return (await browser.Host.Get<CaseDesk>().ReceiveAsync(ConsoleProvince.Police, told, TestContext.Current.CancellationToken)).Value.Report;
    }

    /// <summary>A report whose payment was found.</summary>
    private async Task<Guid> TakenAsync() =>
        (await browser.Host.Get<ReportDesk>().ListAsync(ConsoleProvince.Police, new ReportFilter { State = ReportState.Matched, Channel = ReportChannel.Api, Limit = 1 }))[0].Id;

    private async Task<List<(string Name, string Path, string Person)>> PagesAsync()
    {
        var cases = await browser.Host.Get<CaseDesk>().ListAsync(ConsoleProvince.Police, new CaseFilter { Limit = 500 });
        var largest = cases.MaxBy(c => c.Losses.Least.Reported)!;
        var orders = await browser.Host.Get<OrderDesk>().ListAsync(ConsoleProvince.Police, new OrderFilter { State = OrderState.Issued, Limit = 500 });
        var mending = await browser.Host.Get<RectificationDesk>().ListAsync(ConsoleLadder.Supervisor, new RectificationFilter { Limit = 500 });
        var (refuted, contested) = (mending.MaxBy(r => r.RefutedCount)!, mending.First(r => !r.Contests.IsEmpty));
        var league = await ConsoleLeague.FindAsync(browser.Host, ConsoleLeague.Published);
        var draft = await ConsoleLeague.FindAsync(browser.Host, ConsoleLeague.Draft);
        var book = await ConsoleRules.ShadowedAsync(browser.Host);
        var faulty = await ConsoleRules.FaultyAsync(browser.Host);
        return
        [
            ("situation", "/", People.Police), ("reports", "/reports", People.Duty), ("report-new", "/reports/new", People.Duty),
            ("report-stranger", $"/reports/{await StrangerAsync()}", People.Duty), ("report-verified", $"/reports/{await TakenAsync()}", People.Duty),
            ("public", "/report?lang=zh-CN", ""), ("public-en", "/report?lang=en", ""), ("public-state", "/report/state?lang=zh-CN", ""), ("cases", "/cases", People.Police), ("case", $"/cases/{largest.Id}", People.Police),
            ("trace", $"/cases/{largest.Id}/trace", People.Police), ("series", $"/cases/{largest.Id}/series", People.Police),
            ("verdicts", "/verdicts", People.Police), ("verdict", $"/verdicts/{await RichestAsync()}", People.Police),
            ("orders", "/orders", People.Police), ("inbox", "/orders", People.Clerk(orders[0].Member.ToString())), ("duties", "/duties", People.Police), ("controls", "/controls", People.Police), ("members", "/members", People.Police), ("member-card", "/members", People.Clerk(orders[0].Member.ToString())),
            ("not-found", "/nothing", People.Police), ("no-permission", "/cases", People.Administrator),
            ("rulebooks", "/rulebooks", People.Author), ("rulebook", $"/rulebooks/{book.Id}", People.Supervisor), ("draft", $"/rulebooks/{faulty.Id}", People.Author),
            ("lists", "/lists", People.Supervisor),
            ("warnings", "/warnings", People.Police), ("indicators", "/indicators", People.Police), ("indicators-clerk", "/indicators", People.Clerk("mobile-a")),
            ("deliveries", "/deliveries", People.Administrator), ("deliveries-clerk", "/deliveries", People.Clerk((await ConsoleDeliveries.MembersAsync(browser.Host))[1].ToString())),
            ("rectifications", "/rectifications", People.Police), ("rectification", $"/rectifications/{refuted.Id}", People.Supervisor),
            ("rectification-member", $"/rectifications/{contested.Id}", People.Clerk(contested.Member.ToString())),
            ("ladder", "/ladder", People.Supervisor), ("ladder-member", "/ladder", People.Clerk(refuted.Member.ToString())),
            ("evaluations", "/evaluations", People.Supervisor), ("evaluation", $"/evaluations/{league.Id}?member={league.Result!.Members[0].Member}", People.Supervisor),
            ("evaluation-member", $"/evaluations/{league.Id}?member={league.Contests[0].Member}", People.Clerk(league.Contests[0].Member.ToString())),
            ("evaluation-draft", $"/evaluations/{draft.Id}", People.Supervisor),
            ("objectives", "/objectives", People.Supervisor), ("objectives-member", "/objectives", People.Clerk("bank-a")),
            ("appeals", "/appeals", People.Decider), ("appeals-clerk", "/appeals", People.Clerk(orders[0].Member.ToString())),
            ("restitutions", "/restitutions", People.Police), ("restitution", $"/restitutions/{(await browser.Host.Get<RestitutionDesk>().ListAsync(ConsoleProvince.Police, null, null, 1))[0].Id}", People.SecondPolice),
        ];
    }
}
