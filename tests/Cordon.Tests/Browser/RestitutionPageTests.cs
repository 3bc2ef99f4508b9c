using Cordon.Casework.Orders;
using Cordon.Casework.Restitution;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class RestitutionPageTests(ConsoleBrowser browser)
{
    private OrderDesk Orders => browser.Host.Get<OrderDesk>();

    private RestitutionDesk Ledgers => browser.Host.Get<RestitutionDesk>();

    [Fact]
    public async Task Two_officers_and_a_clerk_give_money_back()
    {
        var stop = await HeldAsync("99000");
        var first = await browser.OpenAsync($"/cases/{stop.CaseId}");
        var row = first.Locator($"#orders [data-order='{stop.Number}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Give it back" }).ClickAsync();
        await Assertions.Expect(first).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/restitutions/"));
        await Assertions.Expect(first.Locator("#division")).ToContainTextAsync("by the rules");
        await first.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Announce a direct return" }).ClickAsync();
        await Assertions.Expect(first.Locator("#decision")).ToContainTextAsync("a second police officer decides");
        var ledger = (await Ledgers.ListAsync(ConsoleProvince.Police, null, null, 500)).Single(l => l.Account == stop.Account);
        var address = $"/restitutions/{ledger.Id}";

        Assert.Equal((DivisionMethod.Direct, (Instant?)null), (ledger.Division!.Method, ledger.ObjectUntil));

        // An objection is taken down and settled by the second officer before anything is decided.
        var second = await browser.OpenAsync(address, People.SecondPolice);
        await second.GetByLabel("Who objects").FillAsync("the holder");
        await second.GetByLabel("What is said").FillAsync("It is my wages.");
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Take down the objection" }).ClickAsync();
        var decide = second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Decide and order the returns" });
        await Assertions.Expect(second.Locator(".c-report")).ToContainTextAsync("It is my wages.");
        await decide.ClickAsync();
        await Assertions.Expect(second.Locator("#decision .c-refusal")).ToContainTextAsync("restitution/open-objection");
        await second.Locator(".c-report input").FillAsync("The account received no wages.");
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Do not uphold" }).ClickAsync();
        await Assertions.Expect(second.Locator(".c-report")).ToContainTextAsync("Not upheld");

        await decide.ClickAsync();
        await Assertions.Expect(second.Locator("#decision .c-refusal")).ToHaveCountAsync(0);
        await Assertions.Expect(second.Locator("#returns")).ToContainTextAsync("R-2026-");
        // What changed elsewhere is read again at most once a second, by the host's clock.
        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(first.Locator("#returns")).ToContainTextAsync("R-2026-");
        var order = (await Ledgers.ViewAsync(ConsoleProvince.Police, ledger.Id, TestContext.Current.CancellationToken))!.Returns[0];
        var clerk = await browser.OpenAsync("/orders", People.Clerk(order.Member.ToString()));
        var owed = clerk.Locator($"[data-order='{order.Number}']");
        await owed.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Report paid…" }).ClickAsync();
        await owed.GetByRole(AriaRole.Textbox).FillAsync("PAY-7");
        await owed.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Report paid", Exact = true }).ClickAsync();
        await Assertions.Expect(owed).ToContainTextAsync("Paid");
        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(first.Locator("#books")).ToContainTextAsync("paid to");
    }

    [Fact]
    public async Task Nobody_but_the_centre_sees_a_ledger()
    {
        var page = await browser.OpenAsync("/restitutions", People.Clerk("bank-a"));
        await Assertions.Expect(page.Locator("main h1")).Not.ToHaveTextAsync("Restitution");
        var stop = await HeldAsync("99100");
        var ledger = (await Ledgers.OpenAsync(ConsoleProvince.Police, stop.Id, TestContext.Current.CancellationToken)).Value;
        var list = await browser.OpenAsync("/restitutions", People.Supervisor);
        await list.Locator($"[data-rows] a[href$='{ledger.Id}']").First.ClickAsync();
        await Assertions.Expect(list.Locator("#decision")).ToContainTextAsync("police officer");
        await Assertions.Expect(list.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new System.Text.RegularExpressions.Regex("^(Announce|Decide|Open again)") })).ToHaveCountAsync(0);
    }

    /// <summary>A stop at a mule of which all is known: one victim's money, and none before it, so that it goes back directly.</summary>
    private async Task<Order> HeldAsync(string people)
    {
        var cancel = TestContext.Current.CancellationToken;
        var draft = await ConsoleFraud.DraftAsync(browser.Host, people);
        await Orders.IssueAsync(ConsoleProvince.Police, draft.Id, "Notice 86 of 2016", cancel);
        await Orders.ApproveAsync(ConsoleProvince.SecondPolice, draft.Id, cancel);
        await Orders.ActAsync(ConsoleProvince.Clerk(draft.Member), draft.Id, new AcknowledgeOrder(), cancel);
        return (await Orders.ActAsync(ConsoleProvince.Clerk(draft.Member), draft.Id, new ReportHeld(draft.Amount), cancel)).Value;
    }
}
