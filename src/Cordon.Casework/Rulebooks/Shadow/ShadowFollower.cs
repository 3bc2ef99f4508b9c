using Cordon.Casework.Storage;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Rulebooks.Shadow;

/// <summary>
/// Steps a second engine, with the rulebook in the shadow, through the journal: from its beginning, so that the windows are as full
/// as the live ones, and then along with it. Nothing of this touches the path on which signals are answered. After a restart it
/// reads the journal again and comes to the same counts.
/// </summary>
/// <param name="engine">The live engine and its journal.</param>
/// <param name="store">The database, which says what is in the shadow.</param>
/// <param name="library">Where rulebooks are found by hash.</param>
public sealed class ShadowFollower(JournaledEngine engine, CaseworkStore store, RulebookLibrary library) : IDisposable
{
    private const int BatchRecords = 4_000;

    private readonly SemaphoreSlim turn = new(1);
    private ShadowRun? run;
    private ShadowReport? report;

    /// <summary>Raised after the report has changed.</summary>
    public event Action? Advanced;

    /// <summary>How far the shadow has read; null where there is none.</summary>
    public long? Read => Volatile.Read(ref report)?.Read;

    /// <summary>What the shadow of a rulebook has found so far; null where its shadow does not run.</summary>
    public ShadowReport? Find(Guid rulebook) => Volatile.Read(ref report) is { } known && known.Rulebook == rulebook
        ? known with { Journal = engine.Sequence }
        : null;

    /// <summary>Takes one batch of records.</summary>
    /// <returns>How many were taken; 0 where there is no shadow or it has read all there is.</returns>
    public async Task<int> StepAsync(CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return Step(await RunningAsync(cancel));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private Task<RulebookDraft?> RunningAsync(CancellationToken cancel) => store.ReadAsync(db =>
        db.Set<RulebookDraft>().SingleOrDefaultAsync(d => d.State == RulebookState.Shadow && d.ShadowStoppedAt == null, cancel));

    private int Step(RulebookDraft? wanted)
    {
        if (wanted is null)
        {
            if (run is not null) Show(null, null);
            return 0;
        }
        var (hash, after) = (wanted.Hash!, wanted.ShadowAfter!.Value);
        if (run is null || !run.Is(wanted.Id, hash, after))
        {
            var book = library.Find(hash) ?? throw new InvalidDataException($"The rulebook {hash} is in the shadow and not in the library.");
            run = new ShadowRun(wanted.Id, book.Compiled, after);
            Show(run, run.Report(engine.Sequence));
        }
        var batch = engine.ReadFrom(run.Read, BatchRecords);
        if (batch.Count == 0) return 0;
        var verdicts = engine.Read(e => e.AlertsAfter(run.Read, batch.Count)).ToDictionary(a => a.Sequence, a => a.Verdict);
        foreach (var (sequence, record) in batch) run.Take(sequence, record, verdicts.GetValueOrDefault(sequence));
        Show(run, run.Report(engine.Sequence));
        return batch.Count;
    }

    private void Show(ShadowRun? now, ShadowReport? found)
    {
        run = now;
        Volatile.Write(ref report, found);
        Advanced?.Invoke();
    }
}
