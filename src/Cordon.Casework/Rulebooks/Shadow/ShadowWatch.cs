using System.Threading.Channels;
using Cordon.Casework.Registers;
using Cordon.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Rulebooks.Shadow;

/// <summary>Keeps the shadow up with the journal, and looks at owed confirmations.</summary>
internal sealed class ShadowWatch(
    JournaledEngine engine, RulebookDesk desk, ShadowFollower follower, StartSignal start, TimeProvider time, ILogger<ShadowWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClockRound = TimeSpan.FromSeconds(10);

    // One place is enough: whoever wakes looks at everything there is.
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        desk.Changed += _ => Wake();
        await start.Given.WaitAsync(stoppingToken);
        await using var round = time.CreateTimer(_ => Wake(), null, ClockRound, ClockRound);
        var advance = Task.CompletedTask;
        while (true)
        {
            try
            {
                await desk.CheckConfirmationsAsync(stoppingToken);
                while (await follower.StepAsync(stoppingToken) > 0)
                {
                    // Batches are short, so that a stop is noticed between them.
                }
                // Without a shadow there is nothing to follow; the desk wakes where one begins.
                if (advance.IsCompleted && follower.Read is { } read) advance = WakeOnAdvanceAsync(read, stoppingToken);
                await wake.Reader.ReadAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // A shadow has no effect, so what fails here stops nothing; it is read again.
                log.LogError(fault, "The shadow does not keep up with the journal; it tries again.");
                await Task.Delay(Pause, time, stoppingToken);
                Wake();
            }
        }
    }

    private void Wake() => wake.Writer.TryWrite(true);

    private async Task WakeOnAdvanceAsync(long read, CancellationToken cancel)
    {
        await engine.WaitForAsync(read, cancel);
        Wake();
    }
}
