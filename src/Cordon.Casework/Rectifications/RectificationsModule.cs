using Cordon.Casework.Controls;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Registers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Rectifications;

/// <summary>Adds rectifications and the ladder to the program.</summary>
public static class RectificationsModule
{
    /// <summary>Adds the desks. Wants the database and the duties.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="ladderFile">The file of the ladder; null where the pack has none: then nothing is opened.</param>
    public static IServiceCollection AddRectifications(this IServiceCollection services, string? ladderFile) => services
        .AddSingleton(s => new LadderInForce(ladderFile is null ? null : LadderPack.Load(ladderFile), s.GetService<ControlPlan>()))
        .AddSingleton<RectificationDesk>()
        .AddSingleton<LadderDesk>()
        .AddSingleton<ControlFollower>();

    /// <summary>Adds the background services that look at the clocks and at the controls. Want the start signal.</summary>
    public static IServiceCollection AddRectificationClocks(this IServiceCollection services) => services
        .AddHostedService<RectificationClockwork>()
        .AddHostedService<ControlWatch>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapRectifications(this RouteGroupBuilder api)
    {
        RectificationEndpoints.Map(api);
        LadderEndpoints.Map(api);
    }
}

/// <summary>Looks at the clocks of rectifications and listings every minute: their terms are of days.</summary>
internal sealed class RectificationClockwork(RectificationDesk rectifications, LadderDesk ladder, StartSignal start, TimeProvider time, ILogger<RectificationClockwork> log)
    : Clockwork(TimeSpan.FromMinutes(1), start, time, log, "The clocks of rectifications were not looked at")
{
    protected override async Task TurnAsync(CancellationToken cancel)
    {
        await rectifications.CheckClocksAsync(cancel);
        await ladder.CheckClocksAsync(cancel);
    }
}
