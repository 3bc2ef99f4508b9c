using Cordon.Casework.Registers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Conferences;

/// <summary>Adds the joint conference to the program.</summary>
public static class ConferencesModule
{
    /// <summary>Adds the desk. Wants the database, the duties and the objectives.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="termsFile">The rules of the pack; null, or not there, where it has none.</param>
    public static IServiceCollection AddConferences(this IServiceCollection services, string? termsFile) => services
        .AddSingleton(_ => ConferenceTerms.Load(termsFile))
        .AddSingleton<ConferenceDesk>();

    /// <summary>Adds the background service that notes overdue tasks. Wants the start signal.</summary>
    public static IServiceCollection AddConferenceClocks(this IServiceCollection services) => services.AddHostedService<ConferenceClockwork>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapConferences(this RouteGroupBuilder api) => ConferenceEndpoints.Map(api);
}

/// <summary>Looks at the dates of tasks every minute: they are of days.</summary>
internal sealed class ConferenceClockwork(ConferenceDesk desk, StartSignal start, TimeProvider time, ILogger<ConferenceClockwork> log)
    : Clockwork(TimeSpan.FromMinutes(1), start, time, log, "The tasks of conferences were not looked at")
{
    protected override async Task TurnAsync(CancellationToken cancel) => await desk.CheckClocksAsync(cancel);
}
