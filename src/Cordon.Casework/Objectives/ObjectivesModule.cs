using Cordon.Casework.Registers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Objectives;

/// <summary>Adds objectives to the program.</summary>
public static class ObjectivesModule
{
    /// <summary>Adds the desk. Wants the database, the duties and the evaluations.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="planFile">The plan of the pack; null, or not there, where it has none.</param>
    public static IServiceCollection AddObjectives(this IServiceCollection services, string? planFile) => services
        .AddSingleton(_ => new ObjectivesShipped(File.Exists(planFile) ? File.ReadAllText(planFile) : null))
        .AddSingleton<ObjectiveDesk>();

    /// <summary>Adds the background service that lets delays climb. Wants the start signal.</summary>
    public static IServiceCollection AddObjectiveClocks(this IServiceCollection services) => services.AddHostedService<ObjectiveClockwork>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapObjectives(this RouteGroupBuilder api) => ObjectiveEndpoints.Map(api);
}

/// <summary>Looks at the objectives every hour: their terms are of days.</summary>
internal sealed class ObjectiveClockwork(ObjectiveDesk desk, StartSignal start, TimeProvider time, ILogger<ObjectiveClockwork> log)
    : Clockwork(TimeSpan.FromHours(1), start, time, log, "The objectives were not looked at")
{
    protected override Task TurnAsync(CancellationToken cancel) => desk.CheckClocksAsync(cancel);
}
