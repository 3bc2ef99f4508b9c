using Cordon.Casework;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Cordon.Tests.Storage;

/// <summary>Which database a conformance test runs on.</summary>
public enum Provider
{
    Sqlite,
    Postgres,
}

/// <summary>
/// An empty migrated database of one provider, with a clock and counted ids; gone when disposed.
/// PostgreSQL is reached by CORDON_TEST_POSTGRES, which ./test sets for a server of its own.
/// </summary>
public sealed class CaseworkDatabase : IAsyncDisposable
{
    private const string PostgresVariable = "CORDON_TEST_POSTGRES";
    private static int databases;

    private readonly string? folder;
    private readonly string? postgres;

    private CaseworkDatabase(StorageOptions options, string? folder)
    {
        this.folder = folder;
        postgres = options.Postgres;
        Options = options;
        Open = postgres is null
            ? () => new SqliteCaseworkContext(new DbContextOptionsBuilder<SqliteCaseworkContext>().UseSqlite($"Data Source={options.SqliteFile};Default Timeout=10;Pooling=False").Options)
            : () => new PostgresCaseworkContext(new DbContextOptionsBuilder<PostgresCaseworkContext>().UseNpgsql(postgres).Options);
        Store = new CaseworkStore(Open, Time, Ids);
    }

    public StorageOptions Options { get; }

    public Func<CaseworkContext> Open { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    public IIdSource Ids { get; } = new CountedIds(1);

    public CaseworkStore Store { get; }

    /// <summary>Makes one; skips the test, saying why, where the provider is not there.</summary>
    public static async Task<CaseworkDatabase> CreateAsync(Provider provider)
    {
        string? folder = null;
        StorageOptions options;
        if (provider == Provider.Sqlite)
        {
            folder = Directory.CreateTempSubdirectory("cordon-test-").FullName;
            options = new StorageOptions { SqliteFile = Path.Combine(folder, "cordon.db") };
        }
        else
        {
            var server = Environment.GetEnvironmentVariable(PostgresVariable);
            Assert.SkipWhen(string.IsNullOrEmpty(server), $"No PostgreSQL: {PostgresVariable} is not set (./test sets it).");
            var name = $"t{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
            await ExecuteAsync(server!, $"CREATE DATABASE {name}");
            options = new StorageOptions { SqliteFile = "", Postgres = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString };
        }
        var made = new CaseworkDatabase(options, folder);
        await using var db = made.Open();
        await db.MigrateAsync(TestContext.Current.CancellationToken);
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is not null) Directory.Delete(folder, recursive: true);
        if (postgres is null) return;
        await using (var connection = new NpgsqlConnection(postgres)) NpgsqlConnection.ClearPool(connection);
        var builder = new NpgsqlConnectionStringBuilder(postgres);
        await ExecuteAsync(Environment.GetEnvironmentVariable(PostgresVariable)!, $"DROP DATABASE {builder.Database} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
