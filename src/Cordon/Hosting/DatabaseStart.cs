using Cordon.Casework.Storage;

namespace Cordon.Hosting;

/// <summary>Brings the database to the present model before anything else starts.</summary>
internal sealed class DatabaseStart(Func<CaseworkContext> open) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = open();
        await db.MigrateAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
