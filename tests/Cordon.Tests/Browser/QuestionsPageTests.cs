using System.Globalization;
using Cordon.Casework.Cases;
using Cordon.Casework.Questions;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class QuestionsPageTests(ConsoleBrowser browser)
{
    private static readonly MemberCode Bank = MemberCode.Parse("bank-b");
    private static int told = 910;

    [Fact]
    public async Task A_clerk_answers_what_the_bank_is_asked_and_what_was_typed_outlives_a_refusal_and_news()
    {
        var asked = await AskedAsync();
        var page = await browser.OpenAsync("/members/bank-b", People.Clerk("bank-b"));
        var form = page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = $"Answer {asked.Number}" });
        await form.GetByRole(AriaRole.Combobox).SelectOptionAsync("notVerified");
        await form.GetByLabel("In words, if you like").FillAsync("Opened at the counter.");
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Answer" }).ClickAsync();
        await Assertions.Expect(form.Locator(".c-refusal")).ToContainTextAsync("question/no-records");
        // Another case brings another question; what is typed here stays.
        var other = await AskedAsync();
        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = $"Answer {other.Number}" })).ToBeVisibleAsync();
        await Assertions.Expect(form.GetByLabel("In words, if you like")).ToHaveValueAsync("Opened at the counter.");
        await form.GetByLabel("Records that show it, parted by semicolons").FillAsync("contract 17; scan 4");
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Answer" }).ClickAsync();
        var row = page.Locator("#questions tr").Filter(new LocatorFilterOptions { HasText = asked.Number });
        await Assertions.Expect(row).ToContainTextAsync("The holder was not checked");
        await Assertions.Expect(row).ToContainTextAsync("shown by contract 17, scan 4");

        var officer = await browser.OpenAsync($"/cases/{asked.CaseId}", People.Police);
        await Assertions.Expect(officer.Locator("#questions")).ToContainTextAsync("The holder was not checked");
        await Assertions.Expect(officer.Locator("#findings")).ToContainTextAsync("whose holder was not checked");
    }

    private async Task<Question> AskedAsync()
    {
        var host = browser.Host;
        var people = Interlocked.Increment(ref told).ToString(CultureInfo.InvariantCulture);
        var (victim, payee) = (AccountNumber.Parse($"bank-a:6222020077{people}1"), AccountNumber.Parse($"bank-b:6222020077{people}2"));
        var now = Instant.From(host.Time.GetUtcNow());
        AccountOpening Opening(AccountNumber account, IdentityCheck identity, long opened) => new(
            new SignalId("open-" + account.Number), account.Member, now - TimeSpan.FromDays(3), account, AccountKind.Personal, identity, null, new Amount(opened, Currency.Cny), null, null);
        var paid = new Transfer(
            new SignalId("asked-" + people), victim.Member, now - TimeSpan.FromMinutes(60), victim, payee, new Amount(48_000_00, Currency.Cny), TransferMeans.Account, null);
        await host.TellAsync([Opening(victim, IdentityCheck.Verified, 90_000_00), Opening(payee, IdentityCheck.Unknown, 0), paid]);
        var intake = new ReportIntake(
            "asked-" + people, "周某", new PhoneNumber(8613900000000 + long.Parse(people, CultureInfo.InvariantCulture)), "被骗", "fake-police", new Suspects([], [payee], []),
            [new ReportedLoss(paid.Id, paid.Member, null, payee, paid.Amount, paid.At)], now);
        var received = await host.Get<CaseDesk>().ReceiveAsync(ConsoleProvince.Police, intake, TestContext.Current.CancellationToken);
        Assert.True(received.Succeeded, received.Refusal?.Message);
        return Assert.Single(await host.Get<QuestionDesk>().ListAsync(ConsoleProvince.Police, new QuestionFilter { Case = received.Value.Case, Member = Bank }));
    }
}
