using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Registers;

/// <summary>Does something from the start signal on and then again and again, on the server's clock. A fault is logged, and the next turn tries again.</summary>
/// <param name="every">The time between turns.</param>
/// <param name="start">Until when it waits.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where faults are told.</param>
/// <param name="undone">What is not done where a turn fails, as a sentence without its full stop.</param>
internal abstract class Clockwork(TimeSpan every, StartSignal start, TimeProvider time, ILogger log, string undone) : BackgroundService
{
    protected abstract Task TurnAsync(CancellationToken cancel);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Given.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(every, time);
        do
        {
            try
            {
                await TurnAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "{Undone}; the next turn tries again", undone);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
