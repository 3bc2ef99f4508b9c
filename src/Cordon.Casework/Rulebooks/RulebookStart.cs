using Cordon.Casework.Rulebooks.Backtests;
using Microsoft.Extensions.Hosting;

namespace Cordon.Casework.Rulebooks;

/// <summary>
/// Before anything is answered: ends backtests that were cut off, and sees to it that some rulebook judges, so that the first
/// signal is judged.
/// </summary>
internal sealed class RulebookStart(RulebookDesk desk, BacktestDesk backtests) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await backtests.RecoverAsync(cancellationToken);
        var adopted = await desk.AdoptAsync(cancellationToken);
        if (adopted.Refusal is { } refusal) throw new InvalidOperationException($"The rulebook that judges was not taken into the records: {refusal.Message}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
