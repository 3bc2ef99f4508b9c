using System.CommandLine;
using System.Globalization;
using Npgsql;
using Spectre.Console;

namespace Cordon.Commands.Bench;

/// <summary><c>cordon bench journal</c>: how many records a second become durable, and how long their senders wait.</summary>
internal sealed class BenchJournalCommand : Command
{
    private const int MostSeconds = 60;

    private readonly Option<string?> postgres = new("--postgres") { Description = "A PostgreSQL to compare with: a connection string. A table is made in it and dropped again.", HelpName = "CONNECTION" };
    private readonly Option<int> seconds = new("--seconds") { Description = $"How long each part runs, 1 to {MostSeconds}.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<DirectoryInfo?> data = new("--data") { Description = "Measure the disk of this folder: a temporary folder in it is used and removed. Default: the system's temporary folder.", HelpName = "DIR" };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public BenchJournalCommand(TimeProvider time)
        : base("journal", "Measure durable records a second and waiting times with 1, 64 and 512 clients, a bare file beside them.")
    {
        this.time = time;
        foreach (var option in new Option[] { postgres, seconds, data, json }) Options.Add(option);
        seconds.Within(1, MostSeconds);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        try
        {
            return await BenchFolder.UseAsync(parsed.GetValue(data), async folder =>
            {
                var bench = new JournalBench(folder, TimeSpan.FromSeconds(parsed.GetValue(seconds)), time);
                var report = await bench.RunAsync(parsed.GetValue(postgres), cancel);
                terminal.Result(report, console => Print(console, report));
                return Exit.Done;
            });
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

    private static void Print(IAnsiConsole console, JournalBenchReport report)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(
            new TableColumn("what"), new TableColumn("clients").RightAligned(), new TableColumn("records/s").RightAligned(), new TableColumn("p50").RightAligned(),
            new TableColumn("p99").RightAligned(), new TableColumn("p99.9").RightAligned(), new TableColumn("records a flush").RightAligned());
        foreach (var part in report.Parts)
            table.AddRow(part.What, Number(part.Clients), Number(part.PerSecond), Time(part.Waits?.P50), Time(part.Waits?.P99), Time(part.Waits?.P999), part.PerFlush is { } each ? Number(each) : "");
        console.Write(table);
        console.WriteLine($"fdatasync alone: p50 {Time(report.Flush.P50)}, p99 {Time(report.Flush.P99)}. Read back and checksummed: {Number(report.ReadPerSecond)} records/s.");
        if (report.PostgresRatio is { } ratio)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"512 clients of the journal: {ratio:F1} times PostgreSQL's best (fsync {report.PostgresFsync}, synchronous_commit {report.PostgresCommit})."));
    }

    private static string Number(double value) => Terminal.Count((long)value);

    private static string Time(double? micros) => micros switch
    {
        null => "",
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{micros:F0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000:F1} ms"),
    };
}
