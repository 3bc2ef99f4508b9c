using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class DutiesPageTests(ConsoleBrowser browser)
{
    [Fact]
    public async Task Every_duty_in_force_is_told_with_its_article_and_how_it_was_read()
    {
        var page = await browser.OpenAsync("/duties", People.Regulator);
        await page.Locator("table").First.WaitForAsync();
        var text = await page.Locator("main").InnerTextAsync();
        var pack = browser.Host.Get<DutyPack>();
        var inForce = pack.DutiesInForce(Instant.From(browser.Host.Time.GetUtcNow())).ToList();
        Assert.True(inForce.Count >= 15);
        foreach (var duty in inForce)
        {
            Assert.Contains(duty.Id, text, StringComparison.Ordinal);
            Assert.Contains(duty.Source.Citation.En, text, StringComparison.Ordinal);
            Assert.Contains(duty.Title.Zh, text, StringComparison.Ordinal);
        }
        Assert.Contains("P read in the original", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_stand_by_member_and_duty_and_open_to_their_evidence()
    {
        var page = await browser.OpenAsync("/duties");
        var first = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show the findings of" }).First;
        await first.ClickAsync();
        await Assertions.Expect(page.Locator("section.c-details")).ToContainTextAsync("signal:");
    }

    [Fact]
    public async Task A_clerk_sees_the_duties_and_findings_of_the_own_member_only()
    {
        var findings = await browser.Host.Get<FindingDesk>().ListAsync(ConsoleProvince.Police, limit: 500);
        var bank = findings.First(f => f.Member.ToString().StartsWith("bank", StringComparison.Ordinal)).Member;
        var page = await browser.OpenAsync("/duties", People.Clerk(bank.ToString()));
        await page.Locator("table").First.WaitForAsync();
        var member = (await browser.Host.Get<MemberRegister>().FindAsync(bank))!;
        var members = await page.Locator("td[data-label=Member] .c-member").AllInnerTextsAsync();
        Assert.NotEmpty(members);
        Assert.All(members, m => Assert.Contains(member.NameZh, m, StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("h2", new PageLocatorOptions { HasTextString = "duties owed" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByLabel("Member", new PageGetByLabelOptions { Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_a_phone_a_duty_shows_its_head_and_unfolds_to_what_is_owed()
    {
        var page = await browser.OpenAsync("/duties", People.Regulator, width: 390);
        var row = page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Duties owed" }).Locator("tbody tr").First;
        var owed = row.Locator("td[data-label='What is owed']");
        await Assertions.Expect(owed).ToBeHiddenAsync();
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "More about" }).ClickAsync();
        await Assertions.Expect(owed).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Less about" }).ClickAsync();
        await Assertions.Expect(owed).ToBeHiddenAsync();
    }

    [Fact]
    public async Task On_a_wide_screen_nothing_is_folded()
    {
        var page = await browser.OpenAsync("/duties", People.Regulator);
        var row = page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Duties owed" }).Locator("tbody tr").First;
        await Assertions.Expect(row.Locator("td[data-label='What is owed']")).ToBeVisibleAsync();
        await Assertions.Expect(row.Locator(".c-fold-button")).ToBeHiddenAsync();
    }
}
