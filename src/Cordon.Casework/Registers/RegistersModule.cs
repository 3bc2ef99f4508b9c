using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Registers;

/// <summary>Adds what casework knows from the journal.</summary>
public static class RegistersModule
{
    /// <summary>Adds the follower, the outbox and the situation; <see cref="AddFollowing"/> adds the service that drives them.</summary>
    public static IServiceCollection AddRegisters(this IServiceCollection services) => services
        .AddSingleton<StartSignal>()
        .AddSingleton<JournalFollower>()
        .AddSingleton<Outbox>()
        .AddSingleton<Situation>();

    /// <summary>Adds the background service that follows the journal once the start signal is given.</summary>
    public static IServiceCollection AddFollowing(this IServiceCollection services) => services.AddHostedService<Follow>();
}
