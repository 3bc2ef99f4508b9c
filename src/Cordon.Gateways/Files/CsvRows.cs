using System.Text;
using Cordon.Gateways.Intake;
using CsvHelper;

namespace Cordon.Gateways.Files;

/// <summary>
/// Rows of a CSV file (RFC 4180). A quote that does not pair costs its own line, not the rest of the file: reading begins
/// again at the line after it.
/// </summary>
internal sealed class CsvRows : FileRows
{
    private const int LongestRecord = 64 * 1024;

    private readonly RetainingStream text;
    private readonly CsvReaderOptions options;
    private readonly List<CsvMalformedRecord> malformed = [];
    private CsvReader reader;
    private long readerFrom;
    private long linesBefore;
    private long seenOffset;
    private long seenLine = 1;

    private CsvRows(RetainingStream text, char delimiter)
    {
        this.text = text;
        options = new CsvReaderOptions
        {
            HasHeader = false,
            Separator = delimiter,
            TrackLineNumbers = true,
            MaxRecordSize = LongestRecord,
            BufferSize = LongestRecord,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = malformed.Add,
            IncludeValuesInExceptions = false,
        };
        reader = CsvReader.Create(text, options, leaveOpen: true);
    }

    public override IReadOnlyList<string> Columns => columns;

    public override long Line => linesBefore + reader.LineNumber;

    public override ReadOnlySpan<byte> Raw => reader.RawRecord;

    public override int FieldCount => reader.FieldCount;

    public override bool IsTorn => text.CutOff is not null && !text.EndsWithLineFeed
        && readerFrom + reader.ByteOffset + reader.RawRecord.Length >= text.ReadTo;

    private string[] columns = [];

    /// <summary>Reads the header. Null where the file has no row at all.</summary>
    public static CsvRows? Open(RetainingStream text, char delimiter, List<RejectedRow> rejected)
    {
        var rows = new CsvRows(text, delimiter);
        if (!rows.Next(rejected))
        {
            rows.Dispose();
            return null;
        }
        rows.columns = [.. Enumerable.Range(0, rows.FieldCount).Select(i => rows.reader.GetString(i).Trim())];
        return rows;
    }

    public override ReadOnlySpan<byte> Field(int column) => reader.GetSpan(column);

    public override bool Next(List<RejectedRow> rejected)
    {
        while (true)
        {
            var read = false;
            var overlong = -1L;
            try
            {
                read = reader.Read();
            }
            catch (CsvFormatException e)
            {
                overlong = linesBefore + e.LineNumber;
            }
            var unclosed = TakeMalformed(rejected);
            var brokenLine = overlong >= 0 ? overlong : unclosed;
            if (brokenLine >= 0)
            {
                BeginAgainAfter(brokenLine, rejected);
                continue;
            }
            if (!read) return false;
            seenOffset = readerFrom + reader.ByteOffset;
            seenLine = Line;
            text.Release(seenOffset);
            return true;
        }
    }

    public override void Dispose() => reader.Dispose();

    /// <summary>Rejects what the reader passed over, and gives the line of a quote that never closes, or -1.</summary>
    private long TakeMalformed(List<RejectedRow> rejected)
    {
        if (malformed.Count == 0) return -1;
        var unclosed = -1L;
        foreach (var record in malformed)
        {
            if (record.Reason == CsvMalformedReason.UnterminatedQuote) unclosed = linesBefore + record.LineNumber;
            else rejected.Add(Rejected(linesBefore + record.LineNumber, Encoding.UTF8.GetBytes(record.RawRecord)));
        }
        malformed.Clear();
        return unclosed;
    }

    private void BeginAgainAfter(long line, List<RejectedRow> rejected)
    {
        var start = seenOffset + LengthOfLines(text.From(seenOffset), line - seenLine);
        text.Release(start);
        var rest = text.From(start);
        var length = LineLength(rest);
        rejected.Add(Rejected(line, rest[..length].TrimEnd("\r\n"u8)));
        var next = start + length;
        reader.Dispose();
        if (length == rest.Length) next = SkipLine(next);
        text.Rewind(next);
        reader = CsvReader.Create(text, options, leaveOpen: true);
        (readerFrom, linesBefore) = (next, line);
        (seenOffset, seenLine) = (next, line + 1);
    }

    private static RejectedRow Rejected(long line, ReadOnlySpan<byte> raw) => RejectedRow.Of(line, new IntakeFault("", IntakeReason.Quoting,
        raw.Length >= LongestRecord ? $"The row is longer than {LongestRecord} bytes." : "Quotes do not pair as in RFC 4180."), raw);

    /// <summary>Reads on to the end of a line of which no end was seen yet.</summary>
    private long SkipLine(long from)
    {
        var buffer = new byte[16 * 1024];
        text.Rewind(from);
        for (var at = from; ;)
        {
            text.Release(at);
            var read = text.Read(buffer);
            if (read == 0) return at;
            var end = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            if (end >= 0) return at + end + 1;
            at += read;
        }
    }

    private static int LengthOfLines(ReadOnlySpan<byte> bytes, long lines)
    {
        var length = 0;
        for (var i = 0L; i < lines; i++) length += LineLength(bytes[length..]);
        return length;
    }

    // CR, LF and CR LF each end a line, as the reader counts them.
    private static int LineLength(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0) return bytes.Length;
        return bytes[end] == '\r' && end + 1 < bytes.Length && bytes[end + 1] == '\n' ? end + 2 : end + 1;
    }
}
