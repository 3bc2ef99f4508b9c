using Cordon.Casework.Registers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Cases.Room;

/// <summary>Deletes, once a day, bytes of evidence that was removed or never became any, where the process was killed before it could.</summary>
internal sealed class EvidencePurge(CaseRoom room, StartSignal start, TimeProvider time, ILogger<EvidencePurge> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Given.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                if (await room.SweepAsync(stoppingToken) is > 0 and var swept) log.LogInformation("{Count} files of evidence that nothing names were deleted", swept);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "Files of evidence that nothing names were not deleted; the next day tries again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
