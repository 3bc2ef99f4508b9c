using Cordon.Casework.Rulebooks;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Hosting;

/// <summary>Sees to it that some rulebook judges before the first signal is taken.</summary>
internal sealed class RulebookStart(JournaledEngine engine, RulebookLibrary library, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) =>
        await FirstRulebook.ActivateAsync(engine, library, Instant.From(time.GetUtcNow()));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
