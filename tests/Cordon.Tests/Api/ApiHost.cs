using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Registers;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Gateways.Events;
using Cordon.Hosting;
using Cordon.Journal;
using Cordon.Screening;
using Cordon.Tests.Orders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Cordon.Tests.Api;

/// <summary>
/// A whole server on a loopback port over a temporary folder: two banks, a person of every role, a key of every scope,
/// and a clock that the test moves. One for a class of tests.
/// </summary>
public sealed partial class ApiHost : IAsyncLifetime
{
    public const string Password = "a long enough password";
    public const string OperatorToken = "operator-token-of-the-lock-file";
    public static readonly MemberCode BankA = MemberCode.Parse("bank-a");
    public static readonly MemberCode BankB = MemberCode.Parse("bank-b");
    public static readonly MemberCode Regulator = MemberCode.Parse("regulator");
    private static readonly Actor Office = Actor.System("test");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cordon-api-");
    private readonly Dictionary<string, HttpClient> people = new(StringComparer.Ordinal);
    private WebApplication? app;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    public bool Demo { get; init; }

    /// <summary>The files of the rules that judge; those of the program where not given.</summary>
    public string Rulebook { get; init; } = HostOptions.DefaultRulebook;

    public JournalOptions Journal { get; init; } = JournalOptions.Default;

    internal ScreeningOptions Screening { get; init; } = new();

    internal WebhookOptions Webhooks { get; init; } = new();

    public Uri Address { get; private set; } = null!;

    public string DataFolder => Path.Combine(folder.FullName, "data");

    public IServiceProvider Services => app!.Services;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(DataFolder);
        app = CordonHost.Build(Options());
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Get<StartSignal>().Give();
        await Get<RegionRegister>().TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"));
        var members = Get<MemberRegister>();
        await members.EnrolAsync(Office, new MemberFacts(BankA, "甲银行", "Bank A", Sector.Bank, "33", true, []));
        await members.EnrolAsync(Office, new MemberFacts(BankB, "乙银行", "Bank B", Sector.Bank, "33", true, []));
        await members.EnrolAsync(Office, new MemberFacts(Regulator, "监管局", "Regulator", Sector.Regulator, "33", true, []));
    }

    internal HostOptions Options() => new()
    {
        DataFolder = DataFolder,
        KeyFolder = Path.Combine(folder.FullName, "keys"),
        Address = new Uri("http://127.0.0.1:0"),
        OperatorToken = OperatorToken,
        Demo = Demo,
        ShippedRulebook = Rulebook,
        Journal = Journal,
        Screening = Screening,
        Webhooks = Webhooks,
        Time = Time,
        Ids = new CountedIds(1),
    };

    /// <summary>
    /// Puts the clock on without its timers: some beat every few milliseconds, and an hour of those beats takes a test half a minute.
    /// For tests that look at what an hour means, not at what happens in it.
    /// </summary>
    public void PutClockOn(TimeSpan by) => Time.AdjustTime(Time.GetUtcNow() + by);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A client without cookies of its own and without following redirects.</summary>
    public HttpClient Client(string? bearer = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (bearer is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return client;
    }

    /// <summary>A client with a cookie jar, as a browser has.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    public async Task<Guid> AddPersonAsync(string user, MemberCode? member, params string[] roles)
    {
        var added = await Get<PeopleRegister>().AddAsync(Office, new PersonFacts(user, $"Name of {user}", member, roles, Password));
        return added.Value;
    }

    /// <summary>A person of a role, signed in by the form; the same one each time.</summary>
    public async Task<HttpClient> PersonAsync(string role)
    {
        if (people.TryGetValue(role, out var known)) return known;
        MemberCode? member = role switch { Roles.MemberClerk => BankA, Roles.Regulator => Regulator, _ => null };
        await AddPersonAsync("the-" + role, member, role);
        var browser = Browser();
        using var answer = await SignInAsync(browser, "the-" + role, Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        browser.DefaultRequestHeaders.Accept.Clear();
        return people[role] = browser;
    }

    public async Task<HttpClient> KeyAsync(MemberCode member, params string[] scopes) => Client(await TokenAsync(member, scopes));

    public async Task<string> TokenAsync(MemberCode member, params string[] scopes) =>
        (await Get<ApiKeyRegister>().CreateAsync(Office, member, "test", scopes)).Value.Token;

    public static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string user, string password, string path = "/sign-in") =>
        SendFormAsync(browser, path, "/sign-in", ("user", user), ("password", password));

    /// <summary>Loads a page, takes its anti-forgery token and sends a form with it.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(page, TestContext.Current.CancellationToken);
        var token = FormToken().Match(html).Groups[1].Value;
        Assert.NotEmpty(token);
        var form = fields.Append(("__RequestVerificationToken", WebUtility.HtmlDecode(token))).ToDictionary(f => f.Item1, f => f.Item2);
        return await browser.PostAsync(action, new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
    }

    /// <summary>A drafted stop of an account.</summary>
    public async Task<Order> DraftAsync(string account, long minor = 100_00)
    {
        var drafted = await Get<CaseworkStore>().ChangeAsync<Order>(Office, change =>
            OrderDesk.ProposeAsync(change, change.NewId(), AccountNumber.Parse(account), new Amount(minor, Currency.Cny)));
        return drafted.Value;
    }

    public async Task<Order> IssueAsync(string account)
    {
        var order = await DraftAsync(account);
        var police = new Actor("person:test", null, new HashSet<string> { Roles.PoliceOfficer });
        return (await Get<OrderDesk>().IssueByTwoAsync(police, order.Id, "Notice 86 of 2016", TestContext.Current.CancellationToken)).Value;
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        foreach (var person in people.Values) person.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
