using Cordon.Casework.Cases;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Registers;
using Cordon.Casework.Reports;
using Cordon.Casework.Restitution;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>axe finds nothing serious or critical on any page. Colours depend on the scheme and order on the width, so two pairs see all.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(ConsoleBrowser browser)
{
    private const string Run = """
        async () => {
          const found = await axe.run(document, { resultTypes: ['violations'] });
          const grave = found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical');
          return { passes: found.passes.length, faults: grave.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html).join('; ')}`) };
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task No_page_has_a_serious_fault(int width, bool dark)
    {
        var cases = await browser.Host.Get<CaseDesk>().ListAsync(ConsoleProvince.Police, new CaseFilter { Limit = 1 });
        var verdicts = await browser.Host.Get<VerdictDesk>().ListAsync(ConsoleProvince.Police, new VerdictFilter { Limit = 1 });
        var ledgers = await browser.Host.Get<RestitutionDesk>().ListAsync(ConsoleProvince.Police, null, null, 1);
        var refuted = (await browser.Host.Get<RectificationDesk>().ListAsync(ConsoleLadder.Supervisor, new RectificationFilter { Limit = 500 })).MaxBy(r => r.RefutedCount)!;
        var league = await ConsoleLeague.FindAsync(browser.Host, ConsoleLeague.Published);
        var reports = await browser.Host.Get<ReportDesk>().ListAsync(ConsoleProvince.Police, new ReportFilter { Limit = 1 });
        var faults = new List<string>();
        var book = await ConsoleRules.ShadowedAsync(browser.Host);
        foreach (var (path, person) in new[]
        {
            ("/report?lang=zh-CN", ""), ("/report/state?lang=en", ""), ("/reports", People.Duty), ("/reports/new", People.Duty), ($"/reports/{reports[0].Id}", People.Duty),
            ("/", People.Police), ("/cases", People.Police), ($"/cases/{cases[0].Id}", People.Police), ($"/cases/{cases[0].Id}/trace", People.Police), ($"/cases/{cases[0].Id}/series", People.Police), ("/orders", People.Police),
            ("/verdicts", People.Police), ($"/verdicts/{verdicts[0].Sequence}", People.Police), ("/orders", People.Clerk("bank-a")), ("/duties", People.Police), ("/controls", People.Police), ("/members", People.Police), ("/members", People.Clerk("bank-a")), ("/nothing", People.Police), ("/cases", People.Administrator),
            ("/rulebooks", People.Author), ($"/rulebooks/{book.Id}", People.Author), ($"/rulebooks/{book.Id}", People.Supervisor), ("/lists", People.Supervisor), ("/warnings", People.Police), ("/indicators", People.Police), ("/indicators", People.Clerk("mobile-a")),
            ("/deliveries", People.Administrator), ("/deliveries", People.Clerk("bank-a")),
            ("/rectifications", People.Police), ($"/rectifications/{refuted.Id}", People.Police), ($"/rectifications/{refuted.Id}", People.Clerk(refuted.Member.ToString())), ("/ladder", People.Supervisor),
            ("/objectives", People.Supervisor), ("/objectives", People.Clerk("bank-a")),
            ("/evaluations", People.Supervisor), ($"/evaluations/{league.Id}?member={league.Result!.Members[0].Member}", People.Supervisor), ($"/evaluations/{league.Id}?member={league.Contests[0].Member}", People.Clerk(league.Contests[0].Member.ToString())),
            ("/appeals", People.Decider), ("/appeals", People.Clerk("bank-a")), ("/restitutions", People.Police), ($"/restitutions/{ledgers[0].Id}", People.SecondPolice),
        })
        {
            var page = await browser.OpenAsync(path, person, width, dark: dark);
            await page.Locator("main h1").First.WaitForAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            // Run in the page and told in short: the results by node of every rule that passes are megabytes, and took most of the time.
            await page.EvaluateAsync(Axe);
            var found = await page.EvaluateAsync<AxeFound>(Run);
            Assert.True(found.Passes > 0);
            faults.AddRange(found.Faults.Select(fault => $"{path}: {fault}"));
            await page.Context.DisposeAsync();
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private sealed class AxeFound
    {
        public int Passes { get; set; }

        public string[] Faults { get; set; } = [];
    }
}
