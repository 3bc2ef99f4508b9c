using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SeriesPageTests(ConsoleBrowser browser)
{
    private static readonly Actor Officer = new("person:office", null, new HashSet<string> { Roles.DutyOfficer });

    [Fact]
    public async Task One_officer_undoes_a_link_with_a_reason_and_another_sees_the_series_apart()
    {
        var (one, other) = (await OpenAsync(81001), await OpenAsync(81002));
        var series = await browser.OpenAsync($"/cases/{one.Case}/series", People.Police);
        await Assertions.Expect(series.Locator("#cases tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(series.Locator("#why")).ToContainTextAsync("pay-81000.example");

        var page = await browser.OpenAsync($"/cases/{one.Case}", People.Duty);
        var link = page.Locator($"[data-linked='{other.CaseNumber}']");
        await Assertions.Expect(link).ToContainTextAsync("pay-81000.example in 2 cases");
        await link.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Undo…" }).ClickAsync();
        await link.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Undo the link" }).ClickAsync();
        await Assertions.Expect(page.Locator("#linked .c-refusal")).ToContainTextAsync("case-link/no-reason");
        await link.GetByLabel("Why").FillAsync("One host, two shops.");
        await link.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Undo the link" }).ClickAsync();
        await Assertions.Expect(link).ToContainTextAsync("Undone by a person");
        await Assertions.Expect(link).ToContainTextAsync("One host, two shops.");
        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(series.Locator("#cases tbody tr")).ToHaveCountAsync(1);

        await link.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Decide…" }).ClickAsync();
        await link.GetByLabel("Why").FillAsync("One shop after all.");
        await link.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Leave it to what they share" }).ClickAsync();
        await Assertions.Expect(link).ToContainTextAsync("Linked, 70%");
        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(series.Locator("#cases tbody tr")).ToHaveCountAsync(2);
    }

    private async Task<ReceivedReport> OpenAsync(int number)
    {
        var now = Instant.From(browser.Host.Time.GetUtcNow());
        var loss = new ReportedLoss(null, null, null, null, new Amount(number, Currency.Cny), now);
        var intake = new ReportIntake($"r-{number}", "报案人", new PhoneNumber(8613900000000 + number), null, "fake-loan", new Suspects([], [], ["pay-81000.example"]), [loss], now);
        return (await browser.Host.Get<CaseDesk>().ReceiveAsync(Officer, intake, TestContext.Current.CancellationToken)).Value;
    }
}
