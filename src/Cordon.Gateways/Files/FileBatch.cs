using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;

namespace Cordon.Gateways.Files;

/// <summary>What a stretch of a file gave. Filled by one thread, then handed on.</summary>
public sealed class FileBatch
{
    private readonly List<Signal> signals = [];
    private readonly List<long> signalLines = [];
    private readonly List<VictimReport> reports = [];
    private readonly List<long> reportLines = [];

    internal FileBatch()
    {
    }

    /// <summary>The signals, in the file's order.</summary>
    public IReadOnlyList<Signal> Signals => signals;

    /// <summary>The line of each signal.</summary>
    public IReadOnlyList<long> SignalLines => signalLines;

    /// <summary>The reports, in the file's order.</summary>
    public IReadOnlyList<VictimReport> Reports => reports;

    /// <summary>The line of each report.</summary>
    public IReadOnlyList<long> ReportLines => reportLines;

    /// <summary>The rows not taken; a row with several faults stands here with the first.</summary>
    public IReadOnlyList<RejectedRow> Rejected => RejectedRows;

    /// <summary>How many signals had their amount rounded.</summary>
    public long RoundedRows { get; private set; }

    /// <summary>Sum of amounts taken minus amounts written, in major units, of the rounded rows.</summary>
    public decimal RoundingDifference { get; private set; }

    /// <summary>Bytes of the file, as it lies on disk, that were read when this batch was full.</summary>
    public long BytesRead { get; internal set; }

    /// <summary>Rows in this batch, taken or not.</summary>
    public int Rows => signals.Count + reports.Count + RejectedRows.Count;

    internal List<RejectedRow> RejectedRows { get; } = [];

    internal void Add(long line, Signal signal, SignalDraft? draft)
    {
        signals.Add(signal);
        signalLines.Add(line);
        if (draft is not { WasRounded: true }) return;
        RoundedRows++;
        RoundingDifference += draft.RoundingDifference;
    }

    internal void Add(long line, VictimReport report)
    {
        reports.Add(report);
        reportLines.Add(line);
    }
}
