using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cordon.Casework.Members;

namespace Cordon.Tests.Api;

public sealed class BulkReportTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Csv = "text/csv";
    private const string Header = "id,name,phone,channel,text,fraudType,phones,domains,payee,amount,currency,at,reportedAt\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Good_lines_count_and_each_bad_one_is_told_with_field_and_reason()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.ReportsWrite);
        var file = string.Join('\n', Line("n-1", "48000.00"), Line("n-2", "-1"), "{\"id\":", Line("n-3", "12.50"), Line("n-1", "48000.00"), Line("n-1", "5.00"), "");
        var view = await SendAsync(key, file, "application/x-ndjson");
        Assert.Equal((6, 2, 1), (view.GetProperty("lines").GetInt32(), view.GetProperty("accepted").GetInt32(), view.GetProperty("repeats").GetInt32()));
        Assert.Equal(["2 losses[0].amount amount-negative", "3  not-json", "6 id report/other-report"], Faults(view));
        var again = await SendAsync(key, Line("n-1", "48000.00") + "\n" + Line("n-3", "12.50"), "application/x-ndjson");
        Assert.Equal((0, 2), (again.GetProperty("accepted").GetInt32(), again.GetProperty("repeats").GetInt32()));
        var officer = await host.PersonAsync(Roles.DutyOfficer);
        var listed = await officer.GetFromJsonAsync<JsonElement>("/api/v1/reports?state=Verified", Cancel);
        Assert.Contains(listed.GetProperty("items").EnumerateArray(), r => r.GetProperty("sourceId").GetString() == "bank-a/n-1" && r.GetProperty("channel").GetString() == "bulk");
    }

    [Fact]
    public async Task A_table_is_taken_as_well_and_its_faults_name_its_columns()
    {
        using var key = await host.KeyAsync(ApiHost.BankB, KeyScopes.ReportsWrite);
        var file = Header
            + "c-1,赵某,13800138000,hotline,\"她说：\"\"先垫付\"\"，然后转账\",brushing-rebate,17012345678;01012345678,shop.example,bank-a:22,480.00,CNY,2026-03-01T10:00:00+08:00,2026-03-01T12:00:00+08:00\n"
            + "c-2,,nobody,hotline,被骗了,,,,bank-a:22,480.00,CNY,2026-03-01T10:00:00+08:00,2026-03-01T12:00:00+08:00\n"
            + "c-3,,,hotline,被骗了,,17012345678;x,,bank-a:22,480.001,CNY,2026-03-01T10:00:00+08:00,2026-03-01T12:00:00+08:00\n"
            + "c-4,,,hotline,被骗了\n";
        var view = await SendAsync(key, file, Csv);
        Assert.Equal((4, 1), (view.GetProperty("lines").GetInt32(), view.GetProperty("accepted").GetInt32()));
        Assert.Equal(["3 phone phone", "4 phones phone", "5  column-count"], Faults(view));
        Assert.Equal(1, (await SendAsync(key, file, Csv)).GetProperty("repeats").GetInt32());
    }

    [Theory]
    [InlineData("", "application/x-ndjson", "report/unreadable-file", "empty")]
    [InlineData("id,chanel,text\n1,2,3\n", Csv, "report/unreadable-file", "channel")]
    [InlineData("id,id,channel,text,reportedAt,amount,currency,at\n", Csv, "report/unreadable-file", "stand twice: id")]
    public async Task A_file_that_is_none_is_refused_whole(string file, string type, string code, string says)
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.ReportsWrite);
        using var answer = await key.PostAsync("/api/v1/reports/bulk", new StringContent(file, Encoding.UTF8, type), Cancel);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_lines_than_a_file_may_have_are_refused_whole()
    {
        using var key = await host.KeyAsync(ApiHost.BankA, KeyScopes.ReportsWrite);
        var file = string.Concat(Enumerable.Repeat("{}\n", 5_001));
        using var answer = await key.PostAsync("/api/v1/reports/bulk", new StringContent(file, Encoding.UTF8, "application/x-ndjson"), Cancel);
        Assert.Equal("report/too-many-lines", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_clerk_decides_by_the_programs_door_as_well()
    {
        using var key = await host.KeyAsync(ApiHost.BankB, KeyScopes.ReportsWrite);
        await SendAsync(key, Line("d-1", "90.00"), "application/x-ndjson");
        var officer = await host.PersonAsync(Roles.DutyOfficer);
        var report = (await officer.GetFromJsonAsync<JsonElement>("/api/v1/reports?limit=200", Cancel)).GetProperty("items").EnumerateArray().Single(r => r.GetProperty("sourceId").GetString() == "bank-b/d-1");
        var id = report.GetProperty("id").GetString();
        using var typed = await officer.PostAsJsonAsync($"/api/v1/reports/{id}/type", new { fraudType = "no-such-type" }, Cancel);
        Assert.Equal("report/unknown-type", (await typed.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        using var closed = await officer.PostAsJsonAsync($"/api/v1/reports/{id}/unfounded", new { reason = "A test of the bank." }, Cancel);
        Assert.Equal("unfounded", (await closed.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("state").GetString());
        var losses = report.GetProperty("losses");
        using var back = await officer.PostAsJsonAsync($"/api/v1/reports/{id}/verify", new { how = "Asked the bank again.", fraudType = "fake-loan", losses }, Cancel);
        Assert.Equal("verified", (await back.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("state").GetString());
        var file = await officer.GetFromJsonAsync<JsonElement>($"/api/v1/reports/{id}", Cancel);
        Assert.StartsWith("C-2026-", file.GetProperty("caseNumber").GetString(), StringComparison.Ordinal);
        Assert.Contains((await officer.GetFromJsonAsync<JsonElement>("/api/v1/reports/types", Cancel)).EnumerateArray(), t => t.GetProperty("code").GetString() == "fake-loan");
    }

    private static async Task<JsonElement> SendAsync(HttpClient key, string file, string type)
    {
        using var answer = await key.PostAsync("/api/v1/reports/bulk", new StringContent(file, Encoding.UTF8, type), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static List<string> Faults(JsonElement view) => [.. view.GetProperty("faults").EnumerateArray()
        .Select(f => $"{f.GetProperty("line").GetInt32()} {f.GetProperty("field").GetString()} {f.GetProperty("reason").GetString()}")];

    private static string Line(string id, string amount) => JsonSerializer.Serialize(new
    {
        id, channel = "hotline", text = "被骗了", losses = new[] { new { payee = "bank-b:33", amount, currency = "CNY", at = "2026-03-01T10:00:00+08:00" } }, reportedAt = "2026-03-01T12:00:00+08:00",
    });
}
