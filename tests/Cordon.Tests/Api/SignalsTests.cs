using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cordon.Casework.Members;
using Cordon.Gateways.Intake;

namespace Cordon.Tests.Api;

public sealed class SignalsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_is_taken_line_by_line_and_a_repeat_changes_nothing()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        var text = string.Join('\n', Transfer("bank-a", "1"), "", Transfer("bank-a", "2") + "\r", "{not json", Transfer("bank-b", "3"), Transfer("bank-a", "4"));
        var first = await SendAsync(key, text);
        Assert.Equal((5, 3, 0), (first.GetProperty("lines").GetInt32(), first.GetProperty("accepted").GetInt32(), first.GetProperty("repeats").GetInt32()));
        Assert.Equal([(4, "not-json"), (5, "member-not-yours")], Faults(first));
        var second = await SendAsync(key, text);
        Assert.Equal((0, 3), (second.GetProperty("accepted").GetInt32(), second.GetProperty("repeats").GetInt32()));
        Assert.Equal(first.GetProperty("sequence").GetInt64(), second.GetProperty("sequence").GetInt64());
        var changed = await SendAsync(key, Transfer("bank-a", "1", "2.00"));
        Assert.Equal([(1, "conflict")], Faults(changed));

        var officer = await host.PersonAsync(Roles.DutyOfficer);
        var trace = await officer.GetFromJsonAsync<JsonElement>("/api/v1/traces?member=bank-a&transfer=1", Cancel);
        Assert.Equal("1.00", trace.GetProperty("seeded").GetProperty("amount").GetString());
        var account = await officer.GetFromJsonAsync<JsonElement>("/api/v1/traces?account=bank-a:11&at=2026-03-01T00:00:00Z&amount=1.00&currency=CNY", Cancel);
        Assert.Equal("1.00", account.GetProperty("seeded").GetProperty("amount").GetString());
        using var unknown = await officer.GetAsync("/api/v1/traces?member=bank-a&transfer=none", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task The_operator_of_the_machine_may_send_every_members_signals()
    {
        using var client = host.Client(ApiHost.OperatorToken);
        var answer = await SendAsync(client, Transfer("bank-a", "op-1") + "\n" + Transfer("bank-b", "op-2"));
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task A_batch_of_more_than_five_thousand_lines_is_refused_whole()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        var text = string.Join('\n', Enumerable.Range(0, 5_001).Select(i => Transfer("bank-a", $"many-{i}")));
        using var answer = await key.PostAsync("/api/v1/signals/transfer", Content(text), Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "signal/too-many"), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()));
        var most = await SendAsync(key, text[..text.LastIndexOf('\n')]);
        Assert.Equal(5_000, most.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task A_line_without_end_is_one_fault_and_fills_no_memory()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        var text = new string('x', 3 * 1024 * 1024) + "\n" + Transfer("bank-a", "after") + "\n" + new string('y', Door.MaxLineBytes + 1);
        var answer = await SendAsync(key, text);
        Assert.Equal([(1, "line-too-long"), (3, "line-too-long")], Faults(answer));
        Assert.Equal((3, 1), (answer.GetProperty("lines").GetInt32(), answer.GetProperty("accepted").GetInt32()));
    }

    [Theory]
    [InlineData("transfers")]
    [InlineData("5")]
    [InlineData("Transfer")]
    public async Task A_kind_has_one_name(string kind)
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        using var answer = await key.PostAsync($"/api/v1/signals/{kind}", Content(Transfer("bank-a", "k")), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_report_opens_a_case_and_its_repeat_changes_nothing()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite, KeyScopes.ReportsWrite);
        await SendAsync(key, Transfer("bank-a", "stolen", "500.00"));
        const string Report = """
            {"id":"r1","reporter":{"name":"Wang"},"channel":"hotline","text":"They said they were the police.","suspects":{"phones":[],"accounts":["bank-a:11"],"domains":[]},
            "losses":[{"member":"bank-a","transferId":"stolen","amount":"500.00","currency":"CNY","at":"2026-03-02T07:00:00Z"}],"reportedAt":"2026-03-02T07:30:00Z"}
            """;
        var first = await ReportAsync(Report);
        var second = await ReportAsync(Report);
        Assert.False(first.GetProperty("repeat").GetBoolean());
        Assert.True(second.GetProperty("repeat").GetBoolean());
        Assert.Equal(first.GetProperty("case").GetGuid(), second.GetProperty("case").GetGuid());
        using var other = await key.PostAsync("/api/v1/reports", ApiHost.Json(Report.Replace("police", "bank", StringComparison.Ordinal)), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        using var unreadable = await key.PostAsync("/api/v1/reports", ApiHost.Json("{}"), Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "report/unreadable"), (unreadable.StatusCode, (await unreadable.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()));

        var officer = await host.PersonAsync(Roles.DutyOfficer);
        var found = await officer.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{first.GetProperty("case").GetGuid()}", Cancel);
        Assert.Equal(1, found.GetProperty("case").GetProperty("reports").GetInt32());
        Assert.Equal(50_000, found.GetProperty("case").GetProperty("losses").GetProperty("least").GetProperty("reported").GetInt64());
        using var followed = await officer.PostAsync($"/api/v1/cases/{first.GetProperty("case").GetGuid()}/follow", null, Cancel);
        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
        var stated = await officer.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{first.GetProperty("case").GetGuid()}/liability", Cancel);
        Assert.Equal(("findings", "500.00"), (stated.GetProperty("model").GetString(), stated.GetProperty("loss").GetProperty("amount").GetString()));
        Assert.Equal(stated.GetProperty("loss").ToString(), stated.GetProperty("unallocated").ToString());
        Assert.All(stated.GetProperty("sentences").EnumerateArray(), s => Assert.True(s.GetProperty("sources").GetArrayLength() + s.GetProperty("records").GetArrayLength() > 0));
        using var printed = await officer.GetAsync($"/api/v1/cases/{first.GetProperty("case").GetGuid()}/liability/pdf", Cancel);
        Assert.Equal(("application/pdf", HttpStatusCode.OK), (printed.Content.Headers.ContentType!.MediaType, printed.StatusCode));
        using var unknown = await officer.GetAsync($"/api/v1/cases/{Guid.Empty}/liability", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var list = await officer.GetFromJsonAsync<JsonElement>("/api/v1/cases?limit=1", Cancel);
        Assert.Equal(1, list.GetProperty("items").GetArrayLength());
        var situation = await officer.GetFromJsonAsync<JsonElement>("/api/v1/situation", Cancel);
        Assert.NotEqual(0, situation.GetProperty("reports").GetInt32());

        async Task<JsonElement> ReportAsync(string text)
        {
            using var answer = await key.PostAsync("/api/v1/reports", ApiHost.Json(text.ReplaceLineEndings("")), Cancel);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
            return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        }
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string text)
    {
        using var answer = await client.PostAsync("/api/v1/signals/transfer", Content(text), Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static IEnumerable<(int, string)> Faults(JsonElement answer) =>
        answer.GetProperty("faults").EnumerateArray().Select(f => (f.GetProperty("line").GetInt32(), f.GetProperty("reason").GetString()!));

    private static StringContent Content(string text) => new(text, Encoding.UTF8, "application/x-ndjson");

    private static string Transfer(string member, string id, string amount = "1.00") =>
        $$"""{"id":"{{id}}","member":"{{member}}","at":"2026-03-02T07:00:00Z","payer":"{{member}}:10","payee":"{{member}}:11","amount":"{{amount}}","currency":"CNY","means":"account"}""";
}
