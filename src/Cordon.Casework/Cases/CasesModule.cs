using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Cases;

/// <summary>Adds reports and cases.</summary>
public static class CasesModule
{
    /// <summary>Adds the façade and the follower of a case's money. Wants the database, the engine and the duties.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<CaseFollower>()
        .AddSingleton<CaseDesk>();
}
