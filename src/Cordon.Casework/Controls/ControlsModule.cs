using Cordon.Casework.Duties;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Controls;

/// <summary>Adds the measuring of duties over time to the program.</summary>
public static class ControlsModule
{
    /// <summary>Adds the desk. Wants the duties, the database, the orders and the engine.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="planFile">The plan of controls; nothing is measured where the file is not there.</param>
    public static IServiceCollection AddControls(this IServiceCollection services, string planFile) => services
        .AddSingleton(s => s.GetRequiredService<DutyPack>() is var pack && File.Exists(planFile) ? ControlPlan.Load(planFile, pack) : ControlPlan.None(pack))
        .AddSingleton<ControlDesk>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapControls(this RouteGroupBuilder api) => ControlEndpoints.Map(api);
}
