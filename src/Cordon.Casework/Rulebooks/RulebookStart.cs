using Cordon.Casework.Registers;
using Cordon.Casework.Rulebooks.Backtests;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Rulebooks;

/// <summary>Once, at the start: ends backtests that were cut off, and puts the shipped rulebook to work where none ever was.</summary>
internal sealed class RulebookStart(RulebookDesk desk, BacktestDesk backtests, StartSignal start, ILogger<RulebookStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Given.WaitAsync(stoppingToken);
        await backtests.RecoverAsync(stoppingToken);
        if (!Path.Exists(desk.Options.Shipped))
        {
            log.LogWarning("No rulebook comes with this program ({Path}): nothing is judged until one is released", desk.Options.Shipped);
            return;
        }
        var adopted = await desk.AdoptShippedAsync(stoppingToken);
        if (adopted.Refusal is { } refusal) log.LogError("The shipped rulebook was not put to work: {Reason}", refusal.Message);
    }
}
