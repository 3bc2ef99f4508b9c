using System.Globalization;
using Cordon.Casework.Registers;
using Cordon.Engine.Signals;
using Microsoft.Playwright;
using Alert = Cordon.Casework.Registers.Alert;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class VerdictsPageTests(ConsoleBrowser browser)
{
    private VerdictDesk Desk => browser.Host.Get<VerdictDesk>();

    [Fact]
    public async Task A_verdict_is_found_by_an_identifier_and_tells_why()
    {
        var call = await WithWindowAsync();
        var page = await browser.OpenAsync("/verdicts");
        await page.GetByLabel("Identifier").FillAsync(call.SignalId.Text);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Find", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-verdict]")).ToHaveCountAsync(1);
        await page.Locator($"[data-verdict='{call.Sequence}'] a").ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToContainTextAsync("#" + call.Sequence.ToString(CultureInfo.InvariantCulture));
        var rule = ExplainedRule.Read(call.Explanation)[0];
        await Assertions.Expect(page.Locator("#rule-1")).ToContainTextAsync(rule.En);
        await Assertions.Expect(page.Locator("#rule-1")).ToContainTextAsync(rule.ZhCn!);
        await Assertions.Expect(page.Locator("#rule-1 .c-otherwise li").First).ToContainTextAsync(rule.Otherwise[0].Bound);
        await Assertions.Expect(page.Locator("#rule-1 .c-tree tbody tr")).ToHaveCountAsync(rule.Steps.Count);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Find them" }).ClickAsync();
        await Assertions.Expect(page.Locator("#behind h3").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#behind tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_clerk_sees_the_verdicts_on_its_members_own_signals_and_nothing_others_told()
    {
        var call = await WithWindowAsync();
        var page = await browser.OpenAsync("/verdicts", People.Clerk(call.Member.ToString()));
        await page.Locator("[data-verdict]").First.WaitForAsync();
        var own = await Desk.ListAsync(ConsoleProvince.Clerk(call.Member), new VerdictFilter { Limit = 50 });
        Assert.All(own, v => Assert.Equal(call.Member, v.Member));
        await Assertions.Expect(page.Locator("[data-verdict]")).ToHaveCountAsync(own.Count);
        await Assertions.Expect(page.Locator(".c-counters")).ToHaveCountAsync(0);
        page = await browser.OpenAsync($"/verdicts/{call.Sequence}", People.Clerk(call.Member.ToString()));
        await Assertions.Expect(page.Locator("#rule-1 .c-tree")).ToContainTextAsync("hidden");
        page = await browser.OpenAsync($"/verdicts/{call.Sequence}", People.Clerk("nobody-at-all"));
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("There is no such verdict");
    }

    [Fact]
    public async Task Filters_narrow_and_are_cleared()
    {
        var page = await browser.OpenAsync("/verdicts");
        await page.Locator("[data-action]").SelectOptionAsync("Block");
        var blocks = await Desk.ListAsync(ConsoleProvince.Police, new VerdictFilter { Action = Engine.Screening.VerdictAction.Block, Limit = 50 });
        await Assertions.Expect(page.Locator("[data-verdict]")).ToHaveCountAsync(blocks.Count);
        await page.GetByLabel("To", new PageGetByLabelOptions { Exact = true }).FillAsync("2020-01-01");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("No verdict here");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Clear" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-verdict]").First).ToBeVisibleAsync();
    }

    /// <summary>A verdict whose rule asked a window and could have been otherwise.</summary>
    private async Task<Alert> WithWindowAsync()
    {
        var verdicts = await Desk.ListAsync(ConsoleProvince.Police, new VerdictFilter { Kind = SignalKind.Call, Limit = 500 });
        return verdicts.First(v => ExplainedRule.Read(v.Explanation)[0] is { ZhCn: not null, Otherwise.Count: > 0 } rule
            && rule.Values.Any(value => value.Text.Contains("h(", StringComparison.Ordinal) || value.Text.Contains("d(", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_police_officer_belongs_to_a_member_and_sees_the_verdicts_of_all()
    {
        var page = await browser.OpenAsync("/verdicts", "police-officer|police-yz|Qin Hao");
        await Assertions.Expect(page.Locator("tr[data-verdict] .c-member").First).ToBeVisibleAsync();
    }
}
