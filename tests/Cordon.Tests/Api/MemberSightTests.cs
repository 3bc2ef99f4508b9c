using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Api;

/// <summary>A member sees its own orders and findings and no one else's.</summary>
public sealed class MemberSightTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_lists_and_opens_its_own_orders_only()
    {
        var own = await host.IssueAsync("bank-a:100");
        var others = await host.IssueAsync("bank-b:100");
        var draft = await host.DraftAsync("bank-a:101");
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.OrdersRead, KeyScopes.OrdersWrite);
        foreach (var client in (HttpClient[])[key, await host.PersonAsync(Roles.MemberClerk)])
        {
            var page = await client.GetFromJsonAsync<JsonElement>("/api/v1/orders", Cancel);
            Assert.All(page.GetProperty("items").EnumerateArray(), o => Assert.Equal("bank-a", o.GetProperty("member").GetString()));
            Assert.Contains(page.GetProperty("items").EnumerateArray(), o => o.GetProperty("id").GetGuid() == own.Id);
            Assert.DoesNotContain(page.GetProperty("items").EnumerateArray(), o => o.GetProperty("id").GetGuid() == draft.Id);
            Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/api/v1/orders?member=bank-b", Cancel)).GetProperty("items").GetArrayLength());
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/orders/{own.Id}", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/orders/{others.Id}", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/orders/{draft.Id}", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"/api/v1/orders/{others.Id}/acknowledge", null, Cancel)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.OK, (await key.PostAsync($"/api/v1/orders/{own.Id}/acknowledge", null, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_member_sees_its_own_findings_only_and_a_regulator_sees_all_without_numbers()
    {
        await FindAsync("bank-a", 1);
        await FindAsync("bank-b", 1);
        using var key = await host.KeyAsync(ApiHost.BankB, KeyScopes.FindingsRead);
        var own = await key.GetFromJsonAsync<JsonElement>("/api/v1/findings", Cancel);
        Assert.All(own.GetProperty("items").EnumerateArray(), f => Assert.Equal("bank-b", f.GetProperty("member").GetString()));
        Assert.NotEqual(0, own.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await key.GetFromJsonAsync<JsonElement>("/api/v1/findings?member=bank-a", Cancel)).GetProperty("items").GetArrayLength());

        var regulator = await host.PersonAsync(Roles.Regulator);
        var all = await regulator.GetStringAsync("/api/v1/findings", Cancel);
        Assert.Contains("bank-a", all, StringComparison.Ordinal);
        Assert.Contains("bank-b", all, StringComparison.Ordinal);
        Assert.DoesNotContain("13800001234", all, StringComparison.Ordinal);
        Assert.Contains("line:…1234", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paging_meets_every_finding_once_though_many_share_an_instant()
    {
        var code = MemberCode.Parse("paged");
        await host.Get<MemberRegister>().EnrolAsync(Actor.System("test"), new MemberFacts(code, "丙", "C", Sector.Bank, "33", true, []), Cancel);
        await FindAsync("paged", 25);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await FindAsync("paged", 12);
        using var key = await host.KeyAsync(code, KeyScopes.FindingsRead);
        List<Guid> met = [];
        string? cursor = null;
        do
        {
            var page = await key.GetFromJsonAsync<JsonElement>($"/api/v1/findings?limit=7{(cursor is null ? "" : $"&cursor={cursor}")}", Cancel);
            met.AddRange(page.GetProperty("items").EnumerateArray().Select(f => f.GetProperty("id").GetGuid()));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        Assert.Equal(37, met.Count);
        Assert.Equal(37, met.Distinct().Count());
    }

    [Theory]
    [InlineData("limit=0", "page/bad-limit")]
    [InlineData("limit=201", "page/bad-limit")]
    [InlineData("cursor=!!", "page/bad-cursor")]
    [InlineData("cursor=Zm9v", "page/bad-cursor")]
    public async Task A_page_that_cannot_be_is_refused(string query, string code)
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.FindingsRead);
        using var answer = await key.GetAsync("/api/v1/findings?" + query, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    private async Task FindAsync(string member, int count) => Assert.True((await host.Get<CaseworkStore>().ChangeAsync<int>(Actor.System("test"), change =>
    {
        for (var i = 0; i < count; i++)
        {
            var finding = new Finding();
            change.Record(finding, new FindingMade(
                change.Now, change.NewId(), change.NewId(), "cn.test", "hash", MemberCode.Parse(member), null, "line:+8613800001234", "art. 1",
                "号码 +8613800001234", "Number +8613800001234", [], 0));
            change.Db.Add(finding);
        }
        return Task.FromResult<Outcome<int>>(count);
    }, Cancel)).Succeeded);
}
