namespace Cordon.Screening;

/// <summary>Adds screening.</summary>
internal static class ScreeningModule
{
    public static void AddScreening(this IServiceCollection services, ScreeningOptions options)
    {
        if (options.Fault() is { } fault) throw new ArgumentException(fault, nameof(options));
        services.AddSingleton(options);
        services.AddSingleton<ScreeningCounters>();
        services.AddSingleton<DegradedAnswers>();
        services.AddHostedService(s => s.GetRequiredService<DegradedAnswers>());
        services.AddSingleton<ScreeningDesk>();
        services.AddSingleton<VerdictWriter>();
        services.AddSingleton<ScreenEndpoints>();
    }
}
