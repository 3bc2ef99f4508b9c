using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Gateways.Events;

/// <summary>Adds webhooks to the program.</summary>
public static class EventsModule
{
    /// <summary>Adds the sender and the worker, which begins at the start signal. Wants the database, the audit log and the desks of deliveries.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">What may be reached.</param>
    /// <param name="works">Whether the worker runs by itself.</param>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, WebhookOptions options, bool works)
    {
        services.AddSingleton(s => new WebhookSender(options, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DeliveryWorker>();
        if (works) services.AddHostedService(s => s.GetRequiredService<DeliveryWorker>());
        return services;
    }
}
