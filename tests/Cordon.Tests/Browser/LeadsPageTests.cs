using Cordon.Casework.Leads;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class LeadsPageTests(ConsoleBrowser browser)
{
    [Fact]
    public async Task A_bank_sends_a_lead_the_police_acknowledge_and_feed_back_and_the_bank_reads_it()
    {
        var bank = await browser.OpenAsync("/leads", People.Clerk("bank-b"));
        var form = bank.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Send a lead" });
        await form.GetByRole(AriaRole.Combobox).First.SelectOptionAsync("account-trade");
        await form.GetByLabel("What it is about, parted by semicolons").FillAsync("bank-b:6222020088000017; p1-00000000000000000000000000000017");
        await form.GetByLabel("Why", new LocatorGetByLabelOptions { Exact = true }).FillAsync("Sold on a chat group.");
        await form.GetByLabel("Records that it rests on, parted by semicolons").FillAsync("branch file 9");
        await form.GetByRole(AriaRole.Combobox).Nth(1).SelectOptionAsync(ConsoleLeads.Police.ToString());
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send the lead" }).ClickAsync();
        await Assertions.Expect(bank.Locator("#about")).ToContainTextAsync("bank-b:6222020088000017");
        var number = await bank.Locator("h1").InnerTextAsync();
        Assert.StartsWith("L-", number, StringComparison.Ordinal);

        var officer = await browser.OpenAsync("/leads", People.Clerk(ConsoleLeads.Police.ToString()));
        var row = officer.Locator($"#open tr[data-lead='{number}']");
        await Assertions.Expect(row).ToContainTextAsync("to acknowledge");
        await row.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = number }).ClickAsync();
        await officer.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
        var answer = officer.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Feed back" });
        await answer.GetByRole(AriaRole.Combobox).SelectOptionAsync(nameof(LeadResult.OpenedAsCase));
        await answer.GetByLabel("In words").FillAsync("Three arrested.");
        await answer.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Feed back" }).ClickAsync();
        await Assertions.Expect(officer.Locator("#next .c-refusal")).ToContainTextAsync("lead/no-case-named");
        await answer.GetByLabel("Records, such as the case, parted by semicolons").FillAsync("A330-2026-5");
        await answer.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Feed back" }).ClickAsync();
        await Assertions.Expect(officer.Locator("#history")).ToContainTextAsync("Three arrested.");

        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(bank.Locator("#history")).ToContainTextAsync("Opened as a case");
        await Assertions.Expect(bank.Locator("#history")).ToContainTextAsync("A330-2026-5");
        await Assertions.Expect(bank.Locator("#next")).ToContainTextAsync("can be sent back once");
        // Another bank finds nothing.
        var other = await browser.OpenAsync(new Uri(bank.Url).AbsolutePath, People.Clerk("bank-a"));
        await Assertions.Expect(other.Locator("h1")).ToContainTextAsync("There is no such lead");
    }
}

/// <summary>Leads of the console's host.</summary>
internal static class ConsoleLeads
{
    /// <summary>The police of the province.</summary>
    public static readonly MemberCode Police = MemberCode.Parse("police-yz");

    /// <summary>A lead of the centre to the police; sent once.</summary>
    public static async Task<Guid> FindAsync(ConsoleHost host)
    {
        var draft = new LeadDraft("every-page", "illicit-devices", [new LeadSubject(LeadSubjectKind.Device, "35000000000077"), new LeadSubject(LeadSubjectKind.Number, "+8613700000077")], "Nine cards in a day.", ["visit 4"], Police);
        var sent = await host.Get<LeadDesk>().SendAsync(ConsoleProvince.Police, draft);
        Assert.True(sent.Succeeded, sent.Refusal?.Message);
        return sent.Value.Id;
    }
}
