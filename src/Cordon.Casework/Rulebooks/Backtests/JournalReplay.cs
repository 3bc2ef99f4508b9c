using Cordon.Engine.Screening;
using Cordon.Journal;

namespace Cordon.Casework.Rulebooks.Backtests;

/// <summary>Replays a journal from its beginning under another rulebook: windows fill as they did live, and only the period is counted.</summary>
/// <param name="journal">The journal.</param>
/// <param name="time">The clock by which the replay's speed is told.</param>
public sealed class JournalReplay(JournaledEngine journal, TimeProvider time)
{
    private const int BatchRecords = 10_000;

    /// <summary>Replays; a <see cref="BacktestReplay"/>.</summary>
    public Task<BacktestReport> RunAsync(BacktestOrder order, IProgress<BacktestProgress> progress, CancellationToken cancel) =>
        Task.Run(() => Run(order, progress, cancel), cancel);

    private BacktestReport Run(BacktestOrder order, IProgress<BacktestProgress> progress, CancellationToken cancel)
    {
        var (engine, count) = (new ScreeningEngine(order.Rulebook.Compiled), new BacktestCount(order.Rulebook.Compiled, order.Fraud));
        var (begun, total, read) = (time.GetTimestamp(), journal.Sequence, 0L);
        while (read < total)
        {
            cancel.ThrowIfCancellationRequested();
            var batch = journal.ReadFrom(read, (int)Math.Min(BatchRecords, total - read));
            read = batch[^1].Sequence;
            // The replay keeps its own rulebook, whatever the live engine changed to meanwhile.
            EngineRecord[] records = [.. batch.Select(b => b.Record).Where(r => r is not (RulebookActivated or RulebookPrepared))];
            var verdicts = new Verdict?[records.Length];
            engine.Step(records, verdicts);
            for (var i = 0; i < records.Length; i++)
            {
                if (verdicts[i] is not { } verdict || records[i] is not SignalAccepted { Signal: var signal }) continue;
                if (!(signal.At < order.From) && !(signal.At >= order.To)) count.Take(signal, verdict);
            }
            var elapsed = time.GetElapsedTime(begun).TotalSeconds;
            progress.Report(new BacktestProgress(read, total, elapsed > 0 ? read / elapsed : 0));
        }
        return count.Report(time.GetElapsedTime(begun).TotalSeconds);
    }
}
