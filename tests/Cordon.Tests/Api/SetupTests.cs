using System.Net;
using Cordon.Casework;
using Cordon.Casework.Members;

namespace Cordon.Tests.Api;

/// <summary>The first start, on a server where nobody exists.</summary>
public sealed class SetupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_makes_the_first_administrator_once()
    {
        await using var host = await StartAsync();
        var token = await host.Get<SetupLinks>().NewAsync(Cancel);
        Assert.NotNull(token);
        using var browser = host.Browser();
        using var wrong = await SendAsync(browser, token, "short", "short");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var made = await SendAsync(browser, token, ApiHost.Password, ApiHost.Password);
        Assert.Equal("/sign-in?user=root", made.Headers.Location!.ToString());
        using var signedIn = await ApiHost.SignInAsync(browser, "root", ApiHost.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/people", Cancel)).StatusCode);

        Assert.Equal("setup/bad-link", (await host.Get<SetupLinks>().RedeemAsync(token, "second", "Second", ApiHost.Password, Cancel)).Refusal?.Code);
        Assert.Null(await host.Get<SetupLinks>().NewAsync(Cancel));
        using var other = host.Browser();
        Assert.Contains("prints a new link", await other.GetStringAsync($"/setup?token={token}", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_lasts_a_day_and_a_new_one_ends_the_one_before()
    {
        await using var host = await StartAsync();
        var links = host.Get<SetupLinks>();
        var first = await links.NewAsync(Cancel);
        var second = await links.NewAsync(Cancel);
        Assert.False(await links.IsGoodAsync(first!));
        Assert.True(await links.IsGoodAsync(second!));
        Assert.False(await links.IsGoodAsync(""));
        host.PutClockOn(TimeSpan.FromHours(24));
        Assert.False(await links.IsGoodAsync(second!));
        Assert.Equal("setup/bad-link", (await links.RedeemAsync(second!, "root", "Root", ApiHost.Password, Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task The_last_administrator_can_neither_be_disabled_nor_demoted()
    {
        await using var host = await StartAsync();
        var people = host.Get<PeopleRegister>();
        var office = Actor.System("test");
        var first = await host.AddPersonAsync("root", null, Roles.Administrator);
        Assert.Equal("person/last-administrator", (await people.SetDisabledAsync(office, first, true, Cancel)).Refusal?.Code);
        Assert.Equal("person/last-administrator", (await people.SetRolesAsync(office, first, [Roles.Auditor], Cancel)).Refusal?.Code);
        await host.AddPersonAsync("second", null, Roles.Administrator);
        Assert.True((await people.SetDisabledAsync(office, first, true, Cancel)).Succeeded);
    }

    [Fact]
    public async Task Without_demo_there_is_no_sign_in_without_a_password()
    {
        await using var host = await StartAsync();
        await host.AddPersonAsync("root", null, Roles.Administrator);
        using var browser = host.Browser();
        Assert.DoesNotContain("/sign-in/demo", await browser.GetStringAsync("/sign-in", Cancel), StringComparison.Ordinal);
        using var answer = await ApiHost.SendFormAsync(browser, "/sign-in", "/sign-in/demo", ("user", "root"));
        Assert.DoesNotContain(answer.Headers, h => h.Key == "Set-Cookie");
    }

    [Fact]
    public async Task Under_demo_its_people_sign_in_by_a_button()
    {
        await using var host = await StartAsync(demo: true);
        await host.AddPersonAsync("root", null, Roles.Administrator);
        using var browser = host.Browser();
        Assert.Contains("Name of root", await browser.GetStringAsync("/sign-in", Cancel), StringComparison.Ordinal);
        using var answer = await ApiHost.SendFormAsync(browser, "/sign-in", "/sign-in/demo", ("user", "root"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/people", Cancel)).StatusCode);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string token, string password, string again) =>
        ApiHost.SendFormAsync(browser, $"/setup?token={token}", "/setup", ("token", token), ("user", "root"), ("name", "Root"), ("password", password), ("again", again));

    private static async Task<ApiHost> StartAsync(bool demo = false)
    {
        var host = new ApiHost { Demo = demo };
        await host.InitializeAsync();
        return host;
    }
}
