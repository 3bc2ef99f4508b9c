using Npgsql;

namespace Cordon.Commands.Bench;

/// <summary>Single-row commits of a PostgreSQL: each client inserts a row of the same bytes, prepared, and waits for its commit.</summary>
internal sealed class PostgresCommits(string connection, TimeSpan span, TimeProvider time)
{
    private const string Table = "cordon_bench_journal";

    public static IReadOnlyList<int> Clients { get; } = [16, 64, 256];

    /// <summary>The settings that decide whether a commit is durable.</summary>
    public async Task<(string Fsync, string Commit)> SettingsAsync(CancellationToken cancel)
    {
        await using var one = new NpgsqlConnection(connection);
        await one.OpenAsync(cancel);
        return (await ShowAsync(one, "fsync", cancel), await ShowAsync(one, "synchronous_commit", cancel));
    }

    /// <summary>Runs so many connections for the span; null where the server does not take so many.</summary>
    public async Task<BenchPart?> RunAsync(int clients, byte[] payload, CancellationToken cancel)
    {
        await using var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = clients + 1, Pooling = true }.ConnectionString).Build();
        await ExecuteAsync(source, $"create table if not exists {Table} (id bigint generated always as identity primary key, payload bytea not null)", cancel);
        var opened = new List<NpgsqlConnection>();
        try
        {
            for (var n = 0; n < clients; n++) opened.Add(await source.OpenConnectionAsync(cancel));
            var waits = new Waits(time);
            var start = time.GetTimestamp();
            var counts = await Task.WhenAll(opened.Select(one => Task.Run(() => InsertAsync(one, payload, waits, start, cancel), cancel)));
            return new BenchPart("PostgreSQL, single-row commits", clients, counts.Sum() / time.GetElapsedTime(start).TotalSeconds, waits.Times(), null);
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            return null;
        }
        finally
        {
            foreach (var one in opened) await one.DisposeAsync();
            await ExecuteAsync(source, $"drop table if exists {Table}", CancellationToken.None);
        }
    }

    private async Task<long> InsertAsync(NpgsqlConnection one, byte[] payload, Waits waits, long start, CancellationToken cancel)
    {
        await using var insert = new NpgsqlCommand($"insert into {Table} (payload) values ($1)", one) { Parameters = { new NpgsqlParameter<byte[]> { TypedValue = payload } } };
        await insert.PrepareAsync(cancel);
        var count = 0L;
        while (time.GetElapsedTime(start) < span)
        {
            var before = time.GetTimestamp();
            await insert.ExecuteNonQueryAsync(cancel);
            waits.Since(before);
            count++;
        }
        return count;
    }

    private static async Task<string> ShowAsync(NpgsqlConnection one, string name, CancellationToken cancel)
    {
        await using var show = new NpgsqlCommand($"show {name}", one);
        return (string)(await show.ExecuteScalarAsync(cancel))!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string text, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(text);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
