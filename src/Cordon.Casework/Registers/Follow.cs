using System.Threading.Channels;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Registers;

/// <summary>Keeps casework up with the journal, the engine up with casework, and open cases up with new transfers and receipts.</summary>
internal sealed class Follow(
    JournaledEngine engine, CaseworkStore store, JournalFollower follower, Outbox outbox, OrderDesk orders, CaseDesk cases,
    StartSignal start, TimeProvider time, ILogger<Follow> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // One place is enough: whoever wakes looks at everything there is.
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool moved;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        follower.Advanced += money => moved |= money;
        store.Committed += Wake;
        orders.Changed += _ =>
        {
            moved = true;
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
        if (!moved) return;
        moved = false;
        var followed = await cases.FollowOpenAsync(cancel);
        log.LogDebug("Followed {Cases} open cases after new transfers or receipts", followed);
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
