using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cordon.Casework.Members;
using Cordon.Casework.Rulebooks.Shadow;
using Cordon.Engine.Screening;
using Cordon.Journal;
using Cordon.Tests.Rulebooks;

namespace Cordon.Tests.Api;

/// <summary>The release of a rulebook and the lists, over HTTP against a whole server.</summary>
public sealed class RulebooksTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rulebook_is_released_and_taken_back_over_http()
    {
        var (author, chief) = (await host.PersonAsync(Roles.RuleAuthor), await host.PersonAsync(Roles.Supervisor));
        var shipped = (await GetAsync(author, "rulebooks/active")).GetProperty("judging").GetString();
        var id = await ReleaseAsync(author, chief);

        var standing = await GetAsync(author, "rulebooks/active");
        var hash = standing.GetProperty("active").GetProperty("hash").GetString()!;
        await JudgingAsync(author, hash);
        Assert.Equal(shipped, standing.GetProperty("previous").GetProperty("hash").GetString());
        var diff = await GetAsync(author, $"rulebooks/diff?from={shipped}&to={hash}");
        Assert.Contains(diff.GetProperty("changes").EnumerateArray(), c => c.GetProperty("id").GetString() == "call.many-callees" && c.GetProperty("change").GetString() == "added");

        var keyless = await chief.PostAsJsonAsync("/api/v1/rulebooks/roll-back", new { reason = "it stops hospitals" }, Cancel);
        Assert.Equal("idempotency/key-missing", await CodeAsync(keyless));
        var back = await PostAsync(chief, "rulebooks/roll-back", new { reason = "it stops hospitals" }, "back-1");
        Assert.Equal(shipped, back.GetProperty("hash").GetString());
        var again = await PostAsync(chief, "rulebooks/roll-back", new { reason = "it stops hospitals" }, "back-1");
        Assert.Equal(back.GetProperty("version").GetInt32(), again.GetProperty("version").GetInt32());
        await JudgingAsync(author, shipped!);
        var confirmed = await PostAsync(author, $"rulebooks/{back.GetProperty("id").GetString()}/confirm", new { });
        Assert.NotNull(confirmed.GetProperty("confirmedBy").GetString());
        Assert.Equal("superseded", (await GetAsync(author, $"rulebooks/{id}")).GetProperty("state").GetString());
        var steps = (await GetAsync(author, $"rulebooks/{id}/history")).GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("event").GetString());
        Assert.Equal("rulebook.superseded", steps.Last());
    }

    [Fact]
    public async Task Files_are_tried_with_every_fault_at_its_place_and_nothing_is_stored()
    {
        var author = await host.PersonAsync(Roles.RuleAuthor);
        var text = SmallRulebook.File().Text.Replace("call.caller) > 3", "call.calller) > 3", StringComparison.Ordinal);
        var trial = await PostAsync(author, "rulebooks/try", new { files = new[] { new { name = "rules.yaml", text } } });
        var fault = Assert.Single(trial.GetProperty("faults").EnumerateArray());
        Assert.Equal(("rules.yaml", 9, "caller"), (fault.GetProperty("file").GetString(), fault.GetProperty("line").GetInt32(), fault.GetProperty("suggestion").GetString()));
        Assert.True(fault.GetProperty("column").GetInt32() > 10);
        var good = await PostAsync(author, "rulebooks/try", new { files = new[] { new { name = "rules.yaml", text = SmallRulebook.File().Text } } });
        Assert.All(good.GetProperty("examples").EnumerateArray(), e => Assert.True(e.GetProperty("passed").GetBoolean()));
        var unknown = await author.PostAsJsonAsync("/api/v1/rulebooks/try", new { files = Array.Empty<object>(), rules = 3 }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task An_entry_is_put_on_a_list_and_screening_knows()
    {
        var (author, chief) = (await host.PersonAsync(Roles.RuleAuthor), await host.PersonAsync(Roles.Supervisor));
        var until = host.Time.GetUtcNow().AddDays(30);
        var put = await PostAsync(author, "lists/fraudNumbers", new { entry = "+8613812340000", owner = "joint office", reason = "case 1", until });
        await KnowsAsync(present: true);
        Assert.Single((await GetAsync(author, "lists/fraudNumbers?text=%2B8613812")).GetProperty("items").EnumerateArray());
        await PostAsync(chief, $"lists/entries/{put.GetProperty("id").GetString()}/take-off", new { reason = "a mistake" });
        await KnowsAsync(present: false);
        using var unknown = await author.GetAsync("/api/v1/lists/friends", Cancel);
        Assert.Equal("list/unknown-list", await CodeAsync(unknown));
        using var forbidden = await author.PostAsJsonAsync("/api/v1/lists/neverBlockNumbers", new { entry = "+86120", owner = "o", reason = "r" }, Cancel);
        Assert.Equal((HttpStatusCode.Forbidden, "list/supervisor-only"), (forbidden.StatusCode, await CodeAsync(forbidden)));

        async Task KnowsAsync(bool present)
        {
            var engine = host.Get<JournaledEngine>();
            for (var at = engine.Sequence; ; at = engine.Sequence)
            {
                if (engine.Read(e => e.Known.Lists.Has(ListName.FraudNumbers, SmallRulebook.Phone("+8613812340000"), Engine.Signals.Instant.From(host.Time.GetUtcNow()))) == present) return;
                await engine.WaitForAsync(at, Cancel);
            }
        }
    }

    private async Task<string> ReleaseAsync(HttpClient author, HttpClient chief)
    {
        var begun = await PostAsync(author, "rulebooks", new { purpose = "Fewer callees", from = "files", files = new[] { new { name = "rules.yaml", text = SmallRulebook.File(9).Text } } }, "begin-1");
        var id = begun.GetProperty("id").GetString()!;
        using (var put = await author.PutAsJsonAsync(
            $"/api/v1/rulebooks/{id}/files", new { version = begun.GetProperty("version").GetInt32(), files = new[] { new { name = "rules.yaml", text = SmallRulebook.File().Text } } }, Cancel))
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using (var stale = await author.PutAsJsonAsync($"/api/v1/rulebooks/{id}/files", new { version = 1, files = new[] { new { name = "rules.yaml", text = "x" } } }, Cancel))
            Assert.Equal((HttpStatusCode.Conflict, "rulebook/changed-meanwhile"), (stale.StatusCode, await CodeAsync(stale)));
        Assert.NotEmpty((await PostAsync(author, $"rulebooks/{id}/check", new { })).GetProperty("hash").GetString()!);
        var run = (await PostAsync(author, $"rulebooks/{id}/backtests", new { }, "run-1")).GetProperty("id").GetString();
        await EndedAsync(author, run!);
        await PostAsync(author, $"rulebooks/{id}/attach", new { backtest = run });
        await PostAsync(author, $"rulebooks/{id}/shadow", new { });
        await host.Get<JournaledEngine>().SubmitAsync([.. SmallRulebook.Calls("+8613822220001", 5)], Cancel);
        var follower = host.Get<ShadowFollower>();
        while (await follower.StepAsync(Cancel) > 0)
        {
            // Beside the program's own watch; both take turns.
        }
        Assert.Equal(5, (await GetAsync(author, $"rulebooks/{id}/shadow")).GetProperty("found").GetProperty("judged").GetInt32());
        using (var own = await author.PostAsJsonAsync($"/api/v1/rulebooks/{id}/approve", new { note = "mine" }, Cancel))
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "rulebook/own-work"), (own.StatusCode, await CodeAsync(own)));
        host.Time.Advance(TimeSpan.FromHours(1));
        await PostAsync(chief, $"rulebooks/{id}/approve", new { note = "looked at it" });
        Assert.Equal("active", (await PostAsync(author, $"rulebooks/{id}/activate", new { reason = "now" })).GetProperty("state").GetString());
        return id;
    }

    /// <summary>Asks until a backtest has ended, as a program would; the journal here has a handful of records.</summary>
    private static async Task EndedAsync(HttpClient author, string run)
    {
        while ((await GetAsync(author, $"backtests/{run}")).GetProperty("state").GetString() == "running") await Task.Yield();
        Assert.Equal("done", (await GetAsync(author, $"backtests/{run}")).GetProperty("state").GetString());
    }

    private async Task JudgingAsync(HttpClient caller, string hash)
    {
        var engine = host.Get<JournaledEngine>();
        for (var at = engine.Sequence; engine.Read(e => e.Rulebook.Hash) != hash; at = engine.Sequence) await engine.WaitForAsync(at, Cancel);
        Assert.Equal(hash, (await GetAsync(caller, "rulebooks/active")).GetProperty("judging").GetString());
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync("/api/v1/" + path, Cancel);
        return await ReadAsync(answer);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request, Cancel);
        return await ReadAsync(answer);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("code").GetString();
}
