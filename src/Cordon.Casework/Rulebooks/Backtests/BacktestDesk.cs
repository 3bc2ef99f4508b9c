using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cordon.Casework.Members;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Rulebooks.Backtests;

/// <summary>Runs backtests, one at a time, in the background of the program.</summary>
/// <param name="store">The database.</param>
/// <param name="texts">Where the rulebook of a draft comes from.</param>
/// <param name="replay">Replays stored history.</param>
/// <param name="log">Told of a replay that failed.</param>
public sealed class BacktestDesk(CaseworkStore store, RulebookDesk texts, BacktestReplay replay, ILogger<BacktestDesk> log) : IAsyncDisposable
{
    private static readonly Actor Self = Actor.System("backtests");

    private readonly Lock gate = new();
    private readonly CancellationTokenSource closing = new();
    private (Guid Id, CancellationTokenSource Stop, Task Work)? running;
    private BacktestProgress? progress;

    /// <summary>Raised after a backtest began, came further or ended.</summary>
    public event Action<Guid>? Changed;

    /// <summary>How far the running backtest is; null where that one does not run.</summary>
    public BacktestProgress? ProgressOf(Guid id)
    {
        lock (gate) return running?.Id == id ? progress : null;
    }

    /// <summary>The backtests of a rulebook, the newest first, at most fifty.</summary>
    public Task<List<BacktestRun>> ListAsync(Guid rulebook) =>
        store.ReadAsync(db => db.Set<BacktestRun>().Where(b => b.Rulebook == rulebook).OrderByDescending(b => b.StartedAt).Take(50).ToListAsync());

    /// <summary>One backtest; null where there is none of that id.</summary>
    public Task<BacktestRun?> FindAsync(Guid id) => store.ReadAsync(db => db.Set<BacktestRun>().SingleOrDefaultAsync(b => b.Id == id));

    /// <summary>Begins a backtest of a rulebook that checks; it runs on when this returns.</summary>
    /// <param name="actor">A rule author.</param>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="from">From when on signals count; null for the beginning.</param>
    /// <param name="to">Until when; null for no end.</param>
    /// <param name="cancel">Stops before it began.</param>
    public async Task<Outcome<BacktestRun>> StartAsync(Actor actor, Guid rulebook, Instant? from, Instant? to, CancellationToken cancel = default)
    {
        if (!actor.Is(Roles.RuleAuthor)) return RulebookRefusal.NotAuthor;
        if (from >= to) return RulebookRefusal.BadPeriod;
        var found = await texts.CompiledAsync(rulebook, cancel);
        if (found.Refusal is { } refusal) return refusal;
        var book = found.Value;
        var begun = await store.ChangeAsync<BacktestRun>(actor, async change =>
        {
            if (await change.Db.Set<BacktestRun>().AnyAsync(b => b.State == BacktestState.Running, cancel)) return RulebookRefusal.BacktestRuns;
            var run = new BacktestRun();
            change.Begin(run, new BacktestStarted(change.Now, change.NewId(), rulebook, book.Hash, from, to, actor.Id));
            return run;
        }, cancel);
        if (!begun.Succeeded) return begun;
        var fraud = await ConfirmedAsync(cancel);
        Begin(begun.Value.Id, new BacktestOrder(book, from, to, fraud));
        Changed?.Invoke(rulebook);
        return begun;
    }

    /// <summary>Stops a running backtest.</summary>
    public async Task<Outcome<BacktestRun>> StopAsync(Actor actor, Guid id)
    {
        if (!actor.Is(Roles.RuleAuthor)) return RulebookRefusal.NotAuthor;
        Task? work = null;
        lock (gate)
        {
            if (running is { } one && one.Id == id)
            {
                one.Stop.Cancel();
                work = one.Work;
            }
        }
        if (work is not null) await work;
        return await FindAsync(id) is { } run ? run : RulebookRefusal.BacktestNotFound;
    }

    /// <summary>Ends in the records what ended with the program before.</summary>
    internal Task RecoverAsync(CancellationToken cancel) => store.ChangeAsync<int>(Self, async change =>
    {
        var cut = await change.Db.Set<BacktestRun>().Where(b => b.State == BacktestState.Running).ToListAsync(cancel);
        foreach (var run in cut) change.Record(run, new BacktestEnded(change.Now, BacktestState.Stopped, "The program stopped while it ran."));
        return cut.Count;
    }, cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        Task? work;
        lock (gate) work = running?.Work;
        if (work is not null) await work;
        closing.Dispose();
    }

    private void Begin(Guid id, BacktestOrder order)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        lock (gate)
        {
            progress = null;
            running = (id, stop, Task.Run(() => RunAsync(id, order, stop), CancellationToken.None));
        }
    }

    private async Task RunAsync(Guid id, BacktestOrder order, CancellationTokenSource stop)
    {
        BacktestReport? report = null;
        BacktestEnded? end = null;
        try
        {
            report = await replay(order, new Told(this, id), stop.Token);
        }
        catch (OperationCanceledException)
        {
            end = new BacktestEnded(store.Now, BacktestState.Stopped, closing.IsCancellationRequested ? "The program stopped while it ran." : "It was stopped.");
        }
        catch (Exception fault)
        {
            log.LogError(fault, "A backtest failed");
            end = new BacktestEnded(store.Now, BacktestState.Failed, "The replay failed; the server's log says why.");
        }
        if ((await EndAsync(id, report, end)).Refusal is { } refusal) log.LogError("How a backtest ended was not noted: {Reason}", refusal.Message);
        lock (gate) running = null;
        stop.Dispose();
        Changed?.Invoke(id);
    }

    private Task<Outcome<int>> EndAsync(Guid id, BacktestReport? report, BacktestEnded? end) => store.ChangeAsync<int>(Self, async change =>
    {
        var run = await change.Db.Set<BacktestRun>().SingleAsync(b => b.Id == id);
        if (end is not null) change.Record(run, end);
        else
        {
            var text = JsonSerializer.Serialize(report, CaseworkJson.Options);
            run.Keep(report!);
            change.Record(run, new BacktestDone(change.Now, report!.Found, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
        }
        return 0;
    });

    /// <summary>What cases have confirmed: what their reports point at, and the accounts that reported payments went to.</summary>
    public Task<ConfirmedFraud> ConfirmedAsync(CancellationToken cancel) => store.ReadAsync(async db =>
    {
        // What a stranger told and nobody verified confirms nothing.
        var reports = await db.Set<Report>().Where(r => r.IsVerified && r.Unfounded == null).Select(r => new { r.Suspects, r.Losses }).ToListAsync(cancel);
        return new ConfirmedFraud(
            reports.SelectMany(r => r.Suspects.Phones).ToHashSet(),
            reports.SelectMany(r => r.Suspects.Accounts).Concat(reports.SelectMany(r => r.Losses).Select(l => l.Payee).OfType<AccountNumber>()).ToHashSet(),
            reports.SelectMany(r => r.Suspects.Domains).ToHashSet(StringComparer.Ordinal));
    });

    private sealed class Told(BacktestDesk desk, Guid id) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value)
        {
            lock (desk.gate) desk.progress = value;
            desk.Changed?.Invoke(id);
        }
    }
}
