using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cordon.Casework.Members;

namespace Cordon.Tests.Api;

public sealed class ReadingTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_victims_words_lead_to_the_transfer_meant()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        using var sent = await key.PostAsync("/api/v1/signals/transfer", new StringContent(
            Transfer("t-big", "48000.00", "2026-03-01T02:07:00Z") + "\n" + Transfer("t-small", "12.00", "2026-03-01T02:08:00Z"), Encoding.UTF8, "application/x-ndjson"), Cancel);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);

        var officer = await host.PersonAsync(Roles.DutyOfficer);
        var read = await ReadAsync(officer, new
        {
            text = "昨天上午十点左右，自称公安局的人用 138 0013 8000 打来，让我把4.8万元转到安全账户，还下载了“安全助手”APP。我的身份证号110101199003078515。",
            toldAt = "2026-03-02T16:00:00+08:00",
            accounts = new[] { "bank-a:11" },
        });
        Assert.Equal("+8613800138000", read.GetProperty("facts").GetProperty("phones")[0].GetProperty("number").GetString());
        Assert.Equal("48000.00", read.GetProperty("facts").GetProperty("amounts")[0].GetProperty("amount").GetProperty("amount").GetString());
        var best = read.GetProperty("transfers")[0];
        Assert.Equal("t-big", best.GetProperty("transfer").GetString());
        Assert.Contains(best.GetProperty("reasons").EnumerateArray(), r => r.GetString() == "amount");
        Assert.NotEmpty(read.GetProperty("types").EnumerateArray());
        Assert.DoesNotContain("110101199003078515", read.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_without_end_or_without_words_is_refused_by_name()
    {
        var officer = await host.PersonAsync(Roles.DutyOfficer);
        foreach (var text in (string[])["", new string('字', 20_001)])
        {
            using var refused = await officer.PostAsJsonAsync("/api/v1/reports/read", new { text, toldAt = "2026-03-02T16:00:00+08:00" }, Cancel);
            Assert.Equal("report/bad-text", (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpClient client, object form)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/reports/read", form, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static string Transfer(string id, string amount, string at) => JsonSerializer.Serialize(new
    {
        id, member = "bank-a", at, payer = "bank-a:11", payee = "bank-b:22", amount, currency = "CNY", means = "account",
    });
}
