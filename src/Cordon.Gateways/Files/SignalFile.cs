using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;

namespace Cordon.Gateways.Files;

/// <summary>How to read a file.</summary>
/// <param name="FileName">The file's name, for the default data set name; null for a pipe.</param>
/// <param name="Content">What the file holds; null where its columns or lines tell.</param>
/// <param name="DataSet">Part of the ids that are hashed; null for the preset's name, a slash and the file's name without extensions.</param>
/// <param name="Door">What the door knows.</param>
/// <param name="BatchRows">Rows in a batch, 1 to 100,000.</param>
public sealed record SignalFileOptions(string? FileName, FileContent? Content, string? DataSet, Door Door, int BatchRows = 4096);

/// <summary>What came of opening a file.</summary>
/// <param name="File">The file, ready to be read; null where it is refused.</param>
/// <param name="Refusal">Why, as a sentence; null where it is open.</param>
public sealed record FileOpening(SignalFile? File, string? Refusal);

/// <summary>
/// A file of signals or reports, read forwards once: CSV or NDJSON, plain or gzip (told by its first bytes). Reading is
/// synchronous and belongs on a thread of its own.
/// </summary>
public sealed class SignalFile : IDisposable
{
    private readonly CountingStream source;
    private readonly RetainingStream text;
    private readonly RowSource rows;
    private readonly List<RejectedRow> rejectedAtOpening;
    private readonly int batchRows;

    private SignalFile(CountingStream source, RetainingStream text, RowSource rows, List<RejectedRow> rejectedAtOpening, int batchRows)
    {
        (this.source, this.text, this.rows, this.rejectedAtOpening, this.batchRows) = (source, text, rows, rejectedAtOpening, batchRows);
    }

    /// <summary>Bytes of the file read so far, for progress; any thread may ask.</summary>
    public long BytesRead => source.Count;

    /// <summary>Why the file broke off before its end (a truncated or damaged gzip); null where it did not. Final after the last batch.</summary>
    public string? CutOff => text.CutOff;

    /// <summary>
    /// Opens a file: finds its compression, encoding and shape. Refused where it is empty, or no layout of the preset has
    /// its columns; the refusal names those that are missing.
    /// </summary>
    /// <param name="stream">The file; it is disposed of with the result, also with a refusal.</param>
    /// <param name="preset">How to read it.</param>
    /// <param name="options">More on reading.</param>
    public static FileOpening Open(Stream stream, Preset preset, SignalFileOptions options)
    {
        var source = new CountingStream(stream);
        try
        {
            var opening = new FileShape(preset, options).Open(source);
            if (opening.Rows is null)
            {
                source.Dispose();
                return new FileOpening(null, opening.Refusal);
            }
            return new FileOpening(new SignalFile(source, opening.Text!, opening.Rows, opening.Rejected, options.BatchRows), null);
        }
        catch (InvalidDataException e)
        {
            source.Dispose();
            return new FileOpening(null, $"The file is no sound gzip: {e.Message}");
        }
    }

    /// <summary>The name that ids are hashed with where none is given.</summary>
    public static string? DataSetName(Preset preset, string? fileName)
    {
        if (fileName is null) return null;
        var name = Path.GetFileName(fileName);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        return $"{preset.Name}/{Path.GetFileNameWithoutExtension(name)}";
    }

    /// <summary>Reads to the end, batch by batch. Can be enumerated once.</summary>
    public IEnumerable<FileBatch> Read(CancellationToken cancel)
    {
        var more = true;
        while (more)
        {
            cancel.ThrowIfCancellationRequested();
            var batch = new FileBatch();
            batch.RejectedRows.AddRange(rejectedAtOpening);
            rejectedAtOpening.Clear();
            while (batch.Rows < batchRows && (more = rows.Next(batch)))
            {
            }
            batch.BytesRead = source.Count;
            if (batch.Rows > 0) yield return batch;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rows.Dispose();
        text.Dispose();
        source.Dispose();
    }
}

/// <summary>A file whose shape was found, or the reason why not.</summary>
internal readonly record struct ShapeFound(RetainingStream? Text, RowSource? Rows, List<RejectedRow> Rejected, string? Refusal);

/// <summary>Finds out what a file is made of.</summary>
internal sealed class FileShape(Preset preset, SignalFileOptions options)
{
    private readonly List<RejectedRow> rejected = [];

    public ShapeFound Open(CountingStream source)
    {
        var text = FileText.Open(source, FileText.EncodingOf(preset.Encoding)!, out var transcoded);
        var start = FirstSign(text);
        if (start < 0) return Refused("The file is empty.");
        var objects = start == '{';
        if (options.Content == FileContent.Reports || (preset.Format == PresetFormat.Cordon && objects))
        {
            if (preset.Format != PresetFormat.Cordon) return Refused("Reports are taken in Cordon's own form only: use the preset 'cordon'.");
            if (!objects) return OpenReports(text);
            RowSource own = options.Content == FileContent.Reports ? new ReportLineSource(text)
                : new SignalLineSource(text, options.Content is { } content ? KindOf(content) : null, options.Door);
            return new ShapeFound(text, own, rejected, null);
        }
        FileRows? rows = preset.Format == PresetFormat.Ndjson ? JsonRows.Open(text, rejected) : CsvRows.Open(text, preset.Delimiter, rejected);
        if (rows is null) return Refused("The file has no sound row.");
        if (Choose(rows.Columns, out var refusal) is not { } layout) return Refused(refusal);
        var bound = new BoundLayout(layout, rows.Columns);
        var dataSet = options.DataSet ?? SignalFile.DataSetName(preset, options.FileName);
        if (bound.UsesHash && dataSet is null) return Refused("The rows have no id, so a data set name is needed to make one.");
        var draft = new SignalDraft(options.Door) { Rounding = preset.Rounding };
        return new ShapeFound(text, new MappedSource(rows, bound, draft, bound.UsesHash ? new RowHash(dataSet!) : null, transcoded), rejected, null);
    }

    private ShapeFound OpenReports(RetainingStream text)
    {
        if (CsvRows.Open(text, ',', rejected) is not { } rows) return Refused("The file has no sound row.");
        return ReportRowSource.Fault(rows.Columns) is { } fault ? Refused(fault) : new ShapeFound(text, new ReportRowSource(rows), rejected, null);
    }

    private static SignalKind KindOf(FileContent content) => content switch
    {
        FileContent.Calls => SignalKind.Call,
        FileContent.Messages => SignalKind.Message,
        FileContent.Subscriptions => SignalKind.Subscription,
        FileContent.Accounts => SignalKind.AccountOpening,
        FileContent.Transfers => SignalKind.Transfer,
        FileContent.Visits => SignalKind.WebVisit,
        FileContent.Corrections => SignalKind.TransferCorrection,
        _ => throw new ArgumentOutOfRangeException(nameof(content), content, "Holds no signals."),
    };

    private ShapeFound Refused(string refusal) => new(null, null, rejected, refusal);

    private Layout? Choose(IReadOnlyList<string> columns, out string refusal)
    {
        if (preset.Format == PresetFormat.Cordon) return OwnColumns(columns, out refusal);
        var candidates = preset.Layouts.Where(layout => options.Content is null || layout.As == options.Content).ToArray();
        var fitting = candidates.FirstOrDefault(layout => layout.Columns.All(columns.Contains));
        refusal = fitting is not null ? ""
            : candidates.Length == 0 ? $"The preset '{preset.Name}' has no layout for {Wire.NameOf(options.Content!.Value)}."
            : $"The columns fit no layout of the preset '{preset.Name}'. " + string.Join(" ", candidates.Select(layout => Missing(layout, columns)));
        return fitting;
    }

    private static string Missing(Layout layout, IReadOnlyList<string> columns)
    {
        var missing = layout.Columns.Where(column => !columns.Contains(column)).Select(column => $"'{column}'{Near(column, columns)}");
        return $"For {Wire.NameOf(layout.As)} there is no {string.Join(", ", missing)}.";
    }

    private static string Near(string column, IReadOnlyList<string> columns) => NearestName.Of(column, columns) is { } near ? $" (there is '{near}')" : "";

    /// <summary>The header of Cordon's own CSV names the fields of the wire form.</summary>
    private Layout? OwnColumns(IReadOnlyList<string> columns, out string refusal)
    {
        refusal = "";
        if (options.Content is not { } content)
        {
            refusal = "Say what the file holds: CSV in Cordon's own form does not tell its kind.";
            return null;
        }
        var kind = KindOf(content);
        var names = SignalFields.Names(kind).ToArray();
        var unknown = columns.Where(column => !names.Contains(column)).ToArray();
        var twice = columns.GroupBy(column => column).Where(group => group.Count() > 1).Select(group => group.Key).ToArray();
        var missing = SignalFields.Of(kind).Where(spec => spec.Required && !columns.Contains(spec.Name)).Select(spec => spec.Name).ToArray();
        if (unknown.Length > 0) refusal += string.Join(" ", unknown.Select(name => $"{Wire.NameOf(kind)} has no field {Utf8Text.Quote(name)}{NearestName.Hint(name, names.Except(columns))}")) + " ";
        if (twice.Length > 0) refusal += $"Columns stand twice: {string.Join(", ", twice)}. ";
        if (missing.Length > 0) refusal += $"Columns are missing: {string.Join(", ", missing)}.";
        refusal = refusal.TrimEnd();
        if (refusal.Length > 0) return null;
        var fields = SignalFields.Of(kind).Where(spec => columns.Contains(spec.Name))
            .Select(spec => new FieldRule(spec.Field, new ColumnValue(spec.Name, System.Collections.Immutable.ImmutableDictionary<string, string?>.Empty, "", null)));
        return new Layout(content, [new RowRule(kind, [], [.. fields])]);
    }

    /// <summary>The first byte that is no blank, without using it up; -1 where there is none in the first stretch.</summary>
    private static int FirstSign(RetainingStream text)
    {
        var buffer = new byte[4096];
        var read = text.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        text.Rewind(0);
        var at = buffer.AsSpan(0, read).IndexOfAnyExcept(" \t\r\n"u8);
        return at < 0 ? -1 : buffer[at];
    }
}
