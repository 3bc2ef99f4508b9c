using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Findings;

/// <summary>Adds findings to the program.</summary>
public static class FindingsModule
{
    /// <summary>Adds the desk.</summary>
    public static IServiceCollection AddFindings(this IServiceCollection services) => services.AddSingleton<FindingDesk>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapFindings(this RouteGroupBuilder api) => FindingEndpoints.Map(api);
}
