using Cordon.Casework.Conferences;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ConferencePageTests(ConsoleBrowser browser)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_chair_and_a_bank_bring_an_item_from_its_agenda_to_a_task_and_signed_minutes()
    {
        var id = await ConsoleConference.ConveneAsync(browser.Host, "Sitting for a browser");
        var chair = await browser.OpenAsync($"/conferences/{id}", People.Supervisor);
        await Fill(chair, "Put an item on the agenda", "Another item", "Whose turn it is to report.");
        await Press(chair, "Put it on the agenda");
        await Assertions.Expect(chair.Locator("#agenda")).ToContainTextAsync("Whose turn it is to report.");
        var number = (await FindAsync(id)).Items[^1].Number;
        var item = chair.Locator($"[data-item='{number}']");
        await Press(chair, "Open the conference");
        await Assertions.Expect(chair.Locator("header.c-head")).ToContainTextAsync("Sits now");
        await item.GetByText("Put a resolution forward").ClickAsync();
        await Fill(chair, $"Resolution on item {number}", "Resolution", "bank-b reports first.");
        await item.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Put it forward" }).ClickAsync();
        await Assertions.Expect(item).ToContainTextAsync("0 for, 0 against, 0 abstaining");

        var bank = await browser.OpenAsync($"/conferences/{id}", People.Clerk("bank-b"));
        await bank.Locator($"[data-item='{number}']").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "For", Exact = true }).ClickAsync();
        await Assertions.Expect(bank.Locator($"[data-item='{number}']")).ToContainTextAsync("1 for, 0 against, 0 abstaining");
        browser.Host.Time.Advance(Pace);
        await Assertions.Expect(item).ToContainTextAsync("1 for, 0 against, 0 abstaining");
        await item.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close the vote" }).ClickAsync();
        await Assertions.Expect(item.Locator(".c-refusal")).ToContainTextAsync("conference/no-quorum");
        var other = await browser.OpenAsync($"/conferences/{id}", People.Clerk("bank-c"));
        var vote = other.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = $"Vote on item {number}" });
        await vote.GetByRole(AriaRole.Textbox).FillAsync("");
        await vote.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Abstain" }).ClickAsync();
        await Assertions.Expect(other.Locator($"[data-item='{number}']")).ToContainTextAsync("1 abstaining");
        await item.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close the vote" }).ClickAsync();
        await Assertions.Expect(item.Locator("header")).ToContainTextAsync("adopted");

        await item.GetByText("Set a task").ClickAsync();
        var task = chair.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = $"Task of item {number}" });
        await task.GetByRole(AriaRole.Textbox).First.FillAsync("Report on March.");
        await task.GetByRole(AriaRole.Combobox).SelectOptionAsync("bank-b");
        await task.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Set the task" }).ClickAsync();
        await Assertions.Expect(chair.Locator("[data-task='1']")).ToContainTextAsync("Report on March.");
        await Press(chair, "Close the conference");
        await Press(chair, "Sign the minutes");
        await Assertions.Expect(chair.Locator("#minutes")).ToContainTextAsync("Signed by");
        Assert.Single((await FindAsync(id)).Signatures);

        browser.Host.Time.Advance(Pace);
        await bank.Locator("[data-task='1']").GetByRole(AriaRole.Textbox).FillAsync("Reported; letter 3.");
        await bank.Locator("[data-task='1']").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "It is done" }).ClickAsync();
        await Assertions.Expect(bank.Locator("[data-task='1']")).ToContainTextAsync("Said to be done");
        await Assertions.Expect(bank.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Accept" })).ToHaveCountAsync(0);
    }

    private async Task<Conference> FindAsync(Guid id) => (await browser.Host.Get<ConferenceDesk>().FindAsync(ConsoleLadder.Supervisor, id, TestContext.Current.CancellationToken))!;

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name }).ClickAsync();

    private static Task Fill(IPage page, string group, string label, string text) =>
        page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = group }).GetByLabel(label).FillAsync(text);
}
