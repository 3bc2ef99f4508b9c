using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cordon.Casework.Members;

namespace Cordon.Tests.Api;

/// <summary>Conferences over the API, and a plan of objectives by its year alone.</summary>
public sealed class ConferencesApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supervisor_convenes_opens_and_closes_and_has_the_minutes()
    {
        var supervisor = await host.PersonAsync(Roles.Supervisor);
        const string form = """{"title":"Nights","sitsAt":"2026-03-02T08:00:00Z","place":"Hall 3","participants":["bank-a","bank-b"]}""";
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "conference/too-soon"), await RefusedAsync(supervisor, "/api/v1/conferences", form));
        var convened = await SendAsync(supervisor, "/api/v1/conferences", form.Replace("\"place\"", "\"urgent\":\"Losses doubled.\",\"place\"", StringComparison.Ordinal));
        var path = $"/api/v1/conferences/{convened.GetProperty("id").GetGuid()}";
        Assert.Equal(("convened", "Losses doubled."), (Text(convened, "state"), Text(convened, "urgent")));
        var added = await SendAsync(supervisor, path + "/items", """{"text":"Who acknowledges at night?"}""");
        var item = added.GetProperty("items").EnumerateArray().Last().GetProperty("number").GetInt32();
        Assert.Equal((HttpStatusCode.Conflict, "conference/not-open"), await RefusedAsync(supervisor, $"{path}/items/{item}/resolution", """{"text":"The duty desk."}"""));
        Assert.Equal((HttpStatusCode.Forbidden, "conference/not-asked"), await RefusedAsync(supervisor, $"{path}/items/{item}/positions", """{"text":"We do."}"""));
        Assert.Equal("open", Text(await SendAsync(supervisor, path + "/open", """{"present":["bank-a","bank-b"]}"""), "state"));
        await SendAsync(supervisor, $"{path}/items/{item}/resolution", """{"text":"The duty desk."}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "conference/no-quorum"), await RefusedAsync(supervisor, $"{path}/items/{item}/decide", "{}"));
        Assert.Equal("closed", Text(await SendAsync(supervisor, path + "/close", "{}"), "state"));
        using var minutes = await supervisor.GetAsync(path + "/minutes", Cancel);
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (minutes.StatusCode, minutes.Content.Headers.ContentType!.MediaType));

        // A bank that is asked finds it by its key; the regulator sees all; nobody outside is told that it is there.
        using var asked = await host.KeyAsync(ApiHost.BankB, KeyScopes.FindingsRead);
        Assert.Single((await asked.GetFromJsonAsync<JsonElement>("/api/v1/conferences", Cancel)).GetProperty("items").EnumerateArray());
        using var unknown = await supervisor.GetAsync($"/api/v1/conferences/{Guid.Empty}", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_plan_is_drafted_of_the_packs_own_by_its_year_alone()
    {
        var supervisor = await host.PersonAsync(Roles.Supervisor);
        Assert.Equal("draft", Text(await SendAsync(supervisor, "/api/v1/objectives", """{"year":2027}"""), "state"));
        Assert.Equal(HttpStatusCode.BadRequest, (await RefusedAsync(supervisor, "/api/v1/objectives", "{}")).Status);
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string path, string body)
    {
        using var answer = await client.PostAsync(path, ApiHost.Json(body), Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static async Task<(HttpStatusCode Status, string Code)> RefusedAsync(HttpClient client, string path, string body)
    {
        using var answer = await client.PostAsync(path, ApiHost.Json(body), Cancel);
        return (answer.StatusCode, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel), "code"));
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
