using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Cases;

/// <summary>Adds reports and cases to the program.</summary>
public static class CasesModule
{
    /// <summary>Adds the desk and what follows the money. Wants the database, the engine and the duties.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services) => services.AddSingleton<CaseFollower>().AddSingleton<CasePlanner>().AddSingleton<CaseMeasures>().AddSingleton<CaseDesk>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapCases(this RouteGroupBuilder api) => CaseEndpoints.Map(api);
}
