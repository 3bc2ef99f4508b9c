using System.Text.Unicode;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;

namespace Cordon.Gateways.Files;

/// <summary>Turns a file row by row into signals, reports and rejected rows.</summary>
internal abstract class RowSource : IDisposable
{
    /// <summary>Reads one row into the batch; false at the end of the file.</summary>
    public abstract bool Next(FileBatch batch);

    /// <inheritdoc/>
    public abstract void Dispose();

    protected static IntakeFault Torn => new("", IntakeReason.CutOff, "The file was cut off inside this row.");
}

/// <summary>Rows mapped by a layout.</summary>
internal sealed class MappedSource(FileRows rows, BoundLayout layout, SignalDraft draft, RowHash? hash, bool transcoded) : RowSource
{
    public override bool Next(FileBatch batch)
    {
        if (!rows.Next(batch.RejectedRows)) return false;
        var id = hash is null ? default : hash.Next(rows);
        if (Unsound() is { } fault)
        {
            batch.RejectedRows.Add(RejectedRow.Of(rows.Line, fault, rows.Raw));
            return true;
        }
        if (!layout.Fill(draft, rows, id))
        {
            batch.RejectedRows.Add(RejectedRow.Of(rows.Line, new IntakeFault("", IntakeReason.NotMapped, "No rule of the preset takes this row."), rows.Raw));
            return true;
        }
        var reading = draft.Finish();
        if (reading.Value is { } signal) batch.Add(rows.Line, signal, draft);
        else batch.RejectedRows.Add(RejectedRow.Of(rows.Line, reading.Faults[0], rows.Raw));
        return true;
    }

    public override void Dispose()
    {
        rows.Dispose();
        hash?.Dispose();
    }

    private IntakeFault? Unsound()
    {
        if (rows.IsTorn) return Torn;
        // The decoder of another encoding puts U+FFFD where bytes were none of its own.
        if (transcoded ? rows.Raw.IndexOf("\ufffd"u8) >= 0 : !Utf8.IsValid(rows.Raw))
            return new IntakeFault("", IntakeReason.BadEncoding, "The row has bytes that are no text in the declared encoding.");
        return rows.FieldCount == rows.Columns.Count ? null
            : new IntakeFault("", IntakeReason.ColumnCount, $"The row has {rows.FieldCount} columns; the header has {rows.Columns.Count}.");
    }
}

/// <summary>Signals in Cordon's own form, a line each.</summary>
internal sealed class SignalLineSource(RetainingStream text, SignalKind? kind, Door door) : RowSource
{
    private readonly JsonLines lines = new(text);
    private readonly SignalJsonReader reader = new(door);

    public override bool Next(FileBatch batch)
    {
        if (!lines.Next()) return false;
        var reading = LineFault.Of(lines) is { } fault ? new Reading<Signal>(null, [fault]) : reader.Read(lines.Current, kind);
        if (reading.Value is { } signal) batch.Add(lines.Line, signal, null);
        else batch.RejectedRows.Add(RejectedRow.Of(lines.Line, reading.Faults[0], lines.Current));
        return true;
    }

    public override void Dispose()
    {
    }
}

/// <summary>Reports in Cordon's own form, a line each.</summary>
internal sealed class ReportLineSource(RetainingStream text) : RowSource
{
    private readonly JsonLines lines = new(text);

    public override bool Next(FileBatch batch)
    {
        if (!lines.Next()) return false;
        var reading = LineFault.Of(lines) is { } fault ? new Reading<VictimReport>(null, [fault]) : ReportJson.Read(lines.Current);
        if (reading.Value is { } report) batch.Add(lines.Line, report);
        else batch.RejectedRows.Add(RejectedRow.Of(lines.Line, reading.Faults[0], lines.Current));
        return true;
    }

    public override void Dispose()
    {
    }
}

/// <summary>What can be wrong with a line before it is read.</summary>
internal static class LineFault
{
    public static IntakeFault? Of(JsonLines lines)
    {
        if (lines.IsTooLong) return new IntakeFault("", IntakeReason.LineTooLong, $"The line has more than {Door.MaxLineBytes} bytes.");
        return lines.IsTorn ? new IntakeFault("", IntakeReason.CutOff, "The file was cut off inside this line.") : null;
    }
}
