using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Cordon.Commands.Bench;

/// <summary>The same traces by PostgreSQL, over the same offsets.</summary>
/// <param name="Version">The server's.</param>
/// <param name="SharedBuffers">Its setting.</param>
/// <param name="Schema">The tables and indexes.</param>
/// <param name="Compared">Cases whose answers were compared, and were equal.</param>
/// <param name="Recursive">One recursive query a trace.</param>
/// <param name="PerHop">One prepared query a hop.</param>
/// <param name="RecursiveRatio">How many times as long as Cordon, at the median and at the 99th of 100.</param>
/// <param name="PerHopRatio">How many times as long as Cordon, at the median and at the 99th of 100.</param>
internal sealed record PostgresTraceReport(
    string Version, string SharedBuffers, string Schema, int Compared, WaitTimes Recursive, WaitTimes PerHop, (double P50, double P99) RecursiveRatio, (double P50, double P99) PerHopRatio);

/// <summary>
/// Gives a PostgreSQL the generated world with the offsets that the graph keeps, worked out independently of it, and has it trace the same cases
/// in the two ways open to a database: one recursive query, or one query a hop.
/// </summary>
internal sealed class PostgresTrace(string connection, TraceWorld world, TimeProvider time) : IAsyncDisposable
{
    private const string Schema = """
        create unlogged table cordon_bench_transfer (id int not null, at bigint not null, payer int not null, payee int not null, minor bigint not null, out_at bigint not null, in_at bigint not null);
        create unlogged table cordon_bench_account (id int primary key, told boolean not null);
        """;

    // in_at has the payee's opening in it already, told or the least that its payments allow.
    private const string Indexes = """
        create unique index cordon_bench_by_id on cordon_bench_transfer (id) include (payee, minor, in_at, payer);
        create unique index cordon_bench_by_payer on cordon_bench_transfer (payer, out_at) include (id, at, payee, minor, in_at);
        """;

    // The debits that a lot [begin, begin + length) of the payee's in-line pays: that in which it begins, and those that begin within it.
    private const string Hop = """
        select d.id, d.payee, d.in_at + greatest(d.out_at, $2) - d.out_at as begins, least(d.out_at + d.minor, $2 + $3) - greatest(d.out_at, $2) as length
        from cordon_bench_transfer d
        where d.payer = $1 and d.out_at < $2 + $3 and d.at <= $4
          and d.out_at >= coalesce((select b.out_at from cordon_bench_transfer b where b.payer = $1 and b.out_at <= $2 order by b.out_at desc limit 1), $2)
          and d.out_at + d.minor > $2
        """;

    private const string Recursive = """
        with recursive lot as (
          select id, payee, in_at as begins, minor as length, 1 as layer, payer as victim from cordon_bench_transfer where id = $1
          union all
          select d.id, d.payee, d.in_at + greatest(d.out_at, lot.begins) - d.out_at, least(d.out_at + d.minor, lot.begins + lot.length) - greatest(d.out_at, lot.begins), lot.layer + 1, lot.victim
          from lot cross join lateral (
            select d.id, d.payee, d.in_at, d.out_at, d.minor from cordon_bench_transfer d
            where d.payer = lot.payee and d.out_at < lot.begins + lot.length and d.at <= $2
              and d.out_at >= coalesce((select b.out_at from cordon_bench_transfer b where b.payer = lot.payee and b.out_at <= lot.begins order by b.out_at desc limit 1), lot.begins)
              and d.out_at + d.minor > lot.begins) d
          where lot.layer < 10 and lot.payee >= 0 and lot.payee <> lot.victim)
        select id, sum(length)::bigint, min(layer) from lot group by id
        """;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connection);

    /// <summary>Fills it.</summary>
    public async Task FillAsync(Action<double, long> tell, CancellationToken cancel)
    {
        await DropAsync();
        await ExecuteAsync(Schema, cancel);
        await CopyAccountsAsync(cancel);
        await CopyTransfersAsync(tell, cancel);
        foreach (var index in Indexes.Split('\n', StringSplitOptions.RemoveEmptyEntries)) await ExecuteAsync(index, cancel);
        await ExecuteAsync("vacuum analyze cordon_bench_transfer", cancel);
        await ExecuteAsync("vacuum analyze cordon_bench_account", cancel);
    }

    /// <summary>Traces the cases both ways, after a round that warms its cache and compares its answers with the graph's.</summary>
    public async Task<PostgresTraceReport> RunAsync(TraceBench bench, TraceTimes ours, CancellationToken cancel)
    {
        await using var one = await source.OpenConnectionAsync(cancel);
        foreach (var setting in new[] { "set jit = off", "set max_parallel_workers_per_gather = 0" }) await ExecuteAsync(one, setting, cancel);
        await using var recursive = new NpgsqlCommand(Recursive, one) { Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Integer }, new() { NpgsqlDbType = NpgsqlDbType.Bigint } } };
        await recursive.PrepareAsync(cancel);
        await using var hop = new NpgsqlCommand(Hop, one);
        foreach (var type in new[] { NpgsqlDbType.Integer, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint }) hop.Parameters.Add(new() { NpgsqlDbType = type });
        await hop.PrepareAsync(cancel);
        foreach (var asked in world.Cases) Compare(bench, asked, await RecursiveAsync(recursive, asked, cancel), await PerHopAsync(hop, asked, cancel));
        var byRecursion = await TimeAsync(5, asked => RecursiveAsync(recursive, asked, cancel));
        var byHops = await TimeAsync(2, asked => PerHopAsync(hop, asked, cancel));
        return new PostgresTraceReport(
            one.PostgreSqlVersion.ToString(), await ShowAsync(one, "shared_buffers", cancel), Schema + Indexes, world.Cases.Count, byRecursion, byHops,
            (byRecursion.P50 / ours.P50, byRecursion.P99 / ours.P99), (byHops.P50 / ours.P50, byHops.P99 / ours.P99));
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        await source.DisposeAsync();
    }

    private async Task CopyAccountsAsync(CancellationToken cancel)
    {
        await using var one = await source.OpenConnectionAsync(cancel);
        await using var copy = await one.BeginBinaryImportAsync("copy cordon_bench_account from stdin binary", cancel);
        for (var account = 0; account < world.Accounts; account++)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(account, NpgsqlDbType.Integer, cancel);
            await copy.WriteAsync(world.Openings[account] >= 0, NpgsqlDbType.Boolean, cancel);
        }
        await copy.CompleteAsync(cancel);
    }

    private async Task CopyTransfersAsync(Action<double, long> tell, CancellationToken cancel)
    {
        const int Tell = 32_768;
        await using var one = await source.OpenConnectionAsync(cancel);
        await using var copy = await one.BeginBinaryImportAsync("copy cordon_bench_transfer from stdin binary", cancel);
        var went = new long[world.Accounts];
        var came = new long[world.Accounts];
        for (var account = 0; account < came.Length; account++) came[account] = world.Openings[account] >= 0 ? world.Openings[account] : world.Shortfalls[account];
        foreach (var made in world.Transfers())
        {
            copy.StartRow();
            copy.Write(made.Number, NpgsqlDbType.Integer);
            copy.Write(made.At, NpgsqlDbType.Bigint);
            copy.Write(made.Payer, NpgsqlDbType.Integer);
            copy.Write(made.Payee, NpgsqlDbType.Integer);
            copy.Write(made.Minor, NpgsqlDbType.Bigint);
            copy.Write(went[made.Payer], NpgsqlDbType.Bigint);
            copy.Write(made.Payee < 0 ? 0 : came[made.Payee], NpgsqlDbType.Bigint);
            went[made.Payer] += made.Minor;
            if (made.Payee >= 0) came[made.Payee] += made.Minor;
            if (made.Number % Tell != 0) continue;
            cancel.ThrowIfCancellationRequested();
            tell((double)made.Number / world.Count, made.Number);
        }
        await copy.CompleteAsync(cancel);
    }

    private static async Task<List<(int Id, long Units, int Layer)>> RecursiveAsync(NpgsqlCommand query, WorldCase asked, CancellationToken cancel)
    {
        query.Parameters[0].Value = asked.Seed;
        query.Parameters[1].Value = asked.Until.Micros;
        var found = new List<(int, long, int)>();
        await using var rows = await query.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) found.Add((rows.GetInt32(0), rows.GetInt64(1), rows.GetInt32(2)));
        return found;
    }

    // As a program would that keeps its transfers in a database: the way on of each lot is asked for.
    private static async Task<List<(int Id, long Units, int Layer)>> PerHopAsync(NpgsqlCommand hop, WorldCase asked, CancellationToken cancel)
    {
        var seed = await SeedAsync(hop.Connection!, asked.Seed, cancel);
        var found = new Dictionary<int, (long Units, int Layer)>();
        var lots = new Queue<(int Id, int Payee, long Begins, long Length, int Layer)>([(asked.Seed, seed.Payee, seed.InAt, seed.Minor, 1)]);
        while (lots.TryDequeue(out var lot))
        {
            var known = found.GetValueOrDefault(lot.Id, (0, lot.Layer));
            found[lot.Id] = (known.Item1 + lot.Length, Math.Min(known.Item2, lot.Layer));
            if (lot.Layer >= 10 || lot.Payee < 0 || lot.Payee == seed.Payer) continue;
            (hop.Parameters[0].Value, hop.Parameters[1].Value, hop.Parameters[2].Value, hop.Parameters[3].Value) = (lot.Payee, lot.Begins, lot.Length, asked.Until.Micros);
            await using var rows = await hop.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) lots.Enqueue((rows.GetInt32(0), rows.GetInt32(1), rows.GetInt64(2), rows.GetInt64(3), lot.Layer + 1));
        }
        return [.. found.Select(static one => (one.Key, one.Value.Units, one.Value.Layer))];
    }

    private static async Task<(int Payer, int Payee, long InAt, long Minor)> SeedAsync(NpgsqlConnection one, int id, CancellationToken cancel)
    {
        await using var query = new NpgsqlCommand("select payer, payee, in_at, minor from cordon_bench_transfer where id = $1", one) { Parameters = { new() { Value = id } } };
        await using var rows = await query.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        return (rows.GetInt32(0), rows.GetInt32(1), rows.GetInt64(2), rows.GetInt64(3));
    }

    private static void Compare(TraceBench bench, WorldCase asked, List<(int Id, long Units, int Layer)> recursive, List<(int Id, long Units, int Layer)> perHop)
    {
        bench.Graph.Trace(bench.RequestOf(asked.Seed, asked.Until), out var trace);
        var ours = trace!.Least.Flows.Select(static flow => (flow.Transfer.Text, flow.Stolen, flow.Layer)).Order().ToList();
        foreach (var theirs in new[] { recursive, perHop })
            if (!theirs.Select(static row => (TraceWorld.IdOf(row.Id).Text, row.Units, row.Layer)).Order().SequenceEqual(ours))
                throw new CommandFault($"PostgreSQL's answer for transfer {TraceWorld.IdOf(asked.Seed)} differs from Cordon's: one of the two is wrong, and nothing can be compared.");
    }

    private async Task<WaitTimes> TimeAsync(int rounds, Func<WorldCase, Task> trace)
    {
        var waits = new Waits(time);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var asked in world.Cases)
            {
                var start = time.GetTimestamp();
                await trace(asked);
                waits.Since(start);
            }
        }
        return waits.Times();
    }

    private Task DropAsync() => ExecuteAsync("drop table if exists cordon_bench_transfer, cordon_bench_account", CancellationToken.None);

    private static async Task<string> ShowAsync(NpgsqlConnection one, string name, CancellationToken cancel)
    {
        await using var show = new NpgsqlCommand($"show {name}", one);
        return Convert.ToString(await show.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture)!;
    }

    private async Task ExecuteAsync(string text, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(text);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task ExecuteAsync(NpgsqlConnection one, string text, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(text, one);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
