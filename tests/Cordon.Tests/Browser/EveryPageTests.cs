using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Registers;
using Cordon.Casework.Reports;
using Cordon.Casework.Restitution;
using Cordon.Engine.Signals;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>
/// Every page at both widths in both schemes: it fits its width, and axe finds nothing serious or critical. A page is loaded at one width in one scheme
/// and turned to the others while it is open, every second page the other way round; axe then looks again at what colours and width can change. Each
/// page goes both ways where pictures are asked for or the long tests run. Where <c>CORDON_SCREENSHOTS</c> is set, pictures of all are left in
/// artifacts/screenshots for people to look at.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class EveryPageTests(ConsoleBrowser browser)
{
    private const int Wide = 1440;
    private const int Narrow = 390;

    /// <summary>What sticks out of the page to the right, outside the regions that scroll by themselves.</summary>
    private const string Overflowing =
        "() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]"
        + ".filter(e => !e.closest('.c-scroll, .c-graph, .c-jump, .c-editor') && e.getBoundingClientRect().right > innerWidth + 1)"
        + ".map(e => location.pathname + ' ' + e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 40)).concat(location.pathname + ' is too wide')";

    /// <summary>What was laid out for the width before is laid out anew, as are charts, which wait for that. A page that nothing changes may be given no frame at all.</summary>
    private const string LaidOut =
        "() => Promise.race([(async () => { await document.fonts.ready; for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame); })(), new Promise(done => setTimeout(done, 400))])";

    /// <summary>Run in the page and told in short: the results by node of every rule that passes are megabytes, and took most of the time.</summary>
    private const string Run = """
        async only => {
          const found = await axe.run(document, { resultTypes: ['violations'], preload: false, ...(only ? { runOnly: { type: 'rule', values: only } } : {}) });
          const grave = found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical');
          return { passes: found.passes.length + found.inapplicable.length, faults: grave.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html).join('; ')}`) };
        }
        """;

    /// <summary>The colours of the console come from the server; until then the old ones are there, and some then glide into the new.</summary>
    private const string Background = "() => getComputedStyle(document.body).backgroundColor";

    private const string Glided = "() => document.getAnimations().every(a => !(a instanceof CSSTransition))";

    /// <summary>The rules whose answer hangs on colours or on the width.</summary>
    private static readonly string[] Turned = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private static readonly bool Pictured = Environment.GetEnvironmentVariable("CORDON_SCREENSHOTS") is { Length: > 0 };
    private static readonly bool BothWays = Pictured || Long.Asked;

    [Fact]
    public async Task Every_page_fits_its_width_and_has_no_serious_fault()
    {
        var faults = new List<string>();
        var pages = (await PagesAsync()).Select((page, place) => (page, place)).ToList();
        // Who stays signed in keeps the browser's cache, too.
        foreach (var of in pages.GroupBy(p => p.page.Person))
        {
            IPage? page = null;
            foreach (var ((name, path, person), place) in of)
                foreach (var narrowFirst in BothWays ? [false, true] : new[] { place % 2 == 1 })
                    page = await VisitAsync(page, (name, path, person), narrowFirst, faults);
            await page!.Context.DisposeAsync();
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task<IPage> VisitAsync(IPage? page, (string Name, string Path, string Person) of, bool narrowFirst, List<string> faults)
    {
        var (name, path, person) = of;
        var (first, second) = narrowFirst ? (Narrow, Wide) : (Wide, Narrow);
        if (page is null) page = await browser.OpenAsync(path, person, first, 900, narrowFirst);
        else
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = narrowFirst ? ColorScheme.Dark : ColorScheme.Light });
            await page.SetViewportSizeAsync(first, 900);
            await page.GotoAsync(browser.Host.Address + path);
        }
        await page.Locator("main h1").First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await LookAsync(page, name, first, narrowFirst, faults);
        await page.EvaluateAsync(Axe);
        await RunAxeAsync(page, null, $"{path} at {first}", faults);
        var before = await page.EvaluateAsync<string>(Background);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = narrowFirst ? ColorScheme.Light : ColorScheme.Dark });
        await page.SetViewportSizeAsync(second, 900);
        await page.WaitForFunctionAsync($"before => ({Background})() !== before", before);
        await LookAsync(page, name, second, !narrowFirst, faults);
        await page.WaitForFunctionAsync(Glided);
        await RunAxeAsync(page, Turned, $"{path} turned to {second}", faults);
        return page;
    }

    private static async Task RunAxeAsync(IPage page, string[]? only, string where, List<string> faults)
    {
        var found = await page.EvaluateAsync<AxeFound>(Run, only);
        Assert.True(found.Passes > 0);
        faults.AddRange(found.Faults.Select(fault => $"{where}: {fault}"));
    }

    private static async Task LookAsync(IPage page, string name, int width, bool dark, List<string> faults)
    {
        await page.EvaluateAsync(LaidOut);
        faults.AddRange(await page.EvaluateAsync<string[]>(Overflowing));
        if (!Pictured) return;
        var folder = Directory.CreateDirectory(Path.Combine(RepositoryFolder.Root, "artifacts", "screenshots")).FullName;
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}-{(dark ? "dark" : "light")}.png"), FullPage = true });
        // The parts of a long page, each large enough to judge; the schemes differ in colours alone, which the whole page shows.
        foreach (var part in dark ? [] : await page.Locator("section.c-panel[id]").AllAsync())
            await part.ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(folder, $"{name}-{await part.GetAttributeAsync("id")}-{width}-light.png") });
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
        var lead = await ConsoleLeads.FindAsync(browser.Host);
        return
        [
            ("situation", "/", People.Police), ("reports", "/reports", People.Duty), ("report-new", "/reports/new", People.Duty),
            ("report-stranger", $"/reports/{await StrangerAsync()}", People.Duty), ("report-verified", $"/reports/{await TakenAsync()}", People.Duty),
            ("public", "/report?lang=zh-CN", ""), ("public-en", "/report?lang=en", ""), ("public-state", "/report/state?lang=zh-CN", ""), ("public-state-en", "/report/state?lang=en", ""), ("cases", "/cases", People.Police), ("case", $"/cases/{largest.Id}", People.Police),
            ("trace", $"/cases/{largest.Id}/trace", People.Police), ("series", $"/cases/{largest.Id}/series", People.Police),
            ("verdicts", "/verdicts", People.Police), ("verdict", $"/verdicts/{await RichestAsync()}", People.Police),
            ("orders", "/orders", People.Police), ("inbox", "/orders", People.Clerk(orders[0].Member.ToString())), ("duties", "/duties", People.Police), ("controls", "/controls", People.Police), ("members", "/members", People.Police), ("member-card", "/members", People.Clerk(orders[0].Member.ToString())),
            ("not-found", "/nothing", People.Police), ("no-permission", "/cases", People.Administrator),
            ("rulebooks", "/rulebooks", People.Author), ("rulebook-author", $"/rulebooks/{book.Id}", People.Author), ("rulebook", $"/rulebooks/{book.Id}", People.Supervisor), ("draft", $"/rulebooks/{faulty.Id}", People.Author),
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
            ("conferences", "/conferences", People.Supervisor), ("conference", $"/conferences/{await ConsoleConference.FindAsync(browser.Host)}", People.Supervisor),
            ("conference-member", $"/conferences/{await ConsoleConference.FindAsync(browser.Host)}", People.Clerk("bank-a")),
            ("restrictions", "/restrictions", People.Police), ("restriction", $"/restrictions/{await ConsoleRestriction.FindAsync(browser.Host)}", People.Police),
            ("restriction-member", $"/restrictions/{await ConsoleRestriction.FindAsync(browser.Host)}", People.Clerk("bank-a")),
            ("leads", "/leads", People.Supervisor), ("lead", $"/leads/{lead}", People.Supervisor), ("lead-authority", $"/leads/{lead}", People.Clerk(ConsoleLeads.Police.ToString())),
            ("appeals", "/appeals", People.Decider), ("appeals-clerk", "/appeals", People.Clerk(orders[0].Member.ToString())),
            ("restitutions", "/restitutions", People.Police), ("restitution", $"/restitutions/{(await browser.Host.Get<RestitutionDesk>().ListAsync(ConsoleProvince.Police, null, null, 1))[0].Id}", People.SecondPolice),
        ];
    }

    private sealed class AxeFound
    {
        public int Passes { get; set; }

        public string[] Faults { get; set; } = [];
    }
}
