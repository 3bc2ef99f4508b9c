using Cordon.Casework.Registers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Restrictions;

/// <summary>Adds restrictions on people who sold lines and accounts to the program.</summary>
public static class RestrictionsModule
{
    /// <summary>Adds the desk. Wants the database, the engine and the duties.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="termsFile">The terms of the pack; null, or not there, where it has none, and then nobody is restricted.</param>
    public static IServiceCollection AddRestrictions(this IServiceCollection services, string? termsFile) => services
        .AddSingleton(_ => RestrictionTerms.Load(termsFile))
        .AddSingleton<RestrictionDesk>();

    /// <summary>Adds the background service that notes ends and new customers. Wants the start signal.</summary>
    public static IServiceCollection AddRestrictionClocks(this IServiceCollection services) => services.AddHostedService<RestrictionClockwork>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapRestrictions(this RouteGroupBuilder api) => RestrictionEndpoints.Map(api);
}

/// <summary>Looks at ends and at whose customers restricted people are every minute; screening knows both by itself.</summary>
internal sealed class RestrictionClockwork(RestrictionDesk desk, StartSignal start, TimeProvider time, ILogger<RestrictionClockwork> log)
    : Clockwork(TimeSpan.FromMinutes(1), start, time, log, "Restrictions were not looked at")
{
    protected override async Task TurnAsync(CancellationToken cancel) => await desk.CheckClocksAsync(cancel);
}
