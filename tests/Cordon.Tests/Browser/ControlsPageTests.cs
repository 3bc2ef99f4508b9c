using Cordon.Casework.Controls;
using Cordon.Casework.Members;
using Cordon.Casework.Rectifications;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ControlsPageTests(ConsoleBrowser browser)
{
    private const string Duty = "cn.atf.9.real-name-line";

    [Fact]
    public async Task A_reseller_that_checks_no_names_burns_opens_to_its_records_and_stands_on_the_members_card_as_to_be_mended()
    {
        var cancel = TestContext.Current.CancellationToken;
        var member = (await browser.Host.Get<MemberRegister>().ListAsync()).First(m => m.Sector == Sector.VirtualOperator).Code;
        var at = Instant.From(browser.Host.Time.GetUtcNow()) - TimeSpan.FromHours(2);
        await browser.Host.TellAsync(Enumerable.Range(0, 60).Select(n => new Subscription(
            new SignalId($"burn-{n}"), member, at, new PhoneNumber(86_159_9900_0000 + n), LineKind.Mobile, n % 3 == 0 ? IdentityCheck.NotVerified : IdentityCheck.Verified,
            new PersonToken(1, (UInt128)(uint)(990_000 + n)), "shop-burning", null)));

        var page = await browser.OpenAsync("/controls");
        var row = page.Locator($"[data-duty='{Duty}'] [data-subject='{member}/shop-burning']");
        await Assertions.Expect(row).ToContainTextAsync("Burning");
        await Assertions.Expect(row).ToContainTextAsync("20 of 60");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new System.Text.RegularExpressions.Regex("^Show") }).ClickAsync();
        await Assertions.Expect(page.Locator("#control")).ToContainTextAsync($"signal:{member}/burn-0");
        await Assertions.Expect(page.Locator("#control svg")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("20 faults of 60 occasions"));

        await browser.Host.Get<ControlFollower>().StepAsync(cancel);
        var opened = (await browser.Host.Get<RectificationDesk>().ListAsync(ConsoleProvince.Police, new RectificationFilter { Member = member, Open = true })).Single(r => r.Unit == "shop-burning");
        Assert.Equal([Duty], opened.Controls);
        var card = await browser.OpenAsync("/members", People.Clerk(member.ToString()));
        await Assertions.Expect(card.Locator("#todo")).ToContainTextAsync(opened.Number);
        await Assertions.Expect(card.Locator("#stands")).ToContainTextAsync("shop-burning");
        var list = await browser.OpenAsync("/members", People.Regulator);
        await list.Locator($"[data-member='{member}'] a").ClickAsync();
        await Assertions.Expect(list.Locator("#todo")).ToContainTextAsync(opened.Number);
    }

    [Fact]
    public async Task A_member_sees_no_other_members_figures()
    {
        var page = await browser.OpenAsync("/members/bank-b", People.Clerk("bank-a"));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("No such member");
        var seen = await browser.Host.Get<ControlDesk>().StandingsAsync(ConsoleProvince.Clerk(MemberCode.Parse("bank-a")), MemberCode.Parse("bank-b"), TestContext.Current.CancellationToken);
        Assert.Empty(seen);
        Assert.All(await browser.Host.Get<ControlDesk>().StandingsAsync(ConsoleProvince.Clerk(MemberCode.Parse("bank-a")), null, TestContext.Current.CancellationToken), s => Assert.Equal("bank-a", s.Subject.Member.ToString()));
    }
}
