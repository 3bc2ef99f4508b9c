using System.Threading.Channels;
using Cordon.Casework.Lists;
using Cordon.Casework.Registers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Indicators;

/// <summary>Adds indicators to the program.</summary>
public static class IndicatorsModule
{
    /// <summary>Adds the desk. Wants the database, the engine and the live lists.</summary>
    public static IServiceCollection AddIndicators(this IServiceCollection services) => services.AddSingleton<IndicatorDesk>();

    /// <summary>Adds the background service that ends what ran out. Wants the start signal.</summary>
    public static IServiceCollection AddIndicatorClocks(this IServiceCollection services) => services.AddHostedService<IndicatorClockwork>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapIndicators(this RouteGroupBuilder api) => IndicatorEndpoints.Map(api);
}

/// <summary>Looks at the ends of indicators every minute, for those who watch: screening judges them by the time of each signal and needs no clock.</summary>
internal sealed class IndicatorClockwork(IndicatorDesk indicators, ListDesk lists, StartSignal start, TimeProvider time, ILogger<IndicatorClockwork> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A number that a supervisor shields is recalled at once.
        lists.Changed += Wake;
        await start.Given.WaitAsync(stoppingToken);
        await using var timer = time.CreateTimer(_ => Wake(), null, Tick, Tick);
        while (true)
        {
            try
            {
                await indicators.CheckAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The ends of indicators were not looked at; the next minute tries again.");
            }
            await wake.Reader.ReadAsync(stoppingToken);
        }
    }

    public override void Dispose()
    {
        lists.Changed -= Wake;
        base.Dispose();
    }

    private void Wake() => wake.Writer.TryWrite(true);
}
