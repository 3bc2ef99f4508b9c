using Cordon.Casework;
using Cordon.Casework.Members;
using Microsoft.Playwright;

namespace Cordon.Tests.Api;

/// <summary>The whole server in a real browser: sign-in, console, and what happens to an open console.</summary>
public sealed class OpenConsoleTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const float TenSeconds = 10_000;
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

    [Fact]
    public async Task Who_loses_the_role_loses_the_open_console_within_ten_seconds()
    {
        var chromium = Places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "No Chromium in /usr/bin (./test installs it).");
        var id = await host.AddPersonAsync("open", null, Roles.DutyOfficer);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Headless = true, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync();
        var blocked = new List<string>();
        page.Console += (_, line) =>
        {
            if (line.Text.Contains("Content Security Policy", StringComparison.Ordinal)) blocked.Add(line.Text);
        };
        await page.GotoAsync(new Uri(host.Address, "/cases").ToString());
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        await page.FillAsync("input[name=user]", "open");
        await page.FillAsync("input[name=password]", ApiHost.Password);
        await page.ClickAsync("button[type=submit]");
        await page.Locator("main h1").WaitForAsync();
        Assert.EndsWith("/cases", page.Url, StringComparison.Ordinal);
        await page.Locator("strong:has-text('Name of open')").WaitForAsync();

        // Nobody touches the page: its circuit finds out by itself.
        Assert.True((await host.Get<PeopleRegister>().SetRolesAsync(Actor.System("test"), id, [Roles.Auditor], TestContext.Current.CancellationToken)).Succeeded);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        await page.WaitForURLAsync(u => u.Contains("/sign-in", StringComparison.Ordinal), new() { Timeout = TenSeconds });
        Assert.Empty(blocked);
    }
}
