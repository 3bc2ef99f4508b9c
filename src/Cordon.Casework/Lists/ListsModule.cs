using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Lists;

/// <summary>Adds the live lists to the program.</summary>
public static class ListsModule
{
    /// <summary>Adds the desk.</summary>
    public static IServiceCollection AddLists(this IServiceCollection services) => services.AddSingleton<ListDesk>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapLists(this RouteGroupBuilder api) => ListEndpoints.Map(api);
}
