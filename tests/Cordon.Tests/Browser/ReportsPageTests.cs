using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ReportsPageTests(ConsoleBrowser browser)
{
    private static readonly Actor Officer = new("person:office", null, new HashSet<string> { Roles.DutyOfficer });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clerk_pastes_the_words_confirms_the_transfer_and_the_case_opens()
    {
        var paid = await PaidAsync("71001", 48_000_00);
        var page = await browser.OpenAsync("/reports/new", People.Duty);
        await page.GetByLabel("The victim's words").FillAsync($"{Hour(paid)}，自称公安局的人用 170 9999 7100 打来，让我把4.8万元转到安全账户 {paid.Payee!.Value.Number}，下载了“安全助手”APP，网址 hxxp://safe-71001[.]xyz 。");
        var read = page.Locator("#read");
        foreach (var kind in new[] { "phone", "amount", "time", "account", "app", "link" })
            await Assertions.Expect(read.Locator($"mark[data-fact={kind}]").First).ToBeVisibleAsync();
        await Assertions.Expect(read.Locator("mark[data-fact=amount]")).ToContainTextAsync("48,000.00");
        var meant = read.Locator($"input[data-transfer='{paid.Id}']");
        await Assertions.Expect(read.Locator("li", new LocatorLocatorOptions { Has = page.Locator($"input[data-transfer='{paid.Id}']") })).ToContainTextAsync("You wrote “4.8万元”");
        await Assertions.Expect(read.Locator("[data-guess]")).ToContainTextAsync("安全账户");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Open the case" }).ClickAsync();
        await Assertions.Expect(page.Locator("#told .c-refusal")).ToContainTextAsync("report/no-loss");

        // By keys alone.
        await meant.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(read.GetByRole(AriaRole.List, new LocatorGetByRoleOptions { Name = "Payments confirmed" })).ToContainTextAsync("48,000.00");
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("钱某");
        await page.GetByLabel("Phone", new PageGetByLabelOptions { Exact = true }).FillAsync("13900071001");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Open the case" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/reports/[0-9a-f-]{36}$"));
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Report of 钱某");
        await Assertions.Expect(page.Locator("[data-report-state]").First).ToHaveTextAsync("Verified, payment found");
        await page.GetByText("Case C-2026").ClickAsync();
        await Assertions.Expect(page.Locator("#orders")).ToContainTextAsync("Stop payment");

        var report = (await browser.Host.Get<ReportDesk>().ListAsync(Officer, new ReportFilter { Channel = ReportChannel.Console, Limit = 500 })).Single(r => r.Reporter == "钱某");
        Assert.Equal((paid.Id, "impersonated-authority", new PhoneNumber(8617099997100), "safe-71001.xyz"), (report.Losses[0].Transfer!.Value, report.FraudType, report.Suspects.Phones[0], report.Suspects.Domains[0]));
    }

    [Fact]
    public async Task A_second_report_of_one_loss_is_seen_before_it_is_sent_and_can_be_told_apart_after()
    {
        var first = await TakenAsync("r-72001", 8613900072001, 6_600_00);
        var page = await browser.OpenAsync("/reports/new", People.Duty);
        await page.GetByLabel("The victim's words").FillAsync("我又来说一遍，被骗了，转了6600元。");
        await page.GetByLabel("Phone", new PageGetByLabelOptions { Exact = true }).FillAsync("13900072001");
        await page.GetByLabel("Amount, yuan").FillAsync("6600");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add the payment" }).ClickAsync();
        await Assertions.Expect(page.Locator(".c-twice")).ToContainTextAsync("the same victim's number");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Open the case" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-report-state]").First).ToHaveTextAsync("Told before");
        Assert.Equal(6_600_00, (await CaseAsync(first.Case)).UnmatchedMinor);
        var twice = page.Locator("[data-twice='0']");
        await twice.GetByRole(AriaRole.Textbox).FillAsync("Two slips of the counter.");
        await twice.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("[data-report-state]").First).ToHaveTextAsync("Verified");
        await Assertions.Expect(twice).ToContainTextAsync("said that they are two");
        Assert.Equal(13_200_00, (await CaseAsync(first.Case)).UnmatchedMinor);
    }

    [Fact]
    public async Task A_stranger_reports_on_a_telephone_while_two_clerks_watch_and_one_verifies()
    {
        var paid = await PaidAsync("73001", 12_345_00);
        var watching = await browser.OpenAsync("/reports", People.Police);
        await watching.Locator("#waiting").WaitForAsync();
        var stranger = await browser.OpenAsync("/report?lang=zh-CN", "", 390, 800);
        await stranger.GetByLabel("发生了什么").FillAsync($"{Hour(paid)}网上认识的人说可以帮我退款，我把12345元转到了 {paid.Payee!.Value.Number} 这个账号。");
        await stranger.GetByLabel("您的手机号").FillAsync("13900073001");
        await stranger.GetByLabel("怎么称呼您").FillAsync("孙某七三");
        await stranger.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "提交报告" }).ClickAsync();
        await Assertions.Expect(stranger.Locator("h1")).ToHaveTextAsync("已收到");
        var (number, secret) = (await stranger.Locator("[data-number]").InnerTextAsync(), await stranger.Locator("[data-secret]").InnerTextAsync());

        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        var row = watching.Locator("#waiting tr", new PageLocatorOptions { HasText = "孙某七三" });
        await Assertions.Expect(row).ToBeVisibleAsync();
        var clerk = await browser.OpenAsync("/reports", People.Duty);
        await clerk.Locator("#waiting tr", new PageLocatorOptions { HasText = "孙某七三" }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(clerk.Locator("[data-gate]")).ToContainTextAsync("a stranger told it");
        await clerk.Locator($"input[data-transfer='{paid.Id}']").CheckAsync();
        await clerk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "The victim is verified" }).ClickAsync();
        await Assertions.Expect(clerk.Locator("#told .c-refusal")).ToContainTextAsync("report/no-how");
        await clerk.GetByLabel("How the victim was verified").FillAsync("Called back; the bank confirms the holder.");
        await clerk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "The victim is verified" }).ClickAsync();
        await Assertions.Expect(clerk.Locator("[data-report-state]").First).ToHaveTextAsync("Verified, payment found");
        await Assertions.Expect(clerk.Locator("[data-gate]")).ToHaveCountAsync(0);
        var drafts = await browser.Host.Get<OrderDesk>().ListAsync(ConsoleProvince.Police, new OrderFilter { Kind = OrderKind.StopPayment, State = OrderState.Proposed, Limit = 500 });
        Assert.Contains(drafts, o => o.Account == paid.Payee);

        browser.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await stranger.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "查询已提交的报告" }).ClickAsync();
        await stranger.GetByLabel("回执号").FillAsync(number);
        await stranger.GetByLabel("查询码").FillAsync(secret);
        await stranger.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(stranger.Locator("[role=status]")).ToContainTextAsync("已核实，正在办理");
    }

    [Fact]
    public async Task Who_only_reads_is_offered_no_decision()
    {
        var taken = await TakenAsync("r-74001", 8613900074001, 100_00);
        var supervisor = await browser.OpenAsync($"/reports/{taken.Report}", People.Supervisor);
        await Assertions.Expect(supervisor.Locator("#told")).ToBeVisibleAsync();
        await Assertions.Expect(supervisor.Locator("#decide")).ToHaveCountAsync(0);
        var form = await browser.OpenAsync("/reports/new", People.Supervisor);
        await Assertions.Expect(form.Locator("main h1")).ToHaveTextAsync("No permission");
    }

    private async Task<ReceivedReport> TakenAsync(string id, long phone, long minor)
    {
        var now = Instant.From(browser.Host.Time.GetUtcNow());
        var intake = new ReportIntake(id, "报案人" + id, new PhoneNumber(phone), "被骗了", "fake-loan", new Suspects([], [], []), [new ReportedLoss(null, null, null, null, new Amount(minor, Currency.Cny), now)], now);
        return (await browser.Host.Get<CaseDesk>().ReceiveAsync(Officer, intake, Cancel)).Value;
    }

    private async Task<Case> CaseAsync(Guid id) => (await browser.Host.Get<CaseDesk>().ViewAsync(Officer, id))!.Case;

    private Task<Transfer> PaidAsync(string people, long minor) => ConsoleProvince.PaidAsync(browser.Host, people, minor);

    private static string Hour(Transfer paid) =>
        paid.At.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString("M月d日H点m分", System.Globalization.CultureInfo.InvariantCulture);
}
