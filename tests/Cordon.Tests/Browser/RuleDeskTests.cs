using Cordon.Casework.Rulebooks;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>The rule desk: writing with help, and the release past a second person.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RuleDeskTests(ConsoleBrowser browser)
{
    private RulebookDesk Desk => browser.Host.Get<RulebookDesk>();

    [Fact]
    public async Task Faults_come_as_one_types_and_go_when_they_are_mended()
    {
        var draft = await ConsoleRules.DraftAsync(browser.Host, "typing", ConsoleRules.Extra);
        var page = await OpenFileAsync(draft.Id);
        await page.Locator(".cm-line", new PageLocatorOptions { HasTextString = "callees_of_the_day(call.caller)" }).ClickAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(" && call.orgin == Origin.Domestic");
        var fault = page.Locator(".c-fault");
        await Assertions.Expect(fault).ToHaveCountAsync(1);
        await Assertions.Expect(fault).ToContainTextAsync("Did you mean origin?");
        await Assertions.Expect(page.Locator(".cm-lintRange-error")).ToHaveTextAsync("orgin");
        for (var i = 0; i < " && call.orgin == Origin.Domestic".Length; i++) await page.Keyboard.PressAsync("Backspace");
        await Assertions.Expect(fault).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_editor_offers_the_words_that_fit_the_place()
    {
        var draft = await ConsoleRules.DraftAsync(browser.Host, "completion", ConsoleRules.Extra);
        var page = await OpenFileAsync(draft.Id);
        await page.Locator(".cm-line", new PageLocatorOptions { HasTextString = "callees_of_the_day(call.caller)" }).ClickAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(" && call.roam");
        var offered = page.Locator(".cm-tooltip-autocomplete li");
        await Assertions.Expect(offered.First).ToContainTextAsync("roaming_proven");
        await offered.First.ClickAsync();
        await Assertions.Expect(page.Locator(".cm-line", new PageLocatorOptions { HasTextString = "call.roaming_proven" })).ToHaveCountAsync(1);
        await page.Keyboard.TypeAsync(" && callees_of");
        await Assertions.Expect(offered.First).ToContainTextAsync("window of this rulebook");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.TypeAsync("_the_day(call.caller) > params.");
        await Assertions.Expect(offered.First).ToContainTextAsync("parameter");
    }

    [Fact]
    public async Task An_author_saves_and_checks_and_a_reader_only_looks()
    {
        var draft = await ConsoleRules.DraftAsync(browser.Host, "checking", ConsoleRules.Extra);
        var page = await OpenFileAsync(draft.Id);
        await page.Locator(".cm-line", new PageLocatorOptions { HasTextString = "> 4" }).ClickAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync("2");
        await page.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(page.GetByText("Saved; no fault")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save, check, run examples" }).ClickAsync();
        await Assertions.Expect(page.Locator("#examples")).ToContainTextAsync("the ninth callee of a day");
        await Assertions.Expect(page.Locator("#examples strong.c-bad")).ToHaveTextAsync("none");
        Assert.Equal(RulebookState.Draft, (await Desk.FindAsync(draft.Id))!.State);
        await page.Locator(".cm-line", new PageLocatorOptions { HasTextString = "> 42" }).ClickAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Backspace");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save, check, run examples" }).ClickAsync();
        await Assertions.Expect(page.Locator(".c-steps [aria-current=step]")).ToContainTextAsync("Checked");
        await page.Context.DisposeAsync();

        var reader = await browser.OpenAsync($"/rulebooks/{draft.Id}", People.Police);
        await Assertions.Expect(reader.Locator(".cm-content")).ToHaveAttributeAsync("contenteditable", "false");
        await Assertions.Expect(reader.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_backtest_and_a_shadow_tell_what_would_change()
    {
        var book = await ConsoleRules.ShadowedAsync(browser.Host);
        var page = await browser.OpenAsync($"/rulebooks/{book.Id}", People.Supervisor);
        await page.Locator("#backtest .c-chart svg").WaitForAsync();
        await Assertions.Expect(page.Locator("#backtest [data-counter=Precision]")).ToContainTextAsync("%");
        await Assertions.Expect(page.Locator("#backtest")).ToContainTextAsync("call.many-callees-a-day");
        await Assertions.Expect(page.Locator("#diff")).ToContainTextAsync("added");
        await Assertions.Expect(page.Locator("#diff")).ToContainTextAsync("call.many-callees-a-day");
        if (browser.Host.Get<RulebookDesk>().Shadow(book.Id) is { } report)
            await Assertions.Expect(page.Locator("#shadow [data-counter='Newly stopped']")).ToHaveTextAsync(report.Found.NewlyStopped.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_second_person_approves_it_is_put_to_work_and_one_click_brings_the_other_back()
    {
        var book = await ConsoleRules.ShadowedAsync(browser.Host);
        var author = await browser.OpenAsync($"/rulebooks/{book.Id}", People.Author);
        await author.Locator("#release").WaitForAsync();
        await Assertions.Expect(Button(author, "Approve…")).ToHaveCountAsync(0);
        await author.Context.DisposeAsync();

        var chief = await browser.OpenAsync($"/rulebooks/{book.Id}", People.Supervisor);
        await Button(chief, "Approve…").ClickAsync();
        await AnswerAsync(chief, "Looked at the nine calls of the shadow", "Approve");
        await Button(chief, "Put to work…").ClickAsync();
        await AnswerAsync(chief, "The wave of calls began this morning", "Put to work");
        await Assertions.Expect(chief.Locator(".c-head .c-mark")).ToContainTextAsync("Active");
        await Button(chief, "Bring the one before back…").ClickAsync();
        await AnswerAsync(chief, "It holds the calls of a hospital", "Bring the one before back");
        await Assertions.Expect(chief.Locator(".c-head .c-mark")).ToContainTextAsync("Superseded");
        await chief.Context.DisposeAsync();

        var second = await browser.OpenAsync("/rulebooks", People.Author);
        await Assertions.Expect(second.Locator("#standing")).ToContainTextAsync("It holds the calls of a hospital");
        await Button(second, "Confirm").ClickAsync();
        await Assertions.Expect(second.Locator("#standing")).ToContainTextAsync("confirmed by He Wen");
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    private static async Task AnswerAsync(IPage page, string text, string button)
    {
        await page.Locator(".c-ask input").FillAsync(text);
        await page.Locator(".c-ask").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".c-ask")).ToHaveCountAsync(0);
    }

    private async Task<IPage> OpenFileAsync(Guid id)
    {
        var page = await browser.OpenAsync($"/rulebooks/{id}", People.Author, height: 1200);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "tries.yaml", Exact = true }).ClickAsync();
        await page.Locator(".cm-line", new PageLocatorOptions { HasTextString = "callees_of_the_day" }).First.WaitForAsync();
        return page;
    }
}
