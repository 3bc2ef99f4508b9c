using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Audit;

/// <summary>Adds the audit log.</summary>
public static class AuditModule
{
    /// <summary>
    /// Adds the key, the sequencer (which also runs as a hosted service), the façade and the verifier. Wants the
    /// database and a <see cref="TimeProvider"/>. The key file is read, or made, when the host starts.
    /// </summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, AuditOptions options)
    {
        services.AddSingleton(options.Validated());
        services.AddSingleton(_ => AuditKey.LoadOrCreate(options.KeyFile, options.Origin));
        services.AddSingleton(s => s.GetRequiredService<AuditKey>().Verifier);
        services.AddSingleton<AuditSequencer>();
        services.AddHostedService(s => s.GetRequiredService<AuditSequencer>());
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditVerifier>();
        return services;
    }
}
