using Cordon.Casework.Indicators;
using Cordon.Casework.Members;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>The page of indicators, by several people.</summary>
[Collection(BrowserCollection.Name)]
public sealed class IndicatorsPageTests(ConsoleBrowser browser)
{
    private const string Number = "+8617012349009";

    [Fact]
    public async Task A_clerk_proposes_an_officer_confirms_the_clerk_takes_it_over_and_a_recall_reaches_it()
    {
        var telco = (await browser.Host.Get<MemberRegister>().ListAsync()).First(m => m.Sector == Sector.VirtualOperator).Code.ToString();
        var clerk = await browser.OpenAsync("/indicators", People.Clerk(telco));
        await clerk.GetByLabel("Number, with +").FillAsync(Number);
        await clerk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Propose", Exact = true }).ClickAsync();
        await Assertions.Expect(clerk.Locator("#propose .c-refusal")).ToContainTextAsync("reason");
        await clerk.GetByLabel("Why").FillAsync("Sold by an agent of ours and used by a call centre");
        await clerk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Propose", Exact = true }).ClickAsync();
        await Assertions.Expect(clerk.Locator("#propose [role=status]")).ToContainTextAsync("waits for a second person");
        await Assertions.Expect(clerk.Locator($"[data-indicator='{Number}']")).ToContainTextAsync("Waits for a second person");

        var police = await browser.OpenAsync("/indicators", People.Police);
        var row = police.Locator($"[data-indicator='{Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Open" }).ClickAsync();
        await police.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Confirm", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("In use");

        // What changed elsewhere comes by itself, at the pace of the page.
        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(clerk.Locator("#news")).ToContainTextAsync(Number);
        await clerk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "We took these over" }).ClickAsync();
        await Assertions.Expect(clerk.Locator("#news")).ToContainTextAsync("You have all changes.");

        await police.Locator(".c-indicator .c-ask input[maxlength='500']").FillAsync("Given back by a court");
        await police.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Recall: it was wrong" }).ClickAsync();
        await Assertions.Expect(police.Locator(".c-indicator")).ToContainTextAsync("Who must drop it");
        await Assertions.Expect(police.Locator(".c-indicator")).ToContainTextAsync("to tell so");
        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(clerk.Locator("#news")).ToContainTextAsync("drop it");
        await clerk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "We took these over" }).ClickAsync();
        await Assertions.Expect(clerk.Locator("#news")).ToContainTextAsync("You have all changes.");
        var one = (await browser.Host.Get<IndicatorDesk>().ListAsync(ConsoleProvince.Police, new IndicatorFilter { Text = Number }))[0];
        Assert.NotNull(Assert.Single((await browser.Host.Get<IndicatorDesk>().FindAsync(ConsoleProvince.Police, one.Id))!.Receipts).ReceivedAt);
    }

    [Fact]
    public async Task A_case_hands_on_what_its_chain_names()
    {
        var draft = await ConsoleFraud.DraftAsync(browser.Host, "99310");
        var page = await browser.OpenAsync($"/cases/{draft.CaseId}", People.Police);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Propose its identifiers as indicators" }).ClickAsync();
        await Assertions.Expect(page.Locator(".c-measures [role=status]")).ToContainTextAsync("proposed; a second person confirms");
        Assert.NotEmpty(await browser.Host.Get<IndicatorDesk>().ListAsync(ConsoleProvince.Police, new IndicatorFilter { Case = draft.CaseId }));
    }
}
