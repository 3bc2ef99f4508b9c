using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Restitution;

/// <summary>Adds the ledgers of restitution to the program.</summary>
public static class RestitutionModule
{
    /// <summary>Adds the desk. Wants the database and the engine.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="calendarFile">The file of working days.</param>
    public static IServiceCollection AddRestitution(this IServiceCollection services, string calendarFile) =>
        services.AddSingleton(_ => WorkingCalendar.Load(calendarFile)).AddSingleton<RestitutionDesk>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapRestitution(this RouteGroupBuilder api) => RestitutionEndpoints.Map(api);
}
