using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>A trace of 5,000 transfers: it is grouped, opens and collapses, and its figures are kept beside the pictures.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LargeTraceTests(ConsoleBrowser browser)
{
    private const int Flows = 5_000;

    /// <summary>Slides through the whole flow, a frame a step, and tells how long each frame and each drawing took.</summary>
    private const string Slide = """
        async () => {
          const slider = document.querySelector('[data-time]');
          const [frames, works] = [[], []];
          const most = Number(slider.max);
          let last = await new Promise(requestAnimationFrame);
          for (let i = 0; i <= 120; i++) {
            const began = performance.now();
            slider.value = String(Math.round(most * i / 120));
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            const now = await new Promise(requestAnimationFrame);
            await new Promise(r => setTimeout(r));
            frames.push(now - last);
            works.push(performance.now() - began);
            last = now;
          }
          const at = (list, p) => list.sort((a, b) => a - b)[Math.floor((list.length - 1) * p)].toFixed(1);
          return `drawn in ${document.querySelector('.c-replay').dataset.drawn} ms; a frame while sliding p50 ${at(frames, 0.5)} ms, p95 ${at(frames, 0.95)} ms, most ${at(frames, 1)} ms`;
        }
        """;

    private static readonly Actor Office = new("person:office", null, new HashSet<string> { Roles.Administrator, Roles.DutyOfficer });

    [Fact]
    public async Task Five_thousand_transfers_are_grouped_and_a_group_opens_and_collapses()
    {
        await using var host = await ConsoleHost.StartAsync();
        var id = await TellAsync(host);
        // The cookie of the sign-in holds for every port.
        var page = await browser.OpenAsync($"{host.Address}/cases/{id}/trace");
        await page.Locator("[data-drawn]").WaitForAsync();
        var boxes = page.Locator(".c-plane button");
        var grouped = await boxes.CountAsync();
        Assert.InRange(grouped, 5, 120);
        await Assertions.Expect(page.Locator("[data-said]")).ToContainTextAsync($"{Flows} of {Flows} transfers");

        var figures = new List<string> { "grouped: " + await page.EvaluateAsync<string>(Slide) };
        var folder = Directory.CreateDirectory(Path.Combine(RepositoryFolder.Root, "artifacts", "screenshots")).FullName;
        await page.Locator("#flow").ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(folder, "trace-large-1440-light.png") });

        var group = page.Locator(".c-plane [aria-expanded=false]").First;
        var key = await group.GetAttributeAsync("data-box");
        await group.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var header = page.Locator($".c-open-group[data-box='{key}']");
        await Assertions.Expect(header).ToHaveAttributeAsync("aria-expanded", "true");
        Assert.True(await boxes.CountAsync() > grouped);
        await page.EvaluateAsync("() => { for (let i = 0; i < 12; i++) document.querySelector('.c-plane [aria-expanded=false]')?.click(); }");
        figures.Add($"{await boxes.CountAsync()} boxes open: " + await page.EvaluateAsync<string>(Slide));
        await page.Locator("#flow").ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(folder, "trace-large-open-1440-light.png") });
        await header.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(header).ToHaveCountAsync(0);
        await page.Locator("[data-fold]").ClickAsync();
        await Assertions.Expect(boxes).ToHaveCountAsync(grouped);
        await File.WriteAllLinesAsync(Path.Combine(folder, "trace-large.txt"), figures, TestContext.Current.CancellationToken);
        await page.Context.DisposeAsync();
    }

    /// <summary>One victim's payment through four layers of accounts at six banks, 5,000 transfers in all.</summary>
    private static async Task<Guid> TellAsync(ConsoleHost host)
    {
        var banks = Enumerable.Range(0, 6).Select(i => MemberCode.Parse($"bank-{(char)('a' + i)}")).ToArray();
        Assert.True((await host.Get<RegionRegister>().TellAsync(Office, new RegionFacts("p", RegionLevel.Province, null, "省", "Province"))).Succeeded);
        foreach (var bank in banks)
            Assert.True((await host.Get<MemberRegister>().EnrolAsync(Office, new MemberFacts(bank, $"银行{bank}", $"Bank {bank}", Sector.Bank, "p", true, []))).Succeeded);
        var start = Instant.From(host.Time.GetUtcNow());
        AccountNumber Account(int layer, int i) => new(banks[(i + layer) % banks.Length], $"62{layer:D2}{i:D8}");
        var transfers = new List<Transfer>();
        void Pay(AccountNumber from, AccountNumber to, long minor, int seconds) => transfers.Add(new Transfer(
            new SignalId($"t{transfers.Count}"), from.Member, start + TimeSpan.FromSeconds(seconds), from, to, new Amount(minor, Currency.Cny), TransferMeans.Account, null));
        Pay(Account(0, 0), Account(1, 0), 1_248_000_00, 0);
        for (var i = 0; i < 48; i++) Pay(Account(1, 0), Account(2, i), 26_000_00, 60 + i);
        for (var i = 0; i < 1_248; i++) Pay(Account(2, i % 48), Account(3, i), 1_000_00, 200 + i);
        for (var i = 0; transfers.Count < Flows; i++) Pay(Account(3, i % 1_248), Account(4, i), 250_00, 2_000 + i);
        var openings = transfers.SelectMany(t => new[] { t.Payer!.Value, t.Payee!.Value }).Distinct()
            .Select((a, i) => (Signal)new AccountOpening(new SignalId($"o{i}"), a.Member, start - TimeSpan.FromDays(9), a, AccountKind.Personal, IdentityCheck.Verified, null, new Amount(i == 0 ? 1_248_000_00 : 0, Currency.Cny), null, null));
        await host.TellAsync([.. openings, .. transfers]);
        host.Time.Advance(TimeSpan.FromHours(2));
        var paid = transfers[0];
        var intake = new ReportIntake("r-1", "victim", null, "paid", "fake-customer-service", new Suspects([], [paid.Payee!.Value], []),
            [new ReportedLoss(paid.Id, paid.Member, paid.Payer!.Value, paid.Payee, paid.Amount, paid.At)], paid.At + TimeSpan.FromHours(2));
        var received = await host.Get<CaseDesk>().ReceiveAsync(Office, intake);
        Assert.True(received.Succeeded, received.Refusal?.Message);
        return received.Value.Case;
    }
}
