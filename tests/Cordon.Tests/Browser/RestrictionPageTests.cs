using Cordon.Casework.Restrictions;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class RestrictionPageTests(ConsoleBrowser browser)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Two_officers_restrict_a_seller_a_bank_applies_it_and_an_appeal_is_taken_down()
    {
        var police = (await ConsoleRestriction.PoliceAsync(browser.Host)).Member;
        var person = ConsoleRestriction.Of(905).ToString();
        var first = await browser.OpenAsync("/restrictions", $"police-officer|{police}|Wu Lin");
        await first.GetByText("Propose a restriction").ClickAsync();
        var form = first.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Propose a restriction" });
        await form.GetByLabel("Person, by the token").FillAsync(person);
        await form.GetByRole(AriaRole.Combobox).SelectOptionAsync("false-opening");
        await form.GetByLabel("What the person did").FillAsync("冒用他人身份开户。");
        await form.GetByLabel("What shows it").FillAsync("account:bank-a:62220209777");
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Propose" }).ClickAsync();
        await Assertions.Expect(form.Locator("[role=status]")).ToContainTextAsync("waits for a second officer");
        var id = await ConsoleRestriction.ProposeAsync(browser.Host, 906);

        var second = await browser.OpenAsync($"/restrictions/{id}", $"police-officer|{police}|Zheng Hua");
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Approve", Exact = true }).ClickAsync();
        await Assertions.Expect(second.Locator("header.c-head")).ToContainTextAsync("In force");
        await second.Locator("#notice summary").ClickAsync();
        await Assertions.Expect(second.Locator("#notice pre[lang=zh-CN]")).ToContainTextAsync("第三十一条第二款");

        var bank = await browser.OpenAsync($"/restrictions/{id}", People.Clerk("bank-a"));
        await Assertions.Expect(bank.Locator("#what")).ToContainTextAsync(ConsoleRestriction.Of(906).ToString());
        await Assertions.Expect(bank.Locator("#grounds")).Not.ToContainTextAsync("+8613300010901");
        await bank.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "We apply it" }).ClickAsync();
        await Assertions.Expect(bank.Locator("#measures")).ToContainTextAsync("applied");
        var appeal = bank.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Take an appeal down" });
        await appeal.GetByLabel("Who appeals").FillAsync("孙某");
        await appeal.GetByLabel("What is said").FillAsync("卡是被冒用的。");
        await appeal.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(bank.Locator("#appeal")).ToContainTextAsync("Received");
        browser.Host.Time.Advance(Pace);
        await Assertions.Expect(second.Locator("#history")).ToContainTextAsync("bank-a applies it");
        Assert.Equal(RestrictionState.InForce, (await browser.Host.Get<RestrictionDesk>().FindAsync(ConsoleProvince.Police, id, TestContext.Current.CancellationToken))!.Restriction.State);

        var stranger = await browser.OpenAsync($"/restrictions/{id}", People.Clerk("bank-b"));
        await Assertions.Expect(stranger.Locator("h1")).ToContainTextAsync("There is no such restriction");
        var auditor = await browser.OpenAsync($"/restrictions/{id}", "auditor||Lu Fan");
        await Assertions.Expect(auditor.Locator("#what")).ToContainTextAsync("not shown");
    }
}
