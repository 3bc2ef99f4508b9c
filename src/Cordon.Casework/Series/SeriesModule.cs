using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Series;

/// <summary>Adds series of cases to the program.</summary>
public static class SeriesModule
{
    /// <summary>Adds the desk. Wants the database.</summary>
    public static IServiceCollection AddSeries(this IServiceCollection services) => services.AddSingleton<SeriesDesk>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapSeries(this RouteGroupBuilder api) => SeriesEndpoints.Map(api);
}
