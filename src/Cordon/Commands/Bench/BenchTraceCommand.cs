using System.CommandLine;
using System.Globalization;
using Npgsql;
using Spectre.Console;

namespace Cordon.Commands.Bench;

/// <summary><c>cordon bench trace</c>: how fast money is followed, and what the graph takes of memory.</summary>
internal sealed class BenchTraceCommand : Command
{
    private const double MostMillions = 200;
    private const int MostCases = 10_000;
    private const int Million = 1_000_000;

    private readonly Option<double> size = new("--size") { Description = $"Transfers, in millions, 0.1 to {MostMillions:N0}; a tenth as many accounts. 50 take some 4 GB.", HelpName = "MILLIONS", DefaultValueFactory = _ => 5 };
    private readonly Option<int> cases = new("--cases") { Description = $"Mule cases of 163 transfers, 10 to {MostCases:N0}.", HelpName = "N", DefaultValueFactory = _ => 500 };
    private readonly Option<string?> postgres = new("--postgres") { Description = "A PostgreSQL to compare with: a connection string. Two tables are made in it and dropped again.", HelpName = "CONNECTION" };
    private readonly Option<DirectoryInfo?> data = new("--data") { Description = "Measure the disk of this folder: a temporary folder in it is used and removed. Default: the system's temporary folder.", HelpName = "DIR" };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public BenchTraceCommand(TimeProvider time)
        : base("trace", "Measure how fast transfers are put in and money is followed forward and backward through mule cases in a generated power-law graph, and what it takes of memory; beside PostgreSQL over the same offsets where one is given.")
    {
        this.time = time;
        foreach (var option in new Option[] { size, cases, postgres, data, json }) Options.Add(option);
        size.Within(0.1, MostMillions);
        cases.Within(10, MostCases);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        try
        {
            var report = await MeasureAsync(parsed, terminal, cancel);
            terminal.Result(report, console => Print(console, report));
            return Exit.Done;
        }
        catch (NpgsqlException fault)
        {
            throw new CommandFault($"PostgreSQL could not be measured: {fault.Message}");
        }
        catch (ArgumentException fault) when (parsed.GetValue(postgres) is not null)
        {
            throw new CommandFault($"--postgres is no connection string: {fault.Message}", Exit.Usage);
        }
    }

    private async Task<TraceBenchReport> MeasureAsync(ParseResult parsed, Terminal terminal, CancellationToken cancel)
    {
        Terminal.Note("Making the world …");
        var world = new TraceWorld((int)(parsed.GetValue(size) * Million), parsed.GetValue(cases));
        var bench = new TraceBench(world, time);
        var (added, heap) = await terminal.WithProgressAsync("Putting in", "transfers", time, tell => Task.Run(() => bench.Fill(tell, cancel), cancel));
        var held = bench.Graph.Size;
        Terminal.Note("Making transfers durable …");
        var durable = await BenchFolder.UseAsync(parsed.GetValue(data), folder => bench.DurableAsync(folder, cancel));
        Terminal.Note("Tracing …");
        var times = bench.Trace();
        PostgresTraceReport? theirs = null;
        if (parsed.GetValue(postgres) is { } connection)
        {
            await using var peer = new PostgresTrace(connection, world, time);
            await terminal.WithProgressAsync("Filling PostgreSQL", "transfers", time, async tell =>
            {
                await peer.FillAsync(tell, cancel);
                return true;
            });
            Terminal.Note("Tracing by PostgreSQL …");
            theirs = await peer.RunAsync(bench, times[0], cancel);
        }
        Terminal.Note("Pursuing …");
        var pursuit = new PursuitBench(bench.Known, world, time).Run();
        return new TraceBenchReport(
            world.Count, world.Accounts, (held.Transfers + held.Indexes + held.Accounts) / (double)world.Count, held.Ids / (double)world.Count, heap, added, durable, times, pursuit, theirs);
    }

    private static void Print(IAnsiConsole console, TraceBenchReport report)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Transfers:N0} transfers, {report.Accounts:N0} accounts: {report.BytesEach:F1} bytes a transfer with indexes forward and backward and accounts, {report.IdBytesEach:F1} more for its id; the heap grew by {report.HeapBytesEach:F1}."));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Put in: {report.AddedPerSecond:N0} a second on one thread; durable and put in: {report.DurablePerSecond:N0}."));
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(
            new TableColumn("traces by FIFO"), new TableColumn("number").RightAligned(), new TableColumn("p50").RightAligned(), new TableColumn("p99").RightAligned(),
            new TableColumn("transfers").RightAligned(), new TableColumn("cut").RightAligned());
        foreach (var part in report.Times)
            table.AddRow(part.What, Terminal.Count(part.Traces), Micros(part.P50), Micros(part.P99), Terminal.Count(part.Flows), string.Create(CultureInfo.InvariantCulture, $"{part.Cut * 100:F0} %"));
        if (report.Postgres is { } theirs)
        {
            table.AddRow("PostgreSQL, one recursive query", "", Micros(theirs.Recursive.P50), Micros(theirs.Recursive.P99), "", "");
            table.AddRow("PostgreSQL, one query a hop", "", Micros(theirs.PerHop.P50), Micros(theirs.PerHop.P99), "", "");
        }
        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Pursued: {report.Pursuit.Cases:N0} cases under {report.Pursuit.PerSecond:N0} transfers a second for {report.Pursuit.Seconds} s; {report.Pursuit.Proposals:N0} stops proposed, p50 {Micros(report.Pursuit.Waits.P50)}, p99 {Micros(report.Pursuit.Waits.P99)} after the transfer came."));
        if (report.Postgres is { } peer)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"PostgreSQL {peer.Version} (shared_buffers {peer.SharedBuffers}), the same {peer.Compared:N0} answers: one recursive query takes {peer.RecursiveRatio.P50:F0} times as long at p50 and {peer.RecursiveRatio.P99:F0} at p99, one query a hop {peer.PerHopRatio.P50:F0} and {peer.PerHopRatio.P99:F0}."));
            console.WriteLine("Its schema:");
            console.WriteLine(peer.Schema);
        }
    }

    private static string Micros(double micros) => string.Create(CultureInfo.InvariantCulture, $"{micros:N0} µs");
}
