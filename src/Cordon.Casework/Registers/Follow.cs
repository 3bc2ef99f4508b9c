using System.Collections.Concurrent;
using System.Threading.Channels;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Registers;

/// <summary>Keeps casework up with the journal, the engine up with casework, and cases up with receipts and with payments that are told late.</summary>
internal sealed class Follow(
    JournaledEngine engine, CaseworkStore store, JournalFollower follower, Outbox outbox, OrderDesk orders, CaseDesk cases,
    StartSignal start, TimeProvider time, ILogger<Follow> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // One place is enough: whoever wakes looks at everything there is.
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentQueue<Guid> changed = new();
    private volatile bool moved;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        follower.Advanced += money => moved |= money;
        store.Committed += Wake;
        orders.Changed += id =>
        {
            changed.Enqueue(id);
            Wake();
        };
        await start.Given.WaitAsync(stoppingToken);
        var advance = Task.CompletedTask;
        while (true)
        {
            try
            {
                await CatchUpAsync(stoppingToken);
                // A wait that did not end is kept: a second one beside it would let the first take the signal unseen.
                if (advance.IsCompleted) advance = WakeOnAdvanceAsync(await follower.CursorAsync(), stoppingToken);
                await wake.Reader.ReadAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // What is not followed now is followed later, from the cursor; nothing is lost by waiting.
                log.LogError(fault, "Casework does not keep up with the journal; the next second tries again.");
                await Task.Delay(Pause, time, stoppingToken);
                Wake();
            }
        }
    }

    private void Wake() => wake.Writer.TryWrite(true);

    private async Task WakeOnAdvanceAsync(long cursor, CancellationToken cancel)
    {
        await engine.WaitForAsync(cursor, cancel);
        Wake();
    }

    private async Task CatchUpAsync(CancellationToken cancel)
    {
        while (await outbox.StepAsync(cancel) > 0 || await follower.StepAsync(cancel) > 0)
        {
            // Both queues are emptied before the cases are followed: a following sees all that was told before it.
        }
        // Taken out once it was followed: a fault between loses none.
        for (; changed.TryPeek(out var id); changed.TryDequeue(out _)) await cases.FollowAsync(Actor.System("follower"), id, cancel);
        if (!moved) return;
        moved = false;
        var followed = await cases.FollowUnmatchedAsync(cancel);
        log.LogDebug("Followed {Cases} cases that wait for a payment to be told", followed);
    }
}

/// <summary>Follows the money of open cases while it moves: what the engine is told of it wakes this at once, whatever else casework has to do.</summary>
internal sealed class HotPursuit(JournaledEngine engine, CaseDesk cases, StartSignal start, TimeProvider time, ILogger<HotPursuit> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        engine.MoneyTouched += Wake;
        await start.Given.WaitAsync(stoppingToken);
        var begun = false;
        while (true)
        {
            try
            {
                // What was told while nobody pursued is found by following all cases once.
                if (!begun) await cases.FollowOpenAsync(stoppingToken);
                begun = true;
                while (await cases.FollowTouchedAsync(stoppingToken) > 0)
                {
                    // Money moves on while it is followed.
                }
                await wake.Reader.ReadAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Whose touch was taken and not followed is not known: all are followed again.
                begun = false;
                log.LogError(fault, "The money of open cases is not followed; the next second tries again.");
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    public override void Dispose()
    {
        engine.MoneyTouched -= Wake;
        base.Dispose();
    }

    private void Wake() => wake.Writer.TryWrite(true);
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
