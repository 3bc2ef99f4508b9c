using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cordon.Casework.Members;
using Cordon.Casework.Registers;
using Cordon.Tests.Screening;

namespace Cordon.Tests.Api;

/// <summary>A server with three small rules.</summary>
public sealed class ScreenHost : IAsyncLifetime
{
    public ApiHost Host { get; } = new() { Rulebook = SmallRules.File };

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

public sealed class ScreenTests(ScreenHost screen) : IClassFixture<ScreenHost>
{
    private readonly ApiHost host = screen.Host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_signal_gets_its_verdict_in_the_same_call_and_a_repeat_the_same_again()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        var passed = await OneAsync(key, "transfer", Transfer("pass-1", "12.00"));
        Assert.Equal(("pass-1", "allow", false, false), (Text(passed, "id"), Text(passed, "action"), passed.GetProperty("repeat").GetBoolean(), passed.GetProperty("degraded").GetBoolean()));
        Assert.Equal((SmallRules.Compiled.Hash, 0), (Text(passed, "rulebook"), passed.GetProperty("reasons").GetArrayLength()));
        var held = await OneAsync(key, "transfer", Transfer("hold-1", "60000.00"));
        Assert.Equal(("hold", "2026-03-03T07:00:00Z"), (Text(held, "action"), Text(held, "holdUntil")));
        Assert.Equal(("transfer.large", "60,000.00 CNY is a large sum"), (Text(held.GetProperty("reasons")[0], "code"), Text(held.GetProperty("reasons")[0], "text")));
        var again = await OneAsync(key, "transfer", Transfer("hold-1", "60000.00"));
        Assert.True(again.GetProperty("repeat").GetBoolean());
        Assert.Equal((Text(held, "action"), held.GetProperty("sequence").GetInt64()), (Text(again, "action"), again.GetProperty("sequence").GetInt64()));
    }

    [Theory]
    [InlineData("zh-CN", "60,000.00 CNY 为大额")]
    [InlineData("zh;q=0.4, en;q=0.9", "60,000.00 CNY is a large sum")]
    [InlineData("en;q=0.1, zh-Hans;q=0.8", "60,000.00 CNY 为大额")]
    [InlineData("fr", "60,000.00 CNY is a large sum")]
    public async Task Reasons_are_told_in_the_readers_language(string accept, string text)
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        key.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accept);
        var held = await OneAsync(key, "transfer", Transfer("language-" + accept.Length, "60000.00"));
        Assert.Equal(text, Text(held.GetProperty("reasons")[0], "text"));
    }

    [Fact]
    public async Task An_explanation_shows_a_member_its_own_facts_and_the_operator_all()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        using var office = host.Client(ApiHost.OperatorToken);
        for (var i = 1; i < 3; i++) await OneAsync(key, "call", Call($"cold-{i}", i));
        var told = await OneAsync(key, "call?explain=true", Call("cold-3", 3));
        Assert.Equal(("block", "+8613900000001 called … people within a day"), (Text(told, "action"), Text(told.GetProperty("reasons")[0], "text")));
        var rule = told.GetProperty("explanation")[0];
        Assert.Equal("hidden", Text(rule.GetProperty("values")[0], "value"));
        var whole = (await OneAsync(office, "call?explain=true", Call("cold-3", 3))).GetProperty("explanation")[0];
        Assert.Equal(("callees_24h(call.caller)", "3"), (Text(whole.GetProperty("values")[0], "text"), Text(whole.GetProperty("values")[0], "value")));
        var change = whole.GetProperty("otherwise")[0];
        Assert.Equal(("callees_24h(call.caller)", "3", "<=", "2"), (Text(change, "text"), Text(change, "was"), Text(change, "comparison"), Text(change, "bound")));
    }

    [Theory]
    [InlineData("{not json", "", "not-json")]
    [InlineData("[]", "", "not-json")]
    [InlineData("", "", "not-json")]
    [InlineData("""{"id":"b1"}""", "member", "required")]
    [InlineData("""{"id":"b1","member":"bank-a","at":"2099-01-01T00:00:00Z","payer":"bank-a:10","amount":"1.00","currency":"CNY"}""", "at", "future")]
    [InlineData("""{"id":"b1","member":"bank-a","at":"2026-03-02T08:10:01Z","payer":"bank-a:10","amount":"1.00","currency":"CNY"}""", "at", "future")]
    [InlineData("""{"id":"b1","member":"bank-a","at":"2026-03-02T07:00:00Z","payer":"bank-a:10","amount":"abc","currency":"CNY"}""", "amount", "amount-not-a-number")]
    [InlineData("""{"id":"b1","member":"bank-a","at":"2026-03-02T07:00:00Z","payer":"bank-a:10","amount":1.5,"currency":"CNY"}""", "amount", "wrong-type")]
    [InlineData("""{"id":"b1","id":"b2","member":"bank-a","at":"2026-03-02T07:00:00Z","payer":"bank-a:10","amount":"1.00","currency":"CNY"}""", "id", "repeated-field")]
    [InlineData("""{"kind":"call","id":"b1","member":"bank-a"}""", "kind", "kind")]
    [InlineData("""{"a":[[[[[[[[[[1]]]]]]]]]]}""", "", "not-json")]
    public async Task A_bad_signal_is_a_problem_that_names_field_and_reason(string body, string field, string reason)
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        await BadAsync(key, new StringContent(body, Encoding.UTF8, "application/json"), HttpStatusCode.BadRequest, field, reason);
    }

    [Fact]
    public async Task Too_long_wrongly_encoded_contradicting_and_foreign_signals_are_problems_too()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        await BadAsync(key, ApiHost.Json(new string(' ', 17 * 1024)), HttpStatusCode.BadRequest, "", "line-too-long");
        var latin = new ByteArrayContent([.. "{\"id\":\""u8, 0xE9, .. "\"}"u8]);
        latin.Headers.ContentType = new("application/json");
        await BadAsync(key, latin, HttpStatusCode.BadRequest, "", "bad-encoding");
        await OneAsync(key, "transfer", Transfer("twice", "1.00"));
        await BadAsync(key, ApiHost.Json(Transfer("twice", "2.00")), HttpStatusCode.Conflict, "id", "conflict");
        await BadAsync(key, ApiHost.Json(Transfer("other", "2.00", "bank-b")), HttpStatusCode.Forbidden, "member", "member-not-yours");
        using var correction = await key.PostAsync("/api/v1/screen/transferCorrection", ApiHost.Json("{}"), Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "screen/not-screened"), (correction.StatusCode, Text(await correction.Content.ReadFromJsonAsync<JsonElement>(Cancel), "code")));
        using var unknown = await key.PostAsync("/api/v1/screen/transfers", ApiHost.Json("{}"), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("soon")]
    public async Task A_deadline_out_of_bounds_is_refused(string deadline)
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        key.DefaultRequestHeaders.Add("Cordon-Deadline-Ms", deadline);
        using var answer = await key.PostAsync("/api/v1/screen/transfer", ApiHost.Json(Transfer("d", "1.00")), Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "screen/bad-deadline"), (answer.StatusCode, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel), "code")));
    }

    [Fact]
    public async Task A_batch_of_mixed_kinds_answers_line_by_line_and_good_lines_count()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        var text = string.Join('\n',
            Kinded("transfer", Transfer("m-1", "60000.00")), "", "{not json", Kinded("webVisit", Visit("m-2", "www.scam.example")), Kinded("transfer", Transfer("m-3", "1.00", "bank-b")),
            Kinded("transfer", Transfer("m-1", "60000.00")), Kinded("transfer", Transfer("m-1", "7.00")), Transfer("m-4", "1.00"), Kinded("transfer", Transfer("m-5", "1.00")),
            """{"kind":"transferCorrection","id":"m-6","member":"bank-a","at":"2026-03-02T07:00:00Z","transfer":"m-5","reversed":true}""");
        using var answer = await key.PostAsync("/api/v1/screen", new StringContent(text, Encoding.UTF8, "application/x-ndjson"), Cancel);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(
            ["1 hold", "3 not-json", "4 warn", "5 member-not-yours", "6 hold", "7 conflict", "8 kind", "9 allow", "10 kind"],
            lines.Select(l => $"{l.GetProperty("line").GetInt32()} {(l.TryGetProperty("faults", out var faults) ? Text(faults[0], "reason") : Text(l, "action"))}"));
        Assert.True(lines[4].GetProperty("repeat").GetBoolean());
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_on_the_short_way_too()
    {
        var token = await host.TokenAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        using var key = host.Client(token);
        await OneAsync(key, "transfer", Transfer("revoked-1", "1.00"));
        await OneAsync(key, "transfer", Transfer("revoked-2", "1.00"));
        var made = (await host.Get<ApiKeyRegister>().ListAsync(ApiHost.BankA)).Single(k => token.Contains(k.Handle, StringComparison.Ordinal));
        await host.Get<ApiKeyRegister>().RevokeAsync(Casework.Actor.System("test"), ApiHost.BankA, made.Id, Cancel);
        using var refused = await key.PostAsync("/api/v1/screen/transfer", ApiHost.Json(Transfer("revoked-3", "1.00")), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task The_short_way_takes_no_page_of_another_site_no_other_scope_and_keeps_the_headers()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        await OneAsync(key, "transfer", Transfer("guard-1", "1.00"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/screen/transfer") { Content = ApiHost.Json(Transfer("guard-2", "1.00")) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var foreign = await key.SendAsync(request, Cancel);
        Assert.Equal("request/cross-site", Text(await foreign.Content.ReadFromJsonAsync<JsonElement>(Cancel), "code"));
        using var other = await host.KeyAsync(ApiHost.BankA, KeyScopes.OrdersRead);
        for (var i = 0; i < 2; i++)
        {
            using var forbidden = await other.PostAsync("/api/v1/screen/transfer", ApiHost.Json(Transfer("guard-3", "1.00")), Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        }
        using var answer = await key.PostAsync("/api/v1/screen/transfer", ApiHost.Json(Transfer("guard-4", "1.00")), Cancel);
        foreach (var header in (string[])["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy"])
            Assert.True(answer.Headers.Contains(header), header);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Emergency_numbers_are_read_as_people_dial_them()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        var call = """{"id":"help-1","member":"bank-a","at":"2026-03-02T07:00:00Z","caller":"+8613900000009","callee":"110"}""";
        Assert.Equal("allow", Text(await OneAsync(key, "call", call), "action"));
    }

    [Fact]
    public async Task The_health_of_screening_tells_what_was_answered()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        await OneAsync(key, "transfer", Transfer("health-1", "1.00"));
        var health = await key.GetFromJsonAsync<JsonElement>("/api/v1/screen/health", Cancel);
        Assert.Equal((0, "working"), (health.GetProperty("waiting").GetInt32(), Text(health, "journal")));
        Assert.NotEqual(0, health.GetProperty("answered").GetInt64());
        Assert.Equal(["webVisit", "message", "call", "subscription", "accountOpening", "transfer"], health.GetProperty("kinds").EnumerateArray().Select(k => Text(k, "kind")));
    }

    [Fact]
    public async Task Verdicts_are_kept_searched_and_explained_to_those_who_may_see_them()
    {
        using var a = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite, KeyScopes.VerdictsRead);
        using var b = await host.KeyAsync(ApiHost.BankB, KeyScopes.SignalsWrite, KeyScopes.VerdictsRead);
        for (var i = 1; i <= 4; i++) await OneAsync(a, "call", Call($"kept-{i}", i, "+8613900000077"));
        await OneAsync(b, "transfer", Transfer("kept-b", "70000.00", "bank-b"));
        while (await host.Get<JournalFollower>().StepAsync(Cancel) > 0)
        {
            // Until casework is where the journal is.
        }
        var officer = await host.PersonAsync(Roles.DutyOfficer);
        var found = await ListAsync(officer, "identifier=%2B8613900000077");
        Assert.Equal(["kept-4", "kept-3"], found.Select(v => Text(v, "id")));
        Assert.Equal(["kept-4"], (await ListAsync(officer, "identifier=%2B8613900000077&limit=1")).Select(v => Text(v, "id")));
        Assert.Equal(["kept-b"], (await ListAsync(officer, "reason=transfer.large&member=bank-b")).Select(v => Text(v, "id")));
        Assert.Empty(await ListAsync(officer, "identifier=%2B8613900000077&action=hold"));
        Assert.Empty(await ListAsync(officer, "identifier=%2B8613900000077&from=2026-03-02T07:00:01Z"));
        Assert.Empty(await ListAsync(b, "identifier=%2B8613900000077"));
        Assert.Equal(2, (await ListAsync(a, "identifier=%2B8613900000077&kind=call&to=2026-03-02T07:00:01Z")).Count);
        using var bad = await officer.GetAsync("/api/v1/verdicts?kind=calls", Cancel);
        Assert.Equal("verdict/bad-filter", Text(await bad.Content.ReadFromJsonAsync<JsonElement>(Cancel), "code"));

        var sequence = found[0].GetProperty("sequence").GetInt64();
        var whole = await officer.GetFromJsonAsync<JsonElement>($"/api/v1/verdicts/{sequence}", Cancel);
        Assert.Equal("+8613900000077", Text(whole.GetProperty("signal"), "caller"));
        Assert.Equal(("+8613900000077 called 4 people within a day", "4"), (Text(whole.GetProperty("rules")[0], "en"), Text(whole.GetProperty("rules")[0].GetProperty("values")[0], "value")));
        var own = await a.GetFromJsonAsync<JsonElement>($"/api/v1/verdicts/{sequence}", Cancel);
        Assert.DoesNotContain("\"4\"", own.GetProperty("rules").GetRawText(), StringComparison.Ordinal);
        using var others = await b.GetAsync($"/api/v1/verdicts/{sequence}", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);

        var behind = (await officer.GetFromJsonAsync<JsonElement>($"/api/v1/verdicts/{sequence}/signals", Cancel))[0];
        Assert.Equal(("callees_24h(call.caller)", "4", false), (Text(behind, "window"), Text(behind, "value"), behind.GetProperty("cut").GetBoolean()));
        Assert.Equal(["kept-4", "kept-3", "kept-2", "kept-1"], behind.GetProperty("signals").EnumerateArray().Select(s => Text(s, "id")));
        using var hidden = await b.GetAsync($"/api/v1/verdicts/{sequence}/signals", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task A_batch_of_signals_refuses_the_future_too()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        var text = Transfer("future-1", "1.00").Replace("2026-03-02T07:00:00Z", "2099-01-01T00:00:00Z", StringComparison.Ordinal) + "\n" + Transfer("future-2", "1.00");
        using var answer = await key.PostAsync("/api/v1/signals/transfer", new StringContent(text, Encoding.UTF8, "application/x-ndjson"), Cancel);
        var batch = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((1, "future"), (batch.GetProperty("accepted").GetInt32(), Text(batch.GetProperty("faults")[0], "reason")));
    }

    private static async Task<List<JsonElement>> ListAsync(HttpClient client, string query) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/api/v1/verdicts?{query}", Cancel)).GetProperty("items").EnumerateArray()];

    private static async Task BadAsync(HttpClient client, HttpContent body, HttpStatusCode status, string field, string reason)
    {
        using var answer = await client.PostAsync("/api/v1/screen/transfer", body, Cancel);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal((field, reason, "signal/" + reason), (Text(problem, "field"), Text(problem, "reason"), Text(problem, "code")));
    }

    private static async Task<JsonElement> OneAsync(HttpClient client, string kind, string signal)
    {
        using var answer = await client.PostAsync($"/api/v1/screen/{kind}", ApiHost.Json(signal), Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static string Kinded(string kind, string signal) => $$"""{"kind":"{{kind}}",{{signal[1..]}}""";

    private static string Transfer(string id, string amount, string member = "bank-a") =>
        $$"""{"id":"{{id}}","member":"{{member}}","at":"2026-03-02T07:00:00Z","payer":"{{member}}:10","payee":"{{member}}:11","amount":"{{amount}}","currency":"CNY","means":"account"}""";

    private static string Call(string id, int callee, string caller = "+8613900000001") =>
        $$"""{"id":"{{id}}","member":"bank-a","at":"2026-03-02T07:00:00Z","caller":"{{caller}}","callee":"+861380000000{{callee}}"}""";

    private static string Visit(string id, string domain) =>
        $$"""{"id":"{{id}}","member":"bank-a","at":"2026-03-02T07:00:00Z","line":"+8613900000001","domain":"{{domain}}"}""";
}
