using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cordon.Casework.Members;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Tests.Api;

/// <summary>Indicators over the API, from a member's word to the verdict and back.</summary>
public sealed class IndicatorsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Number = "+8617012340011";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_member_gives_and_a_second_person_confirms_decides_the_next_call_until_it_is_recalled()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.IndicatorsRead, KeyScopes.IndicatorsWrite, KeyScopes.SignalsWrite);
        var officer = await host.PersonAsync(Roles.DutyOfficer);
        Assert.Equal("allow", await ScreenAsync(key, "before"));
        var given = await SendAsync(key, "/api/v1/indicators", $$"""{"kind":"number","value":"{{Number}}","confidence":85,"tlp":"amberStrict","reason":"Called three victims."}""");
        var id = given.GetProperty("id").GetGuid();
        Assert.Equal(("proposed", "member", "bank-a"), (Text(given, "state"), Text(given, "origin"), Text(given, "giver")));
        await SendAsync(officer, $"/api/v1/indicators/{id}/confirm", "{}");
        await ListedAsync(true);
        Assert.Equal("block", await ScreenAsync(key, "listed"));
        // Banks cannot act on a number; who gave it sees it all the same, and is not told of it by the feed.
        var feed = await key.GetFromJsonAsync<JsonElement>("/api/v1/indicators/feed", Cancel);
        Assert.Equal((0, 1), (feed.GetProperty("items").GetArrayLength(), feed.GetProperty("next").GetInt32()));
        Assert.Equal(Number, Text((await key.GetFromJsonAsync<JsonElement>($"/api/v1/indicators/{id}", Cancel)).GetProperty("indicator"), "value"));
        Assert.Empty((await SendAsync(key, "/api/v1/indicators/receipts", """{"upTo":1}""")).GetProperty("owed").EnumerateArray());
        var recalled = await SendAsync(officer, $"/api/v1/indicators/{id}/recall", """{"reason":"A clinic."}""");
        Assert.Equal(("recalled", false, 2), (Text(recalled, "state"), recalled.GetProperty("use").GetBoolean(), recalled.GetProperty("feed").GetInt32()));
        await ListedAsync(false);
        Assert.Equal("allow", await ScreenAsync(key, "after"));
    }

    [Theory]
    [InlineData("""{"kind":"number","value":"+86120","confidence":85,"tlp":"green","reason":" "}""", "indicator/no-reason", HttpStatusCode.BadRequest)]
    [InlineData("""{"kind":"domain","value":"Not A Domain","confidence":85,"tlp":"green","reason":"x"}""", "indicator/bad-value", HttpStatusCode.BadRequest)]
    [InlineData("""{"kind":"number","value":"+8617012340012","confidence":1000,"tlp":"green","reason":"x"}""", "indicator/bad-confidence", HttpStatusCode.BadRequest)]
    public async Task A_bad_proposal_is_told_by_name(string body, string code, HttpStatusCode status)
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.IndicatorsWrite);
        using var answer = await key.PostAsync("/api/v1/indicators", ApiHost.Json(body), Cancel);
        Assert.Equal((status, code), (answer.StatusCode, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel), "code")));
    }

    private async Task ListedAsync(bool listed)
    {
        Assert.True(PhoneNumber.TryParse(Number, out var number));
        var engine = host.Get<JournaledEngine>();
        for (var at = engine.Sequence; engine.Read(e => e.Known.Lists.Has(ListName.FraudNumbers, number)) != listed; at = engine.Sequence) await engine.WaitForAsync(at, Cancel);
    }

    private static async Task<string> ScreenAsync(HttpClient client, string id) => Text(
        await SendAsync(client, "/api/v1/screen/call", $$"""{"id":"{{id}}","member":"bank-a","at":"2026-03-02T07:59:00Z","caller":"{{Number}}","callee":"+8613800000001","origin":"domestic"}"""), "action");

    private static async Task<JsonElement> SendAsync(HttpClient client, string path, string body)
    {
        using var answer = await client.PostAsync(path, ApiHost.Json(body), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
