using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Storage;

/// <summary>Where casework is kept.</summary>
public sealed record StorageOptions
{
    /// <summary>The SQLite file; used where <see cref="Postgres"/> is null.</summary>
    public required string SqliteFile { get; init; }

    /// <summary>A PostgreSQL connection string; null for SQLite.</summary>
    public string? Postgres { get; init; }
}

/// <summary>Adds the database.</summary>
public static class StorageModule
{
    private const int BusySeconds = 10;

    /// <summary>Adds a context factory for the chosen provider and the store over it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        if (options.Postgres is { } connection)
        {
            services.AddDbContextFactory<PostgresCaseworkContext>(db => db.UseNpgsql(connection));
            services.AddScoped<CaseworkContext>(s => s.GetRequiredService<IDbContextFactory<PostgresCaseworkContext>>().CreateDbContext());
            services.AddSingleton<Func<CaseworkContext>>(s => s.GetRequiredService<IDbContextFactory<PostgresCaseworkContext>>().CreateDbContext);
        }
        else
        {
            services.AddDbContextFactory<SqliteCaseworkContext>(db => db.UseSqlite(Sqlite(options)));
            services.AddScoped<CaseworkContext>(s => s.GetRequiredService<IDbContextFactory<SqliteCaseworkContext>>().CreateDbContext());
            services.AddSingleton<Func<CaseworkContext>>(s => s.GetRequiredService<IDbContextFactory<SqliteCaseworkContext>>().CreateDbContext);
        }
        services.AddSingleton<CaseworkStore>();
        services.AddSingleton<AnswerStore>();
        return services;
    }

    /// <summary>Opens contexts without a container: for commands that only read.</summary>
    public static Func<CaseworkContext> Opener(StorageOptions options) => options.Postgres is { } connection
        ? () => new PostgresCaseworkContext(new DbContextOptionsBuilder<PostgresCaseworkContext>().UseNpgsql(connection).Options)
        : () => new SqliteCaseworkContext(new DbContextOptionsBuilder<SqliteCaseworkContext>().UseSqlite(Sqlite(options)).Options);

    private static string Sqlite(StorageOptions options) => $"Data Source={options.SqliteFile};Default Timeout={BusySeconds}";

    /// <summary>Brings the database to the present model.</summary>
    public static async Task MigrateAsync(this CaseworkContext db, CancellationToken cancel = default) => await db.Database.MigrateAsync(cancel);
}
