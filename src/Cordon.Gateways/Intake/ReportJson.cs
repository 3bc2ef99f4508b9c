using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Cordon.Gateways.Intake;

/// <summary>The wire form of a victim's report: one JSON object a line (docs/reference/signals.md), as strict as that of signals.</summary>
public static class ReportJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Door.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads one report.</summary>
    /// <param name="line">UTF-8, 16 KiB at most.</param>
    /// <returns>The report with its text masked, or everything found wrong.</returns>
    public static Reading<VictimReport> Read(ReadOnlySpan<byte> line)
    {
        if (JsonLine.Check(line) is { } fault) return new Reading<VictimReport>(null, [fault]);
        try
        {
            using var document = JsonDocument.Parse(line.ToArray(), Strict);
            return new ReportReading().Read(document.RootElement);
        }
        catch (JsonException e)
        {
            return new Reading<VictimReport>("", IntakeReason.NotJson, JsonLine.Where(e) + " No field may stand twice.");
        }
    }

    /// <summary>The wire form of a report, without a line end.</summary>
    public static string Write(VictimReport report)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer)) Write(json, report);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, VictimReport report)
    {
        json.WriteStartObject();
        json.WriteString("id", report.Id.Text);
        json.WriteStartObject("reporter");
        Optional(json, "name", report.ReporterName);
        Optional(json, "phone", report.ReporterPhone?.ToString());
        json.WriteEndObject();
        json.WriteString("channel", report.Channel);
        json.WriteString("text", report.Text);
        Optional(json, "fraudType", report.FraudType);
        json.WriteStartObject("suspects");
        List(json, "phones", report.Suspects.Phones.Select(phone => phone.ToString()));
        List(json, "accounts", report.Suspects.Accounts.Select(account => account.ToString()));
        List(json, "domains", report.Suspects.Domains.Select(domain => domain.Name));
        json.WriteEndObject();
        json.WriteStartArray("losses");
        foreach (var loss in report.Losses) Write(json, loss);
        json.WriteEndArray();
        json.WriteString("reportedAt", report.ReportedAt.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReportedLoss loss)
    {
        json.WriteStartObject();
        Optional(json, "transferId", loss.TransferId?.Text);
        Optional(json, "member", loss.Member?.ToString());
        Optional(json, "payer", loss.Payer?.ToString());
        Optional(json, "payee", loss.Payee?.ToString());
        json.WriteString("amount", loss.Amount.ToDecimalText());
        json.WriteString("currency", loss.Amount.Currency.Code);
        json.WriteString("at", loss.At.ToString());
        json.WriteEndObject();
    }

    private static void List(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
