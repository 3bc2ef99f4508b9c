using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cordon.Casework.Members;

namespace Cordon.Tests.Api;

public sealed class IdempotencyTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Basis = """{"legalBasis":"Notice 86 of 2016"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_does_nothing()
    {
        var order = await host.DraftAsync("bank-a:1");
        var police = await host.PersonAsync(Roles.PoliceOfficer);
        using var first = await SendAsync(police, $"/api/v1/orders/{order.Id}/issue", "k1", Basis);
        using var second = await SendAsync(police, $"/api/v1/orders/{order.Id}/issue", "k1", Basis);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await second.Content.ReadAsStringAsync(Cancel));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
    }

    [Fact]
    public async Task Refusals_are_repeated_too()
    {
        var police = await host.PersonAsync(Roles.PoliceOfficer);
        var order = await host.DraftAsync("bank-a:2");
        using var first = await SendAsync(police, $"/api/v1/orders/{order.Id}/issue", "k2", """{"legalBasis":""}""");
        using var second = await SendAsync(police, $"/api/v1/orders/{order.Id}/issue", "k2", """{"legalBasis":""}""");
        Assert.Equal("order/no-basis", await CodeAsync(second));
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType!.MediaType);
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        var order = await host.DraftAsync("bank-a:3");
        var police = await host.PersonAsync(Roles.PoliceOfficer);
        using var first = await SendAsync(police, $"/api/v1/orders/{order.Id}/issue", "k3", Basis);
        using var otherBody = await SendAsync(police, $"/api/v1/orders/{order.Id}/issue", "k3", """{"legalBasis":"Another"}""");
        using var otherPath = await SendAsync(police, $"/api/v1/orders/{order.Id}/release", "k3", Basis);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency/other-body"), (otherBody.StatusCode, await CodeAsync(otherBody)));
        Assert.Equal("idempotency/other-body", await CodeAsync(otherPath));
    }

    [Fact]
    public async Task Two_callers_may_use_the_same_key()
    {
        var order = await host.IssueAsync("bank-a:4");
        using var one = await host.KeyAsync(ApiHost.BankA, KeyScopes.OrdersWrite);
        using var two = await host.KeyAsync(ApiHost.BankB, KeyScopes.OrdersWrite);
        using var first = await SendAsync(two, $"/api/v1/orders/{order.Id}/acknowledge", "k4", "");
        using var second = await SendAsync(one, $"/api/v1/orders/{order.Id}/acknowledge", "k4", "");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_carried_out()
    {
        var administrator = await host.PersonAsync(Roles.Administrator);
        using var start = new Barrier(8);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait(Cancel);
            return SendAsync(administrator, "/api/v1/members/bank-b/keys", "k5", """{"name":"many","scopes":["orders:read"]}""");
        }, Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        foreach (var other in answers.Where(a => a.StatusCode != HttpStatusCode.OK))
            Assert.Contains(await CodeAsync(other), (string[])["idempotency/running", "idempotency/secret-not-kept", "storage/busy"]);
        Assert.Single(await host.Get<ApiKeyRegister>().ListAsync(ApiHost.BankB), k => k.Name == "many");
    }

    [Fact]
    public async Task A_secret_is_not_kept_for_a_repeat()
    {
        var administrator = await host.PersonAsync(Roles.Administrator);
        using var first = await SendAsync(administrator, "/api/v1/members/bank-a/keys", "k6", """{"name":"core","scopes":["orders:read"]}""");
        using var second = await SendAsync(administrator, "/api/v1/members/bank-a/keys", "k6", """{"name":"core","scopes":["orders:read"]}""");
        Assert.StartsWith("ck_", (await first.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("token").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, "idempotency/secret-not-kept"), (second.StatusCode, await CodeAsync(second)));
        using var without = await SendAsync(administrator, "/api/v1/members/bank-a/keys", null, """{"name":"core","scopes":["orders:read"]}""");
        Assert.Equal("idempotency/key-missing", await CodeAsync(without));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        var administrator = await host.PersonAsync(Roles.Administrator);
        using var answer = await SendAsync(administrator, "/api/v1/members/bank-a/keys", key, """{"name":"core","scopes":["orders:read"]}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string? key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body.Length > 0) request.Content = ApiHost.Json(body);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request, Cancel);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).TryGetProperty("code", out var code) ? code.GetString() : null;
}
