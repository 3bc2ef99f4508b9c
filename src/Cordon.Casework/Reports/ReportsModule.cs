using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Reports;

/// <summary>Adds reports to the program.</summary>
public static class ReportsModule
{
    /// <summary>Adds the tree of types, the reader and the desk. Wants the database, the engine, the cases and the mask of the door.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="typeFile">The file of the tree of types of fraud.</param>
    public static IServiceCollection AddReports(this IServiceCollection services, string typeFile) => services
        .AddSingleton(_ => FraudTypes.Load(typeFile))
        .AddSingleton<ReportReader>()
        .AddSingleton<ReportDesk>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapReports(this RouteGroupBuilder api) => ReportDecisionEndpoints.Map(api);
}
