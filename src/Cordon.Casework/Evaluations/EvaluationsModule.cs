using Cordon.Casework.Duties;
using Cordon.Casework.Registers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Evaluations;

/// <summary>Adds evaluations to the program.</summary>
public static class EvaluationsModule
{
    /// <summary>Adds the desk. Wants the database, the duties and the controls.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="schemeFile">The file of schemes; null, or not there, where the pack has none: then nothing can be drafted.</param>
    public static IServiceCollection AddEvaluations(this IServiceCollection services, string? schemeFile) => services
        .AddSingleton(services => new EvaluationsInForce(File.Exists(schemeFile) ? EvaluationPack.Load(schemeFile, services.GetRequiredService<DutyPack>()) : null))
        .AddSingleton<EvaluationDesk>();

    /// <summary>Adds the background service that computes what is due. Wants the start signal.</summary>
    public static IServiceCollection AddEvaluationClocks(this IServiceCollection services) => services.AddHostedService<EvaluationClockwork>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapEvaluations(this RouteGroupBuilder api) => EvaluationEndpoints.Map(api);
}

/// <summary>Looks for periods that are over every hour: their terms are of days.</summary>
internal sealed class EvaluationClockwork(EvaluationDesk desk, StartSignal start, TimeProvider time, ILogger<EvaluationClockwork> log)
    : Clockwork(TimeSpan.FromHours(1), start, time, log, "The evaluations were not computed")
{
    protected override Task TurnAsync(CancellationToken cancel) => desk.CheckClocksAsync(cancel);
}
