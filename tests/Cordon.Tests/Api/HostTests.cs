using System.Net;
using Cordon.Casework.Members;
using Cordon.Gateways.Intake;
using Cordon.Hosting;

namespace Cordon.Tests.Api;

public sealed class HostTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/api/v1/orders")]
    [InlineData("/access.css")]
    public async Task Every_answer_carries_the_headers_that_bind_a_browser(string path)
    {
        using var client = host.Client();
        using var answer = await client.GetAsync(path, Cancel);
        Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "http://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    public async Task A_page_of_another_site_changes_nothing(string header, string value, HttpStatusCode status)
    {
        var administrator = await host.PersonAsync(Roles.Administrator);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/members") { Content = ApiHost.Json("{}") };
        request.Headers.Add(header, value);
        using var answer = await administrator.SendAsync(request, Cancel);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_not_this_machines_is_not_answered()
    {
        using var client = host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = "rebound.example";
        using var answer = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_console_is_served_to_a_person()
    {
        var officer = await host.PersonAsync(Roles.DutyOfficer);
        var page = await officer.GetStringAsync("/", Cancel);
        Assert.Contains("blazor.web.js", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/_framework/blazor.web.js", Cancel)).StatusCode);
    }

    [Fact]
    public void Options_that_contradict_themselves_are_told()
    {
        var good = host.Options();
        Assert.Null(good.Fault());
        var open = good with { Address = new Uri("http://0.0.0.0:80") };
        Assert.NotNull(open.Fault());
        Assert.Null((open with { BehindProxy = true }).Fault());
        Assert.NotNull((open with { BehindProxy = true, Demo = true }).Fault());
        Assert.NotNull((good with { KeyFolder = Path.Combine(good.DataFolder, "keys") }).Fault());
        Assert.NotNull((good with { Door = new Door(TokenKeys.Demo) }).Fault());
        Assert.Null((good with { Door = new Door(TokenKeys.Demo), Demo = true }).Fault());
        Assert.NotNull((good with { Address = new Uri("https://127.0.0.1") }).Fault());
        Assert.Throws<ArgumentException>(() => CordonHost.Build(open));
    }
}
