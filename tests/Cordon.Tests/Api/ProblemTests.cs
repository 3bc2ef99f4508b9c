using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cordon.Api;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Casework.Members;
using Cordon.Gateways.Intake;
using Cordon.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cordon.Tests.Api;

public sealed class ProblemTests(ApiHost host) : IClassFixture<ApiHost>
{
    // A valid number by GB 11643 that belongs to nobody: region 110101, 1990-03-07.
    private const string IdentityNumber = "110101199003074477";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/v1/nothing", "", "", 404, "request/no-such-path")]
    [InlineData("DELETE", "/api/v1/orders", "", "", 405, "request/method")]
    [InlineData("POST", "/api/v1/members", "text/plain", "x", 415, "request/media-type")]
    [InlineData("POST", "/api/v1/members", "application/json", "{", 400, "request/bad")]
    [InlineData("POST", "/api/v1/members", "application/json", "[]", 400, "request/bad")]
    [InlineData("POST", "/api/v1/members", "application/json", """{"code":"x","nope":1}""", 400, "request/bad")]
    [InlineData("POST", "/api/v1/members", "application/json", """{"code":"x"}""", 400, "request/bad")]
    [InlineData("POST", "/api/v1/members", "application/json", """{"code":"no spaces","nameZh":"a","nameEn":"b","sector":"bank","region":"1","connected":true}""", 400, "request/bad")]
    [InlineData("POST", "/api/v1/members", "application/json", """{"code":"x","nameZh":null,"nameEn":"b","sector":"bank","region":"1","connected":true}""", 400, "request/bad")]
    [InlineData("POST", "/api/v1/members", "application/json", """{"code":"x","nameZh":"","nameEn":"b","sector":"bank","region":"1","connected":true}""", 400, "member/bad-name")]
    [InlineData("GET", "/api/v1/members/nobody/keys?x=1", "", "", 200, null)]
    [InlineData("DELETE", "/api/v1/members/nobody/keys/01900000-0000-7000-8000-000000000001", "", "", 404, "key/not-found")]
    public async Task Whatever_is_wrong_is_a_problem_with_a_code(string method, string path, string type, string body, int status, string? code)
    {
        var administrator = await host.PersonAsync(Roles.Administrator);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (type.Length > 0) request.Content = new StringContent(body, System.Text.Encoding.UTF8, type);
        using var answer = await administrator.SendAsync(request, Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
        if (code is null) return;
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        foreach (var name in (string[])["type", "title", "detail", "nextStep", "traceId"]) Assert.NotEmpty(problem.GetProperty(name).GetString()!);
        Assert.False(problem.GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        key.DefaultRequestHeaders.ExpectContinue = true;
        using var body = new ByteArrayContent(new byte[33 * 1024 * 1024]);
        body.Headers.ContentType = new("application/x-ndjson");
        using var answer = await key.PostAsync("/api/v1/signals/transfer", body, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("request/too-large", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(RefusalKind.Invalid, 400)]
    [InlineData(RefusalKind.Forbidden, 403)]
    [InlineData(RefusalKind.NotFound, 404)]
    [InlineData(RefusalKind.Conflict, 409)]
    [InlineData(RefusalKind.AgainstRule, 422)]
    [InlineData(RefusalKind.Busy, 503)]
    public void Every_sort_of_refusal_has_its_status(RefusalKind kind, int status) => Assert.Equal(status, Problem.StatusOf(kind));

    [Fact]
    public async Task What_is_busy_says_when_to_come_again()
    {
        var (context, body) = Context();
        await Problem.WriteAsync(context, new Refusal("a/b", RefusalKind.Busy, "Not now.", "Later."));
        Assert.Equal("1", context.Response.Headers.RetryAfter);
        Assert.True(Read(body).GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task A_fault_of_the_server_tells_nothing_of_itself()
    {
        var (context, body) = Context();
        Assert.True(await new FaultProblems(NullLogger<FaultProblems>.Instance).TryHandleAsync(context, new InvalidOperationException("secret inner state"), Cancel));
        Assert.Equal(500, context.Response.StatusCode);
        var text = Read(body).GetRawText();
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("server/fault", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_number_is_masked_in_problems_and_logs()
    {
        Assert.True(Masking.Finds(IdentityNumber), "the number of this test is not a valid one");
        var (context, body) = Context();
        await Problem.WriteAsync(context, new Refusal("a/b", RefusalKind.Invalid, $"'{IdentityNumber}' is no account.", "Send one."));
        Assert.DoesNotContain(IdentityNumber, Read(body).GetRawText(), StringComparison.Ordinal);

        using var text = new StringWriter();
        using var log = new ErrorLog(host.Time, new TextMask(Masking.Mask), text);
        log.CreateLogger("test").LogError(new InvalidOperationException($"about {IdentityNumber}"), "Row with {Number}", IdentityNumber);
        Assert.Contains("Row with", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(IdentityNumber, text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_name_that_is_an_identity_number_is_not_given_back()
    {
        var administrator = await host.PersonAsync(Roles.Administrator);
        using var answer = await administrator.PostAsync("/api/v1/members", ApiHost.Json($$"""{"{{IdentityNumber}}":1}"""), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(IdentityNumber, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static (DefaultHttpContext Context, MemoryStream Body) Context()
    {
        var body = new MemoryStream();
        var services = new ServiceCollection().AddSingleton(new TextMask(Masking.Mask)).BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Path = "/api/v1/x";
        context.Response.Body = body;
        return (context, body);
    }

    private static JsonElement Read(MemoryStream body) => JsonDocument.Parse(body.ToArray()).RootElement;
}
