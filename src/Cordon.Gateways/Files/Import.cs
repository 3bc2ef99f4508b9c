using System.Collections.Immutable;
using System.Threading.Channels;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;

namespace Cordon.Gateways.Files;

/// <summary>What became of one thing handed in.</summary>
public enum ReceiptMark : byte
{
    /// <summary>New, and stored.</summary>
    Accepted,

    /// <summary>Already there with the same values: nothing changed.</summary>
    Repeated,

    /// <summary>Already there with the same id and other values: not stored.</summary>
    Conflict,

    /// <summary>Well-formed, and not taken for what it says: not stored.</summary>
    Refused,
}

/// <summary>What became of a batch, by position.</summary>
/// <param name="Marks">One for each thing handed in, in its order.</param>
public sealed record BatchReceipt(ImmutableArray<ReceiptMark> Marks)
{
    /// <summary>Why things were refused: one for each <see cref="ReceiptMark.Refused"/>, by position.</summary>
    public ImmutableDictionary<int, IntakeFault> Refusals { get; init; } = ImmutableDictionary<int, IntakeFault>.Empty;
}

/// <summary>Hands things on to the engine, or to a server. It returns when they are stored.</summary>
/// <typeparam name="T">Signal or report.</typeparam>
public delegate ValueTask<BatchReceipt> BatchSink<in T>(IReadOnlyList<T> batch, CancellationToken cancel);

/// <summary>Where an import hands things on to.</summary>
/// <param name="Signals">Takes signals.</param>
/// <param name="Reports">Takes reports.</param>
public sealed record ImportSinks(BatchSink<Signal> Signals, BatchSink<VictimReport> Reports);

/// <summary>How far an import has come.</summary>
/// <param name="BytesRead">Bytes of the file on disk that are read and handed on.</param>
/// <param name="Rows">Rows done.</param>
/// <param name="Quarantined">Rows not taken.</param>
public readonly record struct ImportProgress(long BytesRead, long Rows, long Quarantined);

/// <summary>What an import did.</summary>
public sealed record ImportSummary
{
    /// <summary>Rows of the file, taken or not; the header is none.</summary>
    public required long Rows { get; init; }

    /// <summary>Signals accepted, by kind.</summary>
    public required ImmutableSortedDictionary<SignalKind, long> Accepted { get; init; }

    /// <summary>Reports accepted.</summary>
    public required long Reports { get; init; }

    /// <summary>Rows that were already there: nothing changed.</summary>
    public required long Repeated { get; init; }

    /// <summary>Rows with an id that is already there with other values; they are quarantined too.</summary>
    public required long Conflicts { get; init; }

    /// <summary>Rows not taken, by reason (<see cref="IntakeReason"/>).</summary>
    public required ImmutableSortedDictionary<string, long> Quarantined { get; init; }

    /// <summary>Rows whose amount was rounded, as the preset declares; a row that is repeated counts too.</summary>
    public required long RoundedRows { get; init; }

    /// <summary>Sum of amounts taken minus amounts written of those rows, in major units.</summary>
    public required decimal RoundingDifference { get; init; }

    /// <summary>Why the file ended early; null where it was whole. What came before is in.</summary>
    public required string? CutOff { get; init; }

    /// <summary>The quarantine file; null where there was no bad row.</summary>
    public required string? QuarantinePath { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>All rows not taken.</summary>
    public long QuarantinedRows => Quarantined.Values.Sum();

    /// <summary>Whether every row was taken and the file was whole: what <c>--strict</c> asks.</summary>
    public bool IsClean => Quarantined.IsEmpty && CutOff is null;
}

/// <summary>Reads a file on one thread and hands its batches on from another, in order, a few batches ahead.</summary>
public static class Import
{
    private const int BatchesAhead = 4;

    /// <summary>
    /// Imports a file. A bad row never stops it; a sink that fails does, with the sink's own exception.
    /// </summary>
    /// <param name="file">The file; it stays the caller's to dispose of.</param>
    /// <param name="sinks">Where to hand things on to.</param>
    /// <param name="quarantine">Where bad rows go.</param>
    /// <param name="progress">Called after every batch; may be null.</param>
    /// <param name="clock">Measures the seconds.</param>
    /// <param name="cancel">Stops between batches.</param>
    public static async Task<ImportSummary> RunAsync(
        SignalFile file, ImportSinks sinks, QuarantineFile quarantine, IProgress<ImportProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        var channel = Channel.CreateBounded<FileBatch>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Task.Run(() => ReadAsync(file, channel.Writer, stop.Token), CancellationToken.None);
        var tally = new ImportTally(quarantine);
        try
        {
            await foreach (var batch in channel.Reader.ReadAllAsync(cancel))
            {
                await HandOnAsync(batch, sinks, tally, cancel);
                progress?.Report(new ImportProgress(batch.BytesRead, tally.Rows, tally.QuarantinedRows));
            }
        }
        finally
        {
            // A sink that failed must not leave the reader waiting for room.
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return tally.Summary(file.CutOff, clock.GetElapsedTime(start));
    }

    private static async Task ReadAsync(SignalFile file, ChannelWriter<FileBatch> writer, CancellationToken cancel)
    {
        Exception? failure = null;
        try
        {
            foreach (var batch in file.Read(cancel)) await writer.WriteAsync(batch, cancel);
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            writer.Complete(failure);
        }
    }

    private static async ValueTask HandOnAsync(FileBatch batch, ImportSinks sinks, ImportTally tally, CancellationToken cancel)
    {
        tally.Add(batch);
        if (batch.Signals.Count > 0)
        {
            var receipt = await sinks.Signals(batch.Signals, cancel);
            for (var i = 0; i < batch.Signals.Count; i++) tally.Add(batch.SignalLines[i], batch.Signals[i], receipt.Marks[i], receipt.Refusals.GetValueOrDefault(i));
        }
        if (batch.Reports.Count > 0)
        {
            var receipt = await sinks.Reports(batch.Reports, cancel);
            for (var i = 0; i < batch.Reports.Count; i++) tally.Add(batch.ReportLines[i], batch.Reports[i], receipt.Marks[i], receipt.Refusals.GetValueOrDefault(i));
        }
    }
}

/// <summary>Counts what an import does.</summary>
internal sealed class ImportTally(QuarantineFile quarantine)
{
    private readonly long[] accepted = new long[(int)SignalKind.TransferCorrection + 1];
    private readonly SortedDictionary<string, long> quarantined = new(StringComparer.Ordinal);
    private long reports;
    private long repeated;
    private long conflicts;
    private long roundedRows;
    private decimal roundingDifference;

    public long Rows { get; private set; }

    public long QuarantinedRows { get; private set; }

    public void Add(FileBatch batch)
    {
        Rows += batch.Rows;
        roundedRows += batch.RoundedRows;
        roundingDifference += batch.RoundingDifference;
        foreach (var row in batch.Rejected) Quarantine(row);
    }

    public void Add(long line, Signal signal, ReceiptMark mark, IntakeFault? refusal)
    {
        if (mark == ReceiptMark.Accepted) accepted[(int)signal.Kind]++;
        else if (mark == ReceiptMark.Repeated) repeated++;
        else NotTaken(line, mark, refusal, SignalJson.Write(signal));
    }

    public void Add(long line, VictimReport report, ReceiptMark mark, IntakeFault? refusal)
    {
        if (mark == ReceiptMark.Accepted) reports++;
        else if (mark == ReceiptMark.Repeated) repeated++;
        else NotTaken(line, mark, refusal, ReportJson.Write(report));
    }

    public ImportSummary Summary(string? cutOff, TimeSpan elapsed) => new()
    {
        Rows = Rows,
        Accepted = accepted.Index().Where(entry => entry.Item > 0).ToImmutableSortedDictionary(entry => (SignalKind)entry.Index, entry => entry.Item),
        Reports = reports,
        Repeated = repeated,
        Conflicts = conflicts,
        Quarantined = quarantined.ToImmutableSortedDictionary(StringComparer.Ordinal),
        RoundedRows = roundedRows,
        RoundingDifference = roundingDifference,
        CutOff = cutOff,
        QuarantinePath = quarantine.Path,
        Seconds = elapsed.TotalSeconds,
    };

    private void NotTaken(long line, ReceiptMark mark, IntakeFault? refusal, string row)
    {
        if (mark == ReceiptMark.Conflict) conflicts++;
        var fault = mark == ReceiptMark.Conflict
            ? new IntakeFault("id", IntakeReason.Conflict, "The id is already there and says otherwise.")
            : refusal ?? new IntakeFault("", IntakeReason.Refused, "The receiver does not take the row and does not say why.");
        Quarantine(new RejectedRow(line, fault.Field, fault.Reason, Masking.Mask(fault.Message), Masking.Mask(row)));
    }

    private void Quarantine(RejectedRow row)
    {
        QuarantinedRows++;
        quarantined[row.Reason] = quarantined.GetValueOrDefault(row.Reason) + 1;
        quarantine.Add(row);
    }
}
