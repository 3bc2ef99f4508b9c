using System.Buffers.Binary;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Cordon.Access;
using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cordon.Tests.Api;

public sealed partial class SignInTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly Actor Office = Actor.System("test");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_and_out_again()
    {
        await host.AddPersonAsync("anna", null, Roles.DutyOfficer);
        using var browser = host.Browser();
        using var led = await browser.GetAsync("/cases?state=open", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, led.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fcases%3Fstate%3Dopen", led.Headers.Location!.PathAndQuery);

        using var answer = await ApiHost.SendFormAsync(browser, led.Headers.Location.PathAndQuery, "/sign-in", ("user", "Anna"), ("password", ApiHost.Password), ("returnUrl", "/cases?state=open"));
        Assert.Equal("/cases?state=open", answer.Headers.Location!.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("cordon-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/cases", Cancel)).StatusCode);

        using var gone = await ApiHost.SendFormAsync(browser, "/sign-out", "/sign-out");
        Assert.Equal(HttpStatusCode.Redirect, gone.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/cases", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("cases")]
    [InlineData("/a\nb")]
    public void Nobody_is_led_to_another_site(string address) => Assert.Equal("/", AccessEndpoints.Local(address));

    [Fact]
    public async Task Five_wrong_tries_lock_a_person_out_for_a_quarter_of_an_hour()
    {
        await host.AddPersonAsync("bob", null, Roles.DutyOfficer);
        using var browser = host.Browser();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await ApiHost.SignInAsync(browser, "bob", "not the password");
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }
        using var locked = await ApiHost.SignInAsync(browser, "bob", ApiHost.Password);
        Assert.Equal(HttpStatusCode.BadRequest, locked.StatusCode);
        Assert.Contains("15 minutes", await locked.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var scope = host.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var bob = await users.FindByNameAsync("bob");
        Assert.True(await users.IsLockedOutAsync(bob!));
        await users.SetLockoutEndDateAsync(bob!, null);
        using var again = await ApiHost.SignInAsync(browser, "bob", ApiHost.Password);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_answered_as_a_wrong_password()
    {
        await host.AddPersonAsync("carl", null, Roles.DutyOfficer);
        using var browser = host.Browser();
        using var nobody = await ApiHost.SignInAsync(browser, "carlo", "some password");
        using var wrong = await ApiHost.SignInAsync(browser, "carl", "some password");
        Assert.Equal(nobody.StatusCode, wrong.StatusCode);
        Assert.Equal(Varying().Replace(await nobody.Content.ReadAsStringAsync(Cancel), ""), Varying().Replace(await wrong.Content.ReadAsStringAsync(Cancel), ""));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await host.AddPersonAsync("dora", null, Roles.DutyOfficer);
        using var browser = host.Browser();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["user"] = "dora", ["password"] = ApiHost.Password });
        using var answer = await browser.PostAsync("/sign-in", form, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.StartsWith("cordon-session", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_role_taken_away_is_gone_from_an_open_session_within_ten_seconds()
    {
        var id = await host.AddPersonAsync("erik", null, Roles.DutyOfficer, Roles.Auditor);
        using var browser = host.Browser();
        using var signedIn = await ApiHost.SignInAsync(browser, "erik", ApiHost.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/cases", Cancel)).StatusCode);
        var circuit = await CircuitOfAsync("erik");
        Assert.True(await circuit.LooksGoodAsync());

        Assert.True((await host.Get<PeopleRegister>().SetRolesAsync(Office, id, [Roles.Auditor], Cancel)).Succeeded);
        Assert.False(await circuit.LooksGoodAsync());
        Assert.True(CircuitSession.Interval <= TimeSpan.FromSeconds(5));
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/cases", Cancel)).StatusCode);
        using var again = await ApiHost.SignInAsync(browser, "erik", ApiHost.Password);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/api/v1/cases", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_person_disabled_loses_the_session_and_cannot_sign_in_again()
    {
        var id = await host.AddPersonAsync("fred", null, Roles.DutyOfficer);
        using var browser = host.Browser();
        using var signedIn = await ApiHost.SignInAsync(browser, "fred", ApiHost.Password);
        var circuit = await CircuitOfAsync("fred");
        Assert.True((await host.Get<PeopleRegister>().SetDisabledAsync(Office, id, disabled: true, Cancel)).Succeeded);
        Assert.False(await circuit.LooksGoodAsync());
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/cases", Cancel)).StatusCode);
        using var refused = await ApiHost.SignInAsync(browser, "fred", ApiHost.Password);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task A_session_in_use_outlives_the_looks_at_it()
    {
        await host.AddPersonAsync("gina", null, Roles.DutyOfficer);
        using var browser = host.Browser();
        using var signedIn = await ApiHost.SignInAsync(browser, "gina", ApiHost.Password);
        for (var i = 0; i < 5; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(7));
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/cases", Cancel)).StatusCode);
        }
    }

    [Fact]
    public async Task The_second_step_asks_for_a_code_and_takes_a_recovery_code_once()
    {
        await host.AddPersonAsync("hans", null, Roles.DutyOfficer);
        using var browser = host.Browser();
        using var signedIn = await ApiHost.SignInAsync(browser, "hans", ApiHost.Password);
        var page = await browser.GetStringAsync("/account/totp", Cancel);
        var key = Key().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        using var wrong = await ApiHost.SendFormAsync(browser, "/account/totp", "/account/totp", ("code", "12345"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var enabled = await ApiHost.SendFormAsync(browser, "/account/totp", "/account/totp", ("code", Totp(key)));
        Assert.Equal(HttpStatusCode.OK, enabled.StatusCode);
        var codes = Code().Matches(await enabled.Content.ReadAsStringAsync(Cancel)).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(10, codes.Count);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/cases", Cancel)).StatusCode);

        using var other = await HalfwayAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/api/v1/cases", Cancel)).StatusCode);
        using var right = await ApiHost.SendFormAsync(other, "/sign-in/code", "/sign-in/code", ("code", Totp(key)));
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/cases", Cancel)).StatusCode);

        using var third = await HalfwayAsync();
        using var recovered = await ApiHost.SendFormAsync(third, "/sign-in/code", "/sign-in/code", ("code", codes[0]));
        Assert.Equal(HttpStatusCode.Redirect, recovered.StatusCode);
        using var fourth = await HalfwayAsync();
        using var used = await ApiHost.SendFormAsync(fourth, "/sign-in/code", "/sign-in/code", ("code", codes[0]));
        Assert.Equal(HttpStatusCode.BadRequest, used.StatusCode);

        async Task<HttpClient> HalfwayAsync()
        {
            var fresh = host.Browser();
            using var half = await ApiHost.SignInAsync(fresh, "hans", ApiHost.Password);
            Assert.StartsWith("/sign-in/code", half.Headers.Location!.ToString(), StringComparison.Ordinal);
            return fresh;
        }
    }

    [Theory]
    [InlineData("short", "person/bad-password")]
    [InlineData("ivan-the-user", "person/bad-password")]
    [InlineData("simple words suffice", null)]
    public async Task A_password_is_judged_by_its_length_alone(string password, string? code)
    {
        var facts = new PersonFacts("ivan-the-user", "Ivan", null, [Roles.DutyOfficer], password);
        var added = await host.Get<PeopleRegister>().AddAsync(Office, facts, Cancel);
        Assert.Equal(code, added.Refusal?.Code);
    }

    [Theory]
    [InlineData("bank-a", Roles.DutyOfficer, "person/role-misfit")]
    [InlineData("bank-a", Roles.Administrator, "person/role-misfit")]
    [InlineData("bank-a", Roles.Regulator, "person/role-misfit")]
    [InlineData(null, Roles.MemberClerk, "person/role-misfit")]
    [InlineData(null, Roles.System, "person/bad-roles")]
    [InlineData(null, "emperor", "person/bad-roles")]
    [InlineData("nowhere", Roles.MemberClerk, "member/not-found")]
    public async Task A_role_goes_with_the_institution(string? member, string role, string code)
    {
        MemberCode? of = member is null ? null : MemberCode.Parse(member);
        var facts = new PersonFacts("julia", "Julia", of, [role], ApiHost.Password);
        Assert.Equal(code, (await host.Get<PeopleRegister>().AddAsync(Office, facts, Cancel)).Refusal?.Code);
    }

    private async Task<Circuit> CircuitOfAsync(string user)
    {
        using var scope = host.Services.CreateScope();
        var person = await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().FindByNameAsync(user);
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Person>>().CreateAsync(person!);
        return new Circuit(new CircuitSession(NullLoggerFactory.Instance, host.Get<IServiceScopeFactory>()), principal);
    }

    private sealed record Circuit(CircuitSession Session, ClaimsPrincipal Principal)
    {
        public Task<bool> LooksGoodAsync() => Session.LooksGoodAsync(new AuthenticationState(Principal));
    }

    /// <summary>RFC 6238 with SHA-1, 30 seconds and 6 digits, over the real clock: Identity reads no other.</summary>
    internal static string Totp(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2)).ToArray();
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // RFC 6238 is defined over HMAC-SHA-1, and authenticators know little else.
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("value=\"[^\"]*\"|autofocus")]
    private static partial Regex Varying();

    [GeneratedRegex("<p class=\"key\"><code>([A-Z2-7 ]+)</code>")]
    internal static partial Regex Key();

    [GeneratedRegex("<li><code>([^<]+)</code>")]
    internal static partial Regex Code();
}
