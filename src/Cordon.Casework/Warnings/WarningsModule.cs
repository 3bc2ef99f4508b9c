using Cordon.Casework.Controls;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Warnings;

/// <summary>The options of the module.</summary>
public sealed record WarningOptions
{
    /// <summary>The plan of the jurisdiction; where it is not there, nobody is warned.</summary>
    public required string PlanFile { get; init; }

    /// <summary>Where messages go by default: a file a day.</summary>
    public required string OutgoingFolder { get; init; }
}

/// <summary>Adds warnings to the program.</summary>
public static class WarningsModule
{
    /// <summary>Adds the desk and what follows verdicts. Wants the database and the engine. Whoever has a gateway of its own registers its <see cref="SendWarning"/> after this.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">The options.</param>
    public static IServiceCollection AddWarnings(this IServiceCollection services, WarningOptions options) => services
        .AddSingleton(_ => File.Exists(options.PlanFile) ? WarningPlan.Load(options.PlanFile) : WarningPlan.None)
        .AddSingleton<SendWarning>(_ => new WarningFile(options.OutgoingFolder).SendAsync)
        .AddSingleton<WarningDesk>()
        .AddSingleton<ICaseworkFacts, WarningFacts>()
        .AddSingleton<WarningFollower>();

    /// <summary>Adds the background service. Wants the start signal.</summary>
    public static IServiceCollection AddWarningWatch(this IServiceCollection services) => services.AddHostedService<WarningWatch>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapWarnings(this RouteGroupBuilder api) => WarningEndpoints.Map(api);
}
