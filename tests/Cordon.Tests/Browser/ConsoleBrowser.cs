using Microsoft.Playwright;
using Xunit.Sdk;

namespace Cordon.Tests.Browser;

/// <summary>One console with a played province and one headless Chromium for all browser tests.</summary>
public sealed class ConsoleBrowser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];
    private static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private const string NoChromium = "No Chromium in /usr/bin (./test installs it).";

    private IPlaywright? playwright;
    private IBrowser? browser;
    private ConsoleHost? host;
    private readonly List<IBrowserContext> open = [];
    private ITest? asking;

    /// <summary>The console; skips the test, saying why, where there is no Chromium to look at it.</summary>
    internal ConsoleHost Host
    {
        get
        {
            Assert.SkipWhen(host is null, NoChromium);
            return host!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var chromium = Places.FirstOrDefault(File.Exists);
        if (chromium is null) return;
        // A check of a rulebook runs every example; a machine that runs other tests beside takes its time.
        Assertions.SetDefaultExpectTimeout(20_000);
        host = await ConsoleHost.StartAsync();
        await ConsoleProvince.PlayAsync(host);
        await ConsoleRules.PrepareAsync(host);
        await ConsoleIndicators.PrepareAsync(host);
        await ConsoleWarnings.PrepareAsync(host);
        await ConsoleDeliveries.PrepareAsync(host);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = Quiet, Headless = true });
    }

    /// <summary>A page of this console, or of another one by its whole address, signed in as someone; skips the test, saying why, where there is no Chromium.</summary>
    public async Task<IPage> OpenAsync(string path, string person = People.Police, int width = 1440, int height = 900, bool dark = false)
    {
        Assert.SkipWhen(browser is null, NoChromium);
        await CloseOfEarlierTestsAsync();
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            HasTouch = width < 500,
        });
        open.Add(context);
        context.SetDefaultTimeout(20_000);
        if (person.Length > 0)
            await context.AddCookiesAsync([new Cookie { Name = ConsoleHost.PersonCookie, Value = Uri.EscapeDataString(person), Url = Host.Address }]);
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => Assert.Fail("The page threw: " + fault);
        await page.GotoAsync(path.StartsWith("http", StringComparison.Ordinal) ? path : Host.Address + path);
        return page;
    }

    /// <summary>A page that is left open lives on: its clocks tick in the browser and on the server, and slow the tests after it.</summary>
    private async Task CloseOfEarlierTestsAsync()
    {
        if (ReferenceEquals(asking, TestContext.Current.Test)) return;
        asking = TestContext.Current.Test;
        foreach (var context in open) await context.DisposeAsync();
        open.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (host is not null) await host.DisposeAsync();
    }
}

/// <summary>Who signs in, as the test's cookie tells it.</summary>
internal static class People
{
    public const string Police = "police-officer||Wu Lin";
    public const string SecondPolice = "police-officer||Zheng Hua";
    public const string Decider = "appeal-decider||Feng Jie";
    public const string Duty = "duty-officer||Chen Yi";
    public const string Regulator = "regulator|regulator|Zhao Min";
    public const string Author = "rule-author||He Wen";
    public const string Supervisor = "supervisor||Xu Tao";
    public const string Administrator = "administrator||Qian Li";

    public static string Clerk(string member) => $"member-clerk|{member}|Sun Jia";
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<ConsoleBrowser>
{
    public const string Name = "Browser";
}
