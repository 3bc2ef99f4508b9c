using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Deliveries;

/// <summary>Adds members' endpoints, what is delivered to them, and the keys of both sides to the program.</summary>
public static class DeliveriesModule
{
    /// <summary>Where the centre's public keys are published, without signing in.</summary>
    public const string PublishedAt = "/.well-known/cordon-webhook-keys";

    /// <summary>Adds the façades. Wants the database; that of the signing keys wants data protection besides.</summary>
    public static IServiceCollection AddDeliveries(this IServiceCollection services) => services
        .AddSingleton<DeliveryDesk>()
        .AddSingleton<ReceiptKeys>()
        .AddSingleton<SigningKeys>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapDeliveries(this RouteGroupBuilder api) => DeliveryEndpoints.Map(api);

    /// <summary>Maps the published keys; they lie outside the API, where other tools look for them.</summary>
    public static void MapPublishedKeys(this RouteGroupBuilder root) => DeliveryEndpoints.MapPublished(root);
}
