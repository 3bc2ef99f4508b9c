using Cordon.Casework.Evaluations;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class EvaluationPageTests(ConsoleBrowser browser)
{
    [Fact]
    public async Task A_supervisor_sees_the_league_and_opens_a_member_s_figures_down_to_their_records()
    {
        var league = await OfAsync(ConsoleLeague.Published);
        var page = await browser.OpenAsync("/evaluations", People.Supervisor);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = league.Number }).ClickAsync();
        await Assertions.Expect(page.Locator("#scheme")).ToContainTextAsync(league.FrozenHash!);
        var (best, few, vetoed) = (Of(LeagueStanding.Ranked), Of(LeagueStanding.TooFew), Of(LeagueStanding.Vetoed));
        await Assertions.Expect(page.Locator($"[data-member='{best.Member}'] svg.c-span")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator($"[data-member='{few.Member}']")).ToContainTextAsync("Too few to rank");
        await Assertions.Expect(page.Locator($"[data-member='{vetoed.Member}']")).ToContainTextAsync("Under a vetoN-2026-000004");
        await Assertions.Expect(page.Locator($"[data-member='{vetoed.Member}'] td").First).ToHaveTextAsync("–");
        await page.Locator($"[data-member='{best.Member}'] button").ClickAsync();
        await Assertions.Expect(page.Locator("#figures")).ToContainTextAsync("20 * (stopAcknowledged.told ? stopAcknowledged.kept : 1)");
        await Assertions.Expect(page.Locator("#figures [data-measure='stopAcknowledged']")).ToContainTextAsync($"signal:{best.Member}/sto1");
        await Assertions.Expect(page.Locator("#versions")).ToContainTextAsync("A contest was upheld (contest 1)");

        EvaluatedMember Of(LeagueStanding standing) => league.Result!.Members.First(m => m.Standing == standing);
    }

    [Fact]
    public async Task A_member_sees_its_own_records_and_its_peers_scores_and_contests_its_own_figure()
    {
        var league = await OfAsync(ConsoleLeague.Published);
        var ranked = league.Result!.Members.Where(m => m.Standing == LeagueStanding.Ranked).ToList();
        var (own, peer) = (ranked[0].Member, ranked[^1].Member);
        var page = await browser.OpenAsync($"/evaluations/{league.Id}?member={peer}", People.Clerk(own.ToString()));
        await Assertions.Expect(page.Locator("#figures")).ToContainTextAsync("The records of a peer are the peer's own.");
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Contest the figure" }).CountAsync());
        await page.Locator($"[data-member='{own}'] button").ClickAsync();
        await page.Locator("#figures select").SelectOptionAsync("money.held");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Contest the figure" }).ClickAsync();
        await Assertions.Expect(page.Locator("#figures .c-refusal")).ToContainTextAsync("evaluation/no-text");
        await page.GetByLabel("What is wrong with it").FillAsync("One order was counted twice.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Contest the figure" }).ClickAsync();
        await Assertions.Expect(page.Locator("#contests")).ToContainTextAsync("One order was counted twice.");

        var decider = await browser.OpenAsync($"/evaluations/{league.Id}", People.Decider);
        // One after the other: each is decided over the figures that the one before left.
        foreach (var open in (await OfAsync(ConsoleLeague.Published)).Contests.Where(c => c.Upheld is null))
        {
            var contest = decider.Locator($"[data-contest='{open.Number}']");
            await contest.GetByLabel("Why").FillAsync("The records are right.");
            await contest.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Do not uphold" }).ClickAsync();
            await Assertions.Expect(contest).ToContainTextAsync("Not upheld by Feng Jie: The records are right.");
        }
    }

    [Fact]
    public async Task What_is_not_published_shows_a_member_itself_alone_until_two_supervisors_publish_it()
    {
        var league = await OfAsync(ConsoleLeague.Computed);
        var member = league.Result!.Members[0].Member;
        var clerk = await browser.OpenAsync($"/evaluations/{league.Id}", People.Clerk(member.ToString()));
        await Assertions.Expect(clerk.Locator("#league [data-member]")).ToHaveCountAsync(1);
        await Assertions.Expect(clerk.Locator("#league")).ToContainTextAsync($"{league.Result.Members.Length - 1} peers are not shown until it is published.");

        var first = await browser.OpenAsync($"/evaluations/{league.Id}", People.Supervisor);
        await first.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Put forward for publication" }).ClickAsync();
        await first.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish" }).ClickAsync();
        await Assertions.Expect(first.Locator("#league .c-refusal")).ToContainTextAsync("evaluation/same-person");
        var second = await browser.OpenAsync($"/evaluations/{league.Id}", "supervisor||Qian Yu");
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish" }).ClickAsync();
        await Assertions.Expect(second.GetByText("put forward by")).ToBeVisibleAsync();
        // The clerk's page reads at most once a second, by a clock that stands here.
        clerk = await browser.OpenAsync($"/evaluations/{league.Id}", People.Clerk(member.ToString()));
        await Assertions.Expect(clerk.Locator("#league [data-member]")).ToHaveCountAsync(league.Result.Members.Length);
    }

    [Fact]
    public async Task A_supervisor_drafts_another_freezes_and_then_the_formula_is_closed()
    {
        var page = await browser.OpenAsync("/evaluations", People.Supervisor);
        await page.Locator("summary").GetByText("Draft an evaluation").ClickAsync();
        await page.GetByLabel("Scheme").SelectOptionAsync("cn.payment.month");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Draft it" }).ClickAsync();
        await page.Locator("textarea.c-formula").FillAsync("100.0 * poolReferenceGiven.kpet");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Keep the formula" }).ClickAsync();
        await Assertions.Expect(page.Locator("#league .c-refusal")).ToContainTextAsync("Did you mean 'poolReferenceGiven.kept'?");
        await page.Locator("textarea.c-formula").FillAsync("100.0 * poolReferenceGiven.kept");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Keep the formula" }).ClickAsync();
        await Assertions.Expect(page.Locator("#scheme pre")).ToHaveTextAsync("100.0 * poolReferenceGiven.kept");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Approve and freeze" }).ClickAsync();
        await Assertions.Expect(page.Locator("#league .c-refusal")).ToContainTextAsync("evaluation/same-person");
        var second = await browser.OpenAsync(new Uri(page.Url).AbsolutePath, "supervisor||Qian Yu");
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Approve and freeze" }).ClickAsync();
        await Assertions.Expect(second.Locator("header .c-mark").First).ToContainTextAsync("Frozen");
        Assert.Equal(0, await second.Locator("textarea.c-formula").CountAsync());
    }

    private Task<Evaluation> OfAsync(string number) => ConsoleLeague.FindAsync(browser.Host, number);
}
