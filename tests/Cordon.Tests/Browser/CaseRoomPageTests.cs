using Cordon.Casework.Cases;
using Cordon.Casework.Cases.Room;
using Cordon.Casework.Orders;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>The work on a case, by two people at once.</summary>
[Collection(BrowserCollection.Name)]
public sealed class CaseRoomPageTests(ConsoleBrowser browser)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task One_hands_evidence_in_and_says_that_it_is_over_and_another_closes_it()
    {
        var draft = await ConsoleFraud.DraftAsync(browser.Host, "99320");
        var first = await browser.OpenAsync($"/cases/{draft.CaseId}", People.Police);
        var second = await browser.OpenAsync($"/cases/{draft.CaseId}", People.SecondPolice);
        await first.GetByLabel("New note").FillAsync("受害人补充：对方自称客服。");
        await first.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Write", Exact = true }).ClickAsync();
        // What another did comes by itself, at the pace of the page.
        browser.Host.Time.Advance(Pace);
        await Assertions.Expect(second.Locator("#work")).ToContainTextAsync("受害人补充");

        await second.GetByLabel("New task").FillAsync("Ask the bank for the video");
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set", Exact = true }).ClickAsync();
        await Assertions.Expect(second.Locator("#work .c-refusal")).ToContainTextAsync("No day is chosen");
        await second.Locator("#work input[type='date']").FillAsync(browser.Host.Time.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set", Exact = true }).ClickAsync();
        browser.Host.Time.Advance(Pace);
        await Assertions.Expect(first.Locator("[data-task='Ask the bank for the video']")).ToContainTextAsync("left");

        await first.Locator("#work input[type='file']").SetInputFilesAsync(new FilePayload { Name = "转账截图.png", MimeType = "image/png", Buffer = "not a picture"u8.ToArray() });
        await Assertions.Expect(first.Locator("#work .c-refusal")).ToContainTextAsync("not what its name says");
        await first.Locator("#work input[type='file']").SetInputFilesAsync(new FilePayload { Name = "转账截图.png", MimeType = "image/png", Buffer = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 7] });
        await Assertions.Expect(first.Locator("[data-evidence='转账截图.png']")).ToContainTextAsync("9 B");
        browser.Host.Time.Advance(Pace);
        await Assertions.Expect(second.Locator("[data-evidence='转账截图.png']")).ToContainTextAsync("image/png");

        await CloseAsync(first, "All was cashed");
        await Assertions.Expect(first.Locator("#work .c-refusal")).ToContainTextAsync("1 order, 1 task");
        await browser.Host.Get<OrderDesk>().ActAsync(ConsoleProvince.Police, draft.Id, new WithdrawOrder("Nothing is there."), TestContext.Current.CancellationToken);
        await first.Locator("[data-task='Ask the bank for the video']").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Done" }).ClickAsync();
        await Assertions.Expect(first.Locator("[data-task='Ask the bank for the video']")).ToContainTextAsync("done");
        await first.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "It is over" }).ClickAsync();
        await Assertions.Expect(first.Locator("#work")).ToContainTextAsync("A second person of the centre decides.");
        browser.Host.Time.Advance(Pace);
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Close it" }).ClickAsync();
        await Assertions.Expect(second.Locator("#work")).ToContainTextAsync("Closed: Nothing reached.");
        browser.Host.Time.Advance(Pace);
        await Assertions.Expect(first.Locator("#work")).ToContainTextAsync("Closed: Nothing reached.");
        var room = (await browser.Host.Get<CaseRoom>().ViewAsync(ConsoleProvince.Police, draft.CaseId))!;
        Assert.Equal((CaseState.Closed, CaseEnd.NothingReached), (room.Case.State, room.Case.Closing!.End));
    }

    private static async Task CloseAsync(IPage page, string why)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Hand over, close…" }).ClickAsync();
        await page.Locator("#work .c-ask").GetByLabel("Why").FillAsync(why);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "It is over" }).ClickAsync();
    }
}
