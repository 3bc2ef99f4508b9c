using Cordon.Casework.Orders;
using Cordon.Casework.Storage;

namespace Cordon.Hosting;

/// <summary>Looks at the clocks of orders each second, and drops stored answers each hour.</summary>
internal sealed class OrderClockLoop(OrderDesk orders, AnswerStore answers, TimeProvider time, ILogger<OrderClockLoop> log) : BackgroundService
{
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var purged = time.GetUtcNow();
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await orders.CheckClocksAsync(stoppingToken);
                if (time.GetUtcNow() - purged < PurgeEvery) continue;
                await answers.PurgeAsync(stoppingToken);
                purged = time.GetUtcNow();
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // A database that is away for a while must not stop the clocks for good: the next tick sees all that is due.
                log.LogError(fault, "The clocks of orders were not looked at; the next second tries again.");
            }
        }
    }
}
