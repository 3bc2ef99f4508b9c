using Cordon.Casework.Registers;
using Cordon.Casework.Rulebooks.Backtests;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Rulebooks;

/// <summary>
/// Before anything is answered: ends backtests that were cut off, and puts the shipped rulebook to work where none ever was,
/// so that the first signal is judged.
/// </summary>
internal sealed class RulebookStart(RulebookDesk desk, BacktestDesk backtests, Outbox outbox, ILogger<RulebookStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await backtests.RecoverAsync(cancellationToken);
        if (!Path.Exists(desk.Options.Shipped))
        {
            log.LogWarning("No rulebook comes with this program ({Path}): nothing is judged until one is released", desk.Options.Shipped);
            return;
        }
        var adopted = await desk.AdoptShippedAsync(cancellationToken);
        if (adopted.Refusal is { } refusal) throw new InvalidOperationException($"The shipped rulebook was not put to work: {refusal.Message}");
        while (adopted.Value is not null && await outbox.StepAsync(cancellationToken) > 0)
        {
            // All that casework owes the engine, the first rulebook among it.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
