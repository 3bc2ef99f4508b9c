using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class RectificationPageTests(ConsoleBrowser browser)
{
    private RectificationDesk Desk => browser.Host.Get<RectificationDesk>();

    private LadderDesk Ladder => browser.Host.Get<LadderDesk>();

    [Fact]
    public async Task A_clerk_plans_and_claims_and_a_paper_done_does_not_close_it()
    {
        var one = (await Desk.ListAsync(ConsoleLadder.Supervisor, new RectificationFilter { State = RectificationState.Opened, Limit = 500 }))[0];
        var list = await browser.OpenAsync("/rectifications", People.Clerk(one.Member.ToString()));
        await list.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = one.Number }).ClickAsync();
        await Assertions.Expect(list.Locator("#checks")).ToContainTextAsync("Not rechecked yet");
        await list.GetByLabel("What will be done").FillAsync("Check every account again.");
        await list.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Tell the plan" }).ClickAsync();
        await Assertions.Expect(list.Locator("#plan .c-refusal")).ToContainTextAsync("rectification/no-officer");
        await list.GetByLabel("Who answers for it by name").FillAsync("Wang Fang");
        await list.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Tell the plan" }).ClickAsync();
        await Assertions.Expect(list.Locator("#plan")).ToContainTextAsync("Wang Fang answers for it until");
        await list.GetByLabel("What was done").FillAsync("All checked.");
        await list.GetByLabel("Records and papers").FillAsync("paper:list.pdf; signal:bank-a/t1");
        await list.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Claim it mended" }).ClickAsync();
        await Assertions.Expect(list.Locator("header .c-mark").First).ToContainTextAsync("Claimed done, being rechecked");
        var claimed = (await Desk.FindAsync(ConsoleLadder.Supervisor, one.Id, TestContext.Current.CancellationToken))!.Rectification;
        Assert.Equal((RectificationState.ClaimedDone, 2), (claimed.State, claimed.Claims[^1].Evidence.Length));

        var other = (await Desk.ListAsync(ConsoleLadder.Supervisor, new RectificationFilter { Limit = 500 })).First(r => r.Member != one.Member).Member;
        var stranger = await browser.OpenAsync($"/rectifications/{one.Id}", People.Clerk(other.ToString()));
        await Assertions.Expect(stranger.Locator("main h1")).ToHaveTextAsync("There is no such rectification");
    }

    [Fact]
    public async Task The_member_contests_and_the_centre_decides_with_a_reason()
    {
        var one = (await Desk.ListAsync(ConsoleLadder.Supervisor, new RectificationFilter { Limit = 500 })).First(r => r.Contests.Any(c => c.Upheld is null));
        var page = await browser.OpenAsync($"/rectifications/{one.Id}", People.Police);
        await page.Locator("#contests input").FillAsync("The number had not been moved by then.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Do not uphold" }).ClickAsync();
        await Assertions.Expect(page.Locator("#contests")).ToContainTextAsync("Not upheld by Wu Lin: The number had not been moved by then.");
    }

    [Fact]
    public async Task Two_supervisors_bring_a_veto_into_force_and_nobody_else_sees_the_draft()
    {
        // A veto of its own, so that the one of the province stays as it waits.
        var subject = LadderSubject.Of((await Desk.ListAsync(ConsoleLadder.Supervisor, new RectificationFilter { Limit = 500 })).Select(r => r.Member).Distinct().Last());
        var draft = (await Ladder.RaiseAsync(
            ConsoleLadder.SecondSupervisor, subject, LadderTrigger.GraveEvent, browser.Host.Get<Casework.Storage.CaseworkStore>().Now, "A call centre worked in its branch.", TestContext.Current.CancellationToken)).Value;
        var clerk = await browser.OpenAsync("/ladder", People.Clerk(subject.Code));
        await clerk.Locator("#veto").WaitForAsync();
        Assert.Equal(0, await clerk.Locator($"[data-step='{draft.Number}']").CountAsync());

        var page = await browser.OpenAsync("/ladder", People.Supervisor);
        var card = page.Locator($"#waiting [data-step='{draft.Number}']");
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Bring it into force" }).ClickAsync();
        await Assertions.Expect(card.Locator(".c-refusal")).ToContainTextAsync("ladder/no-reason");
        await card.GetByLabel("Why").FillAsync("Seen by two of us.");
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Bring it into force" }).ClickAsync();
        await Assertions.Expect(page.Locator($"#veto [data-step='{draft.Number}']")).ToContainTextAsync("barred from titles of honour until the end of");
        await Assertions.Expect(page.Locator("#bars")).ToContainTextAsync(draft.Number);
        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(clerk.Locator($"#veto [data-step='{draft.Number}']")).ToContainTextAsync("Appeal");
    }
}
