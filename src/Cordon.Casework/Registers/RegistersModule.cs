using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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
        .AddSingleton<Situation>()
        .AddSingleton<VerdictDesk>();

    /// <summary>Adds the background services, which begin at the start signal: following the journal, the money of cases and the clocks of orders.</summary>
    public static IServiceCollection AddFollowing(this IServiceCollection services) => services
        .AddHostedService<Follow>()
        .AddHostedService<HotPursuit>()
        .AddHostedService<OrderClockwork>();

    /// <summary>Maps <c>/situation</c>.</summary>
    public static void MapRegisters(this RouteGroupBuilder api) => api
        .MapGet("/situation", async (Situation situation) => TypedResults.Ok(await situation.NowAsync()))
        .WithName("situation.now").WithTags("Situation").WithSummary("The centre at a glance: signals, cases, where the money is, orders by state, findings, the tallies of 30 days.");
}
