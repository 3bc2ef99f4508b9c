using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Registers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Leads;

/// <summary>Adds leads to the program.</summary>
public static class LeadsModule
{
    /// <summary>Adds the desk and what proposes leads. Wants the database, the duties and the engine.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="planFile">The file of leads; null, or not there, where the jurisdiction has none: then none can be sent.</param>
    public static IServiceCollection AddLeads(this IServiceCollection services, string? planFile) => services
        .AddSingleton(s => s.GetRequiredService<DutyPack>() is var pack && File.Exists(planFile) ? LeadPlan.Load(planFile, pack) : LeadPlan.None(pack))
        .AddSingleton<LeadDesk>()
        .AddSingleton<ICaseworkFacts, LeadFacts>()
        .AddSingleton<LeadProposer>();

    /// <summary>Adds the background service that looks at their clocks. Wants the start signal and the desk of cases.</summary>
    public static IServiceCollection AddLeadClocks(this IServiceCollection services) => services.AddHostedService<LeadClockwork>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapLeads(this RouteGroupBuilder api) => LeadEndpoints.Map(api);
}

/// <summary>Looks at the clocks every minute, since they are of days; proposes what screening saw meanwhile; and judges the cases whose leads ran out of time.</summary>
internal sealed class LeadClockwork(LeadDesk leads, LeadProposer proposer, CaseDesk cases, StartSignal start, TimeProvider time, ILogger<LeadClockwork> log)
    : Clockwork(TimeSpan.FromMinutes(1), start, time, log, "The clocks of leads were not looked at")
{
    protected override async Task TurnAsync(CancellationToken cancel)
    {
        await proposer.StepAsync(cancel);
        foreach (var of in await leads.CheckClocksAsync(cancel)) await cases.FollowAsync(Actor.System("clocks"), of, cancel);
    }
}
