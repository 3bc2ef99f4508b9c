using System.Text;
using System.Text.Json;
using Cordon.Gateways.Intake;

namespace Cordon.Gateways.Files;

/// <summary>Lines of a text, each within the limit of the wire form.</summary>
internal sealed class JsonLines(RetainingStream text)
{
    private readonly byte[] buffer = new byte[4 * Door.MaxLineBytes];
    private int from;
    private int to;
    private bool ended;
    private int lineFrom;
    private int lineLength;

    /// <summary>The number of the current line, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the current line is longer than the limit: then only its beginning is here.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the current line is the torn end of a file that was cut off.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>The current line without its end; valid until the next.</summary>
    public ReadOnlySpan<byte> Current => buffer.AsSpan(lineFrom, lineLength);

    /// <summary>Goes to the next line that is not blank.</summary>
    public bool Next()
    {
        while (Advance())
            if (IsTooLong || Current.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') >= 0) return true;
        return false;
    }

    private bool Advance()
    {
        Line++;
        IsTooLong = false;
        while (true)
        {
            var end = buffer.AsSpan(from, to - from).IndexOf((byte)'\n');
            if (end >= 0)
            {
                Take(end);
                from += end + 1;
                return true;
            }
            if (ended) return TakeLast();
            if (to - from > Door.MaxLineBytes + 1) return SkipRest();
            Fill();
        }
    }

    private void Take(int length)
    {
        (lineFrom, lineLength) = (from, length);
        if (lineLength > 0 && buffer[from + lineLength - 1] == '\r') lineLength--;
        if (lineLength <= Door.MaxLineBytes) return;
        IsTooLong = true;
        lineLength = Door.MaxLineBytes;
    }

    private bool TakeLast()
    {
        if (from == to) return false;
        IsTorn = text.CutOff is not null;
        Take(to - from);
        from = to;
        return true;
    }

    private bool SkipRest()
    {
        // The beginning is kept at the front of the buffer; what follows is read over behind it.
        buffer.AsSpan(from, Door.MaxLineBytes).CopyTo(buffer);
        (lineFrom, lineLength, IsTooLong) = (0, Door.MaxLineBytes, true);
        var rest = buffer.AsSpan(Door.MaxLineBytes);
        while (true)
        {
            var read = text.Read(rest);
            text.Release(long.MaxValue);
            if (read == 0) ended = true;
            var end = rest[..read].IndexOf((byte)'\n');
            (from, to) = (Door.MaxLineBytes + end + 1, Door.MaxLineBytes + read);
            if (end >= 0) return true;
            from = to;
            if (ended) return true;
        }
    }

    private void Fill()
    {
        buffer.AsSpan(from, to - from).CopyTo(buffer);
        (from, to) = (0, to - from);
        var read = text.Read(buffer.AsSpan(to));
        text.Release(long.MaxValue);
        to += read;
        ended = read == 0;
    }
}

/// <summary>Objects of another system's NDJSON as rows: each name is a column, a nested name is written with dots.</summary>
internal sealed class JsonRows : FileRows
{
    private readonly JsonLines lines;
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly List<byte[]> values = [];
    private readonly List<string> columns = [];
    private bool first = true;

    private JsonRows(JsonLines lines) => this.lines = lines;

    public override IReadOnlyList<string> Columns => columns;

    public override long Line => lines.Line;

    public override ReadOnlySpan<byte> Raw => lines.Current;

    public override int FieldCount => columns.Count;

    public override bool IsTorn => lines.IsTorn;

    /// <summary>Reads the first object, whose names are the columns. Null where there is none.</summary>
    public static JsonRows? Open(RetainingStream text, List<RejectedRow> rejected)
    {
        var rows = new JsonRows(new JsonLines(text));
        if (!rows.Next(rejected)) return null;
        rows.again = true;
        return rows;
    }

    private bool again;

    public override ReadOnlySpan<byte> Field(int column) => values[column];

    public override bool Next(List<RejectedRow> rejected)
    {
        if (again)
        {
            again = false;
            return true;
        }
        while (lines.Next())
        {
            if (lines.IsTooLong)
            {
                rejected.Add(RejectedRow.Of(Line, new IntakeFault("", IntakeReason.LineTooLong, $"The line has more than {Door.MaxLineBytes} bytes."), Raw));
                continue;
            }
            if (Read() is not { } fault) return true;
            rejected.Add(RejectedRow.Of(Line, fault, Raw));
        }
        return false;
    }

    public override void Dispose()
    {
    }

    private IntakeFault? Read()
    {
        if (JsonLine.Check(Raw) is { } fault) return fault;
        for (var i = 0; i < values.Count; i++) values[i] = [];
        try
        {
            var json = new Utf8JsonReader(Raw, new JsonReaderOptions { MaxDepth = Door.MaxDepth });
            using var document = JsonDocument.ParseValue(ref json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return new IntakeFault("", IntakeReason.NotJson, "A line is one JSON object.");
            Flatten(document.RootElement, "");
            first = false;
            return null;
        }
        catch (JsonException e)
        {
            return new IntakeFault("", IntakeReason.NotJson, JsonLine.Where(e));
        }
    }

    private void Flatten(JsonElement parent, string prefix)
    {
        foreach (var property in parent.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object) Flatten(property.Value, name + ".");
            else Put(name, property.Value.ValueKind switch
            {
                JsonValueKind.String => Encoding.UTF8.GetBytes(property.Value.GetString()!),
                JsonValueKind.Null => [],
                _ => Encoding.UTF8.GetBytes(property.Value.GetRawText()),
            });
        }
    }

    private void Put(string name, byte[] value)
    {
        if (!positions.TryGetValue(name, out var at))
        {
            // Names that the first object has not are no columns: nothing of the layout looks at them.
            if (!first) return;
            at = columns.Count;
            positions.Add(name, at);
            columns.Add(name);
            values.Add([]);
        }
        values[at] = value;
    }
}
