using System.Collections.Concurrent;
using System.Net;
using Cordon.Casework.Members;
using Microsoft.Playwright;

namespace Cordon.Tests.Api;

/// <summary>The page of the API in a real browser: bundled, under its content security policy, for people who are signed in.</summary>
public sealed class ReferencePageTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

    [Fact]
    public async Task It_shows_the_operations_and_asks_no_other_machine()
    {
        var chromium = Places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "No Chromium in /usr/bin (./test installs it).");
        await host.AddPersonAsync("reader", null, Roles.Auditor);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Headless = true, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync();
        var (asked, faults) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        page.Request += (_, request) => asked.Add(request.Url);
        page.Console += (_, line) =>
        {
            if (line.Type == "error") faults.Add(line.Text);
        };
        await page.GotoAsync(new Uri(host.Address, "/reference").ToString());
        await page.FillAsync("input[name=user]", "reader");
        await page.FillAsync("input[name=password]", ApiHost.Password);
        await page.ClickAsync("button[type=submit]");
        await page.GetByText("The API of a Cordon joint centre").First.WaitForAsync();
        await page.GetByText("Orders, the newest first").First.WaitForAsync();
        Assert.Contains("/reference", page.Url, StringComparison.Ordinal);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Empty(faults);
        Assert.DoesNotContain(asked, url => new Uri(url).Scheme is "http" or "https" && new Uri(url).Authority != host.Address.Authority);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Directory.CreateDirectory(Path.Combine(RepositoryFolder.Root, "artifacts", "screenshots")).FullName, "reference-1440-light.png") });
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_gets_it_and_each_answer_has_a_nonce_of_its_own()
    {
        using var nobody = host.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/reference", TestContext.Current.CancellationToken)).StatusCode);
        var auditor = await host.PersonAsync(Roles.Auditor);
        var policies = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await auditor.GetAsync("/reference/", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            policies.Add(string.Join(';', answer.Headers.GetValues("Content-Security-Policy")));
        }
        Assert.Equal(2, policies.Count);
        Assert.All(policies, p => Assert.DoesNotContain("unsafe-eval", p, StringComparison.Ordinal));
    }
}
