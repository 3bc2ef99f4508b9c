using System.Buffers;
using System.Text.Json;

namespace Cordon.Gateways.Files;

/// <summary>
/// Where rows go that were not taken: NDJSON, one <c>{line, field, reason, message, row}</c> each, masked. The file is
/// made with the first row, replacing one of an earlier import; without a bad row there is none.
/// </summary>
/// <param name="path">Where to write.</param>
public sealed class QuarantineFile(string path) : IDisposable
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> buffer = new();
    private FileStream? file;

    /// <summary>The path, where at least one row was written; else null.</summary>
    public string? Path => file is null ? null : path;

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(RejectedRow row)
    {
        file ??= Make(path);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("line", row.Line);
            json.WriteString("field", row.Field);
            json.WriteString("reason", row.Reason);
            json.WriteString("message", row.Message);
            json.WriteString("row", row.Row);
            json.WriteEndObject();
        }
        file.Write(buffer.WrittenSpan);
        file.WriteByte((byte)'\n');
        Rows++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (file is null) return;
        file.Flush(flushToDisk: true);
        file.Dispose();
    }

    private static FileStream Make(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024);
    }
}
