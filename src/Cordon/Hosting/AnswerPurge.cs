using Cordon.Casework.Storage;

namespace Cordon.Hosting;

/// <summary>Drops answers that were stored for repeats, once they are a day old.</summary>
internal sealed class AnswerPurge(AnswerStore answers, TimeProvider time, ILogger<AnswerPurge> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await answers.PurgeAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "Stored answers were not dropped; the next hour tries again.");
            }
        }
    }
}
