using System.Net;
using System.Text;
using Cordon.Casework;
using Cordon.Casework.Members;

namespace Cordon.Tests.Api;

public sealed class ApiKeyTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly Actor Office = Actor.System("test");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revoked_key_is_refused_from_the_next_request_on()
    {
        var keys = host.Get<ApiKeyRegister>();
        var made = (await keys.CreateAsync(Office, ApiHost.BankA, "core", [KeyScopes.OrdersRead], Cancel)).Value;
        using var client = host.Client(made.Token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/orders", Cancel)).StatusCode);
        Assert.Equal("key/not-found", (await keys.RevokeAsync(Office, ApiHost.BankB, made.Key.Id, Cancel)).Refusal?.Code);
        Assert.True((await keys.RevokeAsync(Office, ApiHost.BankA, made.Key.Id, Cancel)).Succeeded);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/orders", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Only_the_exact_token_is_taken()
    {
        var token = await host.TokenAsync(ApiHost.BankA, KeyScopes.OrdersRead);
        var last = token[^1] == 'A' ? 'B' : 'A';
        foreach (var wrong in (string[])[token[..^1], token[..^1] + last, token + "A", token.ToUpperInvariant(), "ck__", "ck", "x" + token, new string('a', 500)])
        {
            using var client = host.Client(wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/orders", Cancel)).StatusCode);
        }
        using var right = host.Client(token);
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync("/api/v1/orders", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_key_is_not_helped_by_a_good_cookie()
    {
        var person = await host.PersonAsync(Roles.DutyOfficer);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/cases");
        request.Headers.Add("Authorization", "Bearer ck_wrong");
        using var answer = await person.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_secret_is_nowhere_on_the_disk()
    {
        var token = await host.TokenAsync(ApiHost.BankA, KeyScopes.OrdersRead);
        using var client = host.Client(token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/orders", Cancel)).StatusCode);
        var secret = Encoding.UTF8.GetBytes(token.Split('_', 3)[2]);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(host.DataFolder)!, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Cancel);
            Assert.True(copy.ToArray().AsSpan().IndexOf(secret) < 0, file);
        }
    }

    [Fact]
    public async Task The_hour_of_the_last_use_is_kept()
    {
        var made = (await host.Get<ApiKeyRegister>().CreateAsync(Office, ApiHost.BankB, "core", [KeyScopes.OrdersRead], Cancel)).Value;
        using var client = host.Client(made.Token);
        await client.GetAsync("/api/v1/orders", Cancel);
        var first = await LastUsedAsync();
        Assert.NotNull(first);
        host.PutClockOn(TimeSpan.FromMinutes(30));
        await client.GetAsync("/api/v1/orders", Cancel);
        Assert.Equal(first, await LastUsedAsync());
        host.PutClockOn(TimeSpan.FromMinutes(31));
        await client.GetAsync("/api/v1/orders", Cancel);
        Assert.NotEqual(first, await LastUsedAsync());

        async Task<Engine.Signals.Instant?> LastUsedAsync() => (await host.Get<ApiKeyRegister>().ListAsync(ApiHost.BankB)).Single(k => k.Id == made.Key.Id).LastUsedAt;
    }
}
