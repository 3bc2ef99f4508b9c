using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Orders;

/// <summary>Adds orders to the program.</summary>
public static class OrdersModule
{
    /// <summary>Adds the desk and the law it works by.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="competenceFile">The table of who may give which order.</param>
    /// <param name="clockFile">The file of the times that bind orders.</param>
    public static IServiceCollection AddOrders(this IServiceCollection services, string competenceFile, string clockFile) => services
        .AddSingleton(_ => Competence.Load(competenceFile))
        .AddSingleton(_ => OrderClocks.Load(clockFile))
        .AddSingleton<OrderDesk>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapOrders(this RouteGroupBuilder api) => OrderEndpoints.Map(api);
}
