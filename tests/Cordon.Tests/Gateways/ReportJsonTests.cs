using System.Text;
using Cordon.Engine.Signals;
using Cordon.Gateways.Files;
using Cordon.Gateways.Intake;

namespace Cordon.Tests.Gateways;

public sealed class ReportJsonTests
{
    private const string Whole = """
        {"id":"r1","reporter":{"name":"王某 360426199101010071","phone":"13800138000"},"channel":"hotline","text":"我的身份证３６０４２６１９９１０１０１００７１被人用了","fraudType":"impersonation-of-police","suspects":{"phones":["+852 1234 5678"],"accounts":["bank-b:6222020200112233"],"domains":["https://Evil.example/login?id=1"]},"losses":[{"transferId":"t1","member":"bank-a","payee":"bank-b:6222020200112233","amount":"48000.00","currency":"CNY","at":"2026-03-02T08:15:00+08:00"}],"reportedAt":"2026-03-02T10:00:00+08:00"}
        """;

    private static Reading<VictimReport> Read(string line) => ReportJson.Read(Encoding.UTF8.GetBytes(line));

    [Fact]
    public void A_whole_report_is_read_with_its_numbers_masked()
    {
        var report = Read(Whole).Value!;
        Assert.Equal("王某 36****************", report.ReporterName);
        Assert.Equal("我的身份证３６****************被人用了", report.Text);
        Assert.Equal("evil.example", Assert.Single(report.Suspects.Domains).Name);
        Assert.Equal("+85212345678", Assert.Single(report.Suspects.Phones).ToString());
        var loss = Assert.Single(report.Losses);
        Assert.Equal(new Amount(4800000, Currency.Cny), loss.Amount);
        Assert.Equal("2026-03-02T00:15:00Z", loss.At.ToString());
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var written = ReportJson.Write(Read(Whole).Value!);
        Assert.Equal(written, ReportJson.Write(Read(written).Value!));
    }

    [Theory]
    [InlineData("\"channel\":\"hotline\"", "\"chanel\":\"hotline\"", "chanel", "unknown-field")]
    [InlineData("\"amount\":\"48000.00\"", "\"amount\":\"-1\"", "losses[0].amount", "amount-negative")]
    [InlineData("\"amount\":\"48000.00\"", "\"amount\":48000", "losses[0].amount", "wrong-type")]
    [InlineData("\"amount\":\"48000.00\"", "\"amount\":\"0\"", "losses[0].amount", "amount-zero")]
    [InlineData("\"member\":\"bank-a\",", "", "losses[0].member", "required")]
    [InlineData("\"accounts\":[\"bank-b:6222020200112233\"]", "\"accounts\":[\"6222020200112233\"]", "suspects.accounts[0]", "format")]
    [InlineData("\"phones\":[\"+852 1234 5678\"]", "\"phones\":[\"x\"]", "suspects.phones[0]", "phone")]
    [InlineData("\"id\":\"r1\"", "\"id\":\"360426199101010071\"", "id", "identity-number-misplaced")]
    [InlineData("\"id\":\"r1\"", "\"id\":null", "id", "required")]
    [InlineData("\"id\":\"r1\"", "\"id\":\"r1\",\"id\":\"r2\"", "", "not-json")]
    [InlineData("\"reportedAt\":\"2026-03-02T10:00:00+08:00\"", "\"reportedAt\":\"now\"", "reportedAt", "time")]
    [InlineData("hotline", "\\ud800", "", "bad-encoding")]
    [InlineData("hotline", "\\udc00\\ud800", "", "bad-encoding")]
    [InlineData("被人用了", "\\u0000", "text", "format")]
    [InlineData("王某", "\\u001b[31m", "reporter.name", "format")]
    [InlineData("48000.00", "10000000000000.01", "losses[0].amount", "amount-too-large")]
    public void A_report_with_a_fault_is_refused_by_field_and_reason(string good, string bad, string field, string reason)
    {
        Assert.Contains(good, Whole, StringComparison.Ordinal);
        var reading = Read(Whole.Replace(good, bad, StringComparison.Ordinal));
        Assert.Null(reading.Value);
        Assert.Equal((field, reason), (reading.Faults[0].Field, reading.Faults[0].Reason));
    }

    [Fact]
    public async Task A_file_of_reports_is_imported_and_its_bad_lines_are_masked()
    {
        using var rig = new ImportRig();
        var bad = Whole.Replace("\"channel\":\"hotline\",", "", StringComparison.Ordinal);
        var summary = await rig.ImportAsync(Whole.Trim() + "\n" + bad.Trim() + "\n", "cordon", FileContent.Reports);
        Assert.Equal(1, summary.Reports);
        Assert.Single(rig.Reports);
        Assert.Equal(1, summary.Quarantined["required"]);
        Assert.False(Masking.Finds(Assert.Single(rig.Quarantined)));
    }
}
