using Cordon.Casework.Rulebooks.Backtests;
using Cordon.Casework.Rulebooks.Shadow;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Rulebooks;

/// <summary>Adds rulebooks and their release to the program.</summary>
public static class RulebooksModule
{
    /// <summary>Adds the library, the desk, the shadow and backtests. Wants the database and the engine; <see cref="AddReleasing"/> adds what runs by itself.</summary>
    public static IServiceCollection AddRulebooks(this IServiceCollection services, RulebookOptions options) => services
        .AddSingleton(options.Checked())
        .AddSingleton(new RulebookLibrary(options.Folder, options.Shipped))
        .AddSingleton<ShadowFollower>()
        .AddSingleton<RulebookDesk>()
        .AddSingleton<JournalReplay>()
        .AddSingleton<BacktestReplay>(s => s.GetRequiredService<JournalReplay>().RunAsync)
        .AddSingleton<BacktestDesk>();

    /// <summary>Adds the background services, which begin at the start signal: the first rulebook, the shadow, owed confirmations.</summary>
    public static IServiceCollection AddReleasing(this IServiceCollection services) => services
        .AddHostedService<RulebookStart>()
        .AddHostedService<ShadowWatch>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapRulebooks(this RouteGroupBuilder api)
    {
        RulebookEndpoints.Map(api);
        ReleaseEndpoints.Map(api);
        BacktestEndpoints.Map(api);
    }
}
