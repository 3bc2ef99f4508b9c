using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Liability;

/// <summary>Adds statements of liability to the program.</summary>
public static class LiabilityModule
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapLiability(this RouteGroupBuilder api) => LiabilityEndpoints.Map(api);
}
