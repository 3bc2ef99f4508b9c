using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Registers;

/// <summary>Keeps casework up with the journal, the engine up with casework, and open cases up with new transfers.</summary>
internal sealed class Follow(
    JournaledEngine engine, CaseworkStore store, JournalFollower follower, Outbox outbox, CaseDesk cases, StartSignal start, ILogger<Follow> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var moved = false;
        follower.Advanced += money => moved |= money;
        using var committed = new SemaphoreSlim(1);
        store.Committed += () => committed.Release();
        try
        {
            await start.Given.WaitAsync(stoppingToken);
            var (advance, commit) = (Task.CompletedTask, Task.CompletedTask);
            while (!stoppingToken.IsCancellationRequested)
            {
                while (await outbox.StepAsync(stoppingToken) > 0 || await follower.StepAsync(stoppingToken) > 0)
                {
                    // Both queues are emptied before the cases are followed: a following sees all that was told before it.
                }
                if (moved)
                {
                    moved = false;
                    var followed = await cases.FollowOpenAsync(stoppingToken);
                    log.LogDebug("Followed {Cases} open cases after new transfers", followed);
                }
                // A wait that did not end is kept: a second one beside it would let the first take the signal unseen.
                if (advance.IsCompleted) advance = engine.WaitForAsync(await follower.CursorAsync(), stoppingToken);
                if (commit.IsCompleted) commit = committed.WaitAsync(stoppingToken);
                await await Task.WhenAny(advance, commit);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("Stopped following the journal");
        }
    }
}

/// <summary>Looks at the running clocks of orders every second.</summary>
internal sealed class OrderClockwork(OrderDesk orders, StartSignal start, TimeProvider time, ILogger<OrderClockwork> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Given.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await orders.CheckClocksAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // A database that is away for a while must not stop the clocks for good: the next tick sees all that is due.
                log.LogError(fault, "The clocks of orders were not looked at; the next second tries again.");
            }
        }
    }
}
