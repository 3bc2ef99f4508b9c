using System.Net;
using System.Text;
using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Tests.Api;

/// <summary>The door writes what happens at it, and seals the secrets of the second step.</summary>
public sealed class SignInLogTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Success_failure_lock_out_and_sign_out_are_events_and_tries_after_the_lock_are_none()
    {
        var id = await host.AddPersonAsync("lena", null, Roles.Auditor);
        using var browser = host.Browser();
        using (await ApiHost.SignInAsync(browser, "lena", ApiHost.Password)) { }
        using (await ApiHost.SendFormAsync(browser, "/sign-out", "/sign-out")) { }
        for (var i = 0; i < 8; i++)
            using (await ApiHost.SignInAsync(browser, "lena", "not the password")) { }
        using (await ApiHost.SignInAsync(browser, "nobody-of-that-name", "not the password")) { }
        string[] failures = [.. Enumerable.Repeat("person.sign-in-failed", 5)];
        Assert.Equal(["person.added", "person.signed-in", "person.signed-out", .. failures, "person.locked-out"], await EventsAsync(id));
        Assert.True((await host.Get<PeopleRegister>().SetPasswordAsync(Actor.System("test"), id, ApiHost.Password + "!", Cancel)).Succeeded);
        Assert.True((await host.Get<PeopleRegister>().SetRolesAsync(Actor.System("test"), id, [Roles.Supervisor], Cancel)).Succeeded);
        Assert.Equal(["person.password-set", "person.roles-set"], (await EventsAsync(id))[^2..]);
    }

    [Fact]
    public async Task The_secrets_of_the_second_step_stand_sealed_in_the_table_and_in_no_file()
    {
        var id = await host.AddPersonAsync("mona", null, Roles.Auditor);
        using var browser = host.Browser();
        using (await ApiHost.SignInAsync(browser, "mona", ApiHost.Password)) { }
        var key = SignInTests.Key().Match(await browser.GetStringAsync("/account/totp", Cancel)).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(32, key.Length);
        // A look at the page ends no session; the code is typed minutes later.
        host.Time.Advance(TimeSpan.FromMinutes(2));
        using var enabled = await ApiHost.SendFormAsync(browser, "/account/totp", "/account/totp", ("code", SignInTests.Totp(key)));
        Assert.Equal(HttpStatusCode.OK, enabled.StatusCode);
        var codes = SignInTests.Code().Matches(await enabled.Content.ReadAsStringAsync(Cancel)).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(10, codes.Count);
        var tokens = await host.Get<CaseworkStore>().ReadAsync(db => db.UserTokens.Where(t => t.UserId == id).ToListAsync(Cancel));
        Assert.Equal(["AuthenticatorKey", "RecoveryCodes"], tokens.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.All(tokens, t => Assert.StartsWith("CfDJ8", t.Value, StringComparison.Ordinal));
        await host.Get<CaseworkStore>().ReadAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", Cancel));
        using var file = new FileStream(Path.Combine(host.DataFolder, "cordon.db"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        Assert.True(bytes.AsSpan().IndexOf("mona"u8) > 0);
        Assert.DoesNotContain(codes.Append(key), secret => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);
        Assert.Equal("person.second-step-set", (await EventsAsync(id))[^1]);
        // Moved to another person, a sealed value opens nothing; and a password set anew leaves no secret behind.
        Assert.True((await host.Get<PeopleRegister>().SetPasswordAsync(Actor.System("test"), id, ApiHost.Password + "!", Cancel)).Succeeded);
        Assert.Equal(0, await host.Get<CaseworkStore>().ReadAsync(db => db.UserTokens.CountAsync(t => t.UserId == id, Cancel)));
    }

    [Fact]
    public async Task Wrong_recovery_codes_lock_a_person_out_too()
    {
        var id = await host.AddPersonAsync("nora", null, Roles.Auditor);
        using var browser = host.Browser();
        using (await ApiHost.SignInAsync(browser, "nora", ApiHost.Password)) { }
        var key = SignInTests.Key().Match(await browser.GetStringAsync("/account/totp", Cancel)).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        using (await ApiHost.SendFormAsync(browser, "/account/totp", "/account/totp", ("code", SignInTests.Totp(key)))) { }
        using var other = host.Browser();
        using (await ApiHost.SignInAsync(other, "nora", ApiHost.Password)) { }
        for (var i = 0; i < 6; i++)
        {
            using var wrong = await ApiHost.SendFormAsync(other, "/sign-in/code", "/sign-in/code", ("code", "AAAAA-BBBBB"));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }
        Assert.Equal(["person.sign-in-failed", "person.locked-out"], (await EventsAsync(id))[^2..]);
        Assert.Equal(5, (await EventsAsync(id)).Count(e => e == "person.sign-in-failed"));
    }

    private Task<List<string>> EventsAsync(Guid person) => host.Get<CaseworkStore>().ReadAsync(db =>
        db.Set<EventRow>().Where(e => e.Stream == $"person/{person}").OrderBy(e => e.Version).Select(e => e.Name).ToListAsync(Cancel));
}
