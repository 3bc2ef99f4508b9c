using Cordon.Casework.Cases.Room;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Cases;

/// <summary>Adds reports and cases to the program.</summary>
public static class CasesModule
{
    /// <summary>Adds the desks and what follows the money. Wants the database, the engine and the duties.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="evidenceFolder">Where the bytes of evidence lie.</param>
    public static IServiceCollection AddCases(this IServiceCollection services, string evidenceFolder) => services
        .AddSingleton<CaseFollower>().AddSingleton<CasePlanner>().AddSingleton<CaseMeasures>().AddSingleton<CaseDesk>()
        .AddSingleton(_ => new EvidenceFiles(evidenceFolder)).AddSingleton<CaseRoom>();

    /// <summary>Adds the background service that deletes what evidence left behind. Wants the start signal.</summary>
    public static IServiceCollection AddEvidencePurge(this IServiceCollection services) => services.AddHostedService<EvidencePurge>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapCases(this RouteGroupBuilder api)
    {
        CaseEndpoints.Map(api);
        RoomEndpoints.Map(api);
    }
}
