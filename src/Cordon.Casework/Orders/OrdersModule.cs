using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Orders;

/// <summary>Adds orders to the program.</summary>
public static class OrdersModule
{
    /// <summary>Adds the desk.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services) => services.AddSingleton<OrderDesk>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapOrders(this RouteGroupBuilder api) => OrderEndpoints.Map(api);
}
