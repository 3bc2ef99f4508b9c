using Cordon.Casework.Controls;
using Cordon.Casework.Registers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Rectifications;

/// <summary>Puts what the controls show to rectifications: burnt ones open them, and claims to have mended are read again.</summary>
/// <param name="controls">The controls.</param>
/// <param name="rectifications">The rectifications.</param>
public sealed class ControlFollower(ControlDesk controls, RectificationDesk rectifications)
{
    /// <summary>Looks at all controls once, as they stand now.</summary>
    public async Task StepAsync(CancellationToken cancel = default)
    {
        await rectifications.TakeAsync(await controls.BurntAsync(cancel), cancel);
        foreach (var claimed in await rectifications.ToRecheckAsync(cancel))
        {
            if (claimed is not { ClaimedAt: { } at, RecheckUntil: { } until } || claimed.Controls.IsEmpty) continue;
            var subjects = claimed.Controls.Select(duty => new ControlSubject(duty, claimed.Member, claimed.Unit)).ToList();
            var (readings, tells) = await controls.RecheckAsync(subjects, claimed.Readings, at, until, cancel);
            if (tells) await rectifications.RecheckAsync(claimed.Id, new Recheck(readings), cancel);
        }
    }
}

/// <summary>Looks at the controls every ten minutes: a loophole shows within an hour, and burns for days.</summary>
internal sealed class ControlWatch(ControlFollower follower, StartSignal start, TimeProvider time, ILogger<ControlWatch> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Given.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                await follower.StepAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The controls were not looked at; the next ten minutes try again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
