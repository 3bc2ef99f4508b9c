using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;

namespace Cordon.Gateways.Files;

/// <summary>Reports as rows of CSV: a report a row, with one payment; lists of numbers are set apart by ';'.</summary>
internal sealed class ReportRowSource(FileRows rows) : RowSource
{
    private static readonly string[] Top = ["id", "channel", "text", "fraudType", "reportedAt"];
    private static readonly string[] Reporter = ["name", "phone"];
    private static readonly string[] Suspects = ["phones", "accounts", "domains"];
    private static readonly string[] Loss = ["transferId", "member", "payer", "payee", "amount", "currency", "at"];

    /// <summary>The columns that a file may have.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Top, .. Reporter, .. Suspects, .. Loss];

    /// <summary>What is wrong with a header; null where nothing is.</summary>
    public static string? Fault(IReadOnlyList<string> columns)
    {
        var unknown = columns.Where(c => !Known.Contains(c)).Select(c => $"A report has no column {Utf8Text.Quote(c)}{NearestName.Hint(c, Known.Except(columns))}").ToList();
        var twice = columns.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        if (twice.Count > 0) unknown.Add($"Columns stand twice: {string.Join(", ", twice)}.");
        var missing = ((string[])["id", "channel", "text", "reportedAt", "amount", "currency", "at"]).Except(columns).ToList();
        if (missing.Count > 0) unknown.Add($"Columns are missing: {string.Join(", ", missing)}.");
        return unknown.Count == 0 ? null : string.Join(" ", unknown);
    }

    public override bool Next(FileBatch batch)
    {
        if (!rows.Next(batch.RejectedRows)) return false;
        var reading = Unsound() is { } fault ? new Reading<VictimReport>(null, [fault]) : ReportJson.Read(Written());
        if (reading.Value is { } report) batch.Add(rows.Line, report);
        else batch.RejectedRows.Add(RejectedRow.Of(rows.Line, reading.Faults[0] with { Field = ColumnOf(reading.Faults[0].Field) }, rows.Raw));
        return true;
    }

    public override void Dispose() => rows.Dispose();

    /// <summary>The column of a field of the wire form: <c>losses[0].amount</c> is <c>amount</c>.</summary>
    private static string ColumnOf(string field)
    {
        var name = field[(field.LastIndexOf('.') + 1)..];
        var index = name.IndexOf('[', StringComparison.Ordinal);
        if (index >= 0) name = name[..index];
        return Known.Contains(name) ? name : "";
    }

    private IntakeFault? Unsound()
    {
        if (rows.IsTorn) return Torn;
        if (!Utf8.IsValid(rows.Raw)) return new IntakeFault("", IntakeReason.BadEncoding, "The row has bytes that are no text in the declared encoding.");
        return rows.FieldCount == rows.Columns.Count ? null
            : new IntakeFault("", IntakeReason.ColumnCount, $"The row has {rows.FieldCount} columns; the header has {rows.Columns.Count}.");
    }

    // One reader for both forms: what JSON is refused for, a row is refused for.
    private ReadOnlySpan<byte> Written()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, Top);
            json.WriteStartObject("reporter");
            Write(json, Reporter);
            json.WriteEndObject();
            json.WriteStartObject("suspects");
            foreach (var name in Suspects) WriteList(json, name);
            json.WriteEndObject();
            json.WriteStartArray("losses");
            json.WriteStartObject();
            Write(json, Loss);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    private void Write(Utf8JsonWriter json, string[] names)
    {
        foreach (var name in names)
            if (Value(name) is { Length: > 0 } value) json.WriteString(name, value);
    }

    private void WriteList(Utf8JsonWriter json, string name)
    {
        if (Value(name) is not { Length: > 0 } value) return;
        json.WriteStartArray(name);
        foreach (var entry in value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) json.WriteStringValue(entry);
        json.WriteEndArray();
    }

    private string? Value(string name)
    {
        for (var i = 0; i < rows.Columns.Count; i++)
            if (rows.Columns[i] == name) return Encoding.UTF8.GetString(rows.Field(i));
        return null;
    }
}
