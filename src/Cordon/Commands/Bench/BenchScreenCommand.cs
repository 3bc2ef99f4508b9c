using System.CommandLine;
using System.Globalization;
using Cordon.Casework.Rulebooks;
using Spectre.Console;
using HostOptions = Cordon.Hosting.HostOptions;

namespace Cordon.Commands.Bench;

/// <summary><c>cordon bench screen</c>: how many signals a second the engine judges, and what it needs for that.</summary>
internal sealed class BenchScreenCommand : Command
{
    private const int MostPeople = 20_000_000;
    private const int MostSignals = 200_000_000;
    private const int MostRules = 1_000;
    private const int MostThreads = 64;
    private const int MostSeconds = 60;
    private static readonly int[] RuleCounts = [0, 1, 10, 40, int.MaxValue, 200];

    private readonly Option<int> people = new("--people") { Description = $"People the signals come from, each with a line, a handset and an account, 1,000 to {MostPeople:N0}. 1,700,000 make some five million identifiers.", HelpName = "N", DefaultValueFactory = _ => 200_000 };
    private readonly Option<int> signals = new("--signals") { Description = $"Signals of each part, 100,000 to {MostSignals:N0}; the last quarter is measured.", HelpName = "N", DefaultValueFactory = _ => 2_000_000 };
    private readonly Option<int[]> rules = new("--rules") { Description = $"Numbers of rules to measure with, 0 (windows alone) to {MostRules:N0} each; 0, 1, 10, 40, all and 200 where not given.", HelpName = "N", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int[]> threads = new("--threads") { Description = "Further numbers of threads to measure all rules with, 2 to 64 each; 2 where the machine has as many.", HelpName = "N", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> seconds = new("--seconds") { Description = $"How long each turn at the door lasts, 1 to {MostSeconds}; 0 leaves the door and the starts out.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<DirectoryInfo?> data = new("--data") { Description = "Keep journals in this folder, whose disk is measured: a temporary folder in it is used and removed. Default: the system's temporary folder.", HelpName = "DIR" };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public BenchScreenCommand(TimeProvider time)
        : base("screen", "Measure how many mixed signals a second the engine judges with the shipped rulebook, on one thread and on more, with 1, 10, 40, all and 200 rules; what the door takes beside an empty endpoint; and how long a start takes.")
    {
        this.time = time;
        foreach (var option in new Option[] { people, signals, rules, threads, seconds, data, json }) Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(rules) is { } counts && counts.Any(n => n is < 0 or > MostRules)) result.AddError($"--rules is 0 to {MostRules:N0}.");
            if (result.GetValue(threads) is { } hands && hands.Any(n => n is < 2 or > MostThreads)) result.AddError($"--threads is 2 to {MostThreads}.");
        });
        people.Within(1_000, MostPeople);
        signals.Within(100_000, MostSignals);
        seconds.Within(0, MostSeconds);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var book = new RulebookLibrary(Path.GetTempPath(), HostOptions.DefaultRulebook).Shipped;
        var bench = new ScreenBench(book, parsed.GetValue(people), parsed.GetValue(signals), time);
        int[] counts = parsed.GetValue(rules) is { Length: > 0 } given ? given : RuleCounts;
        int[] hands = parsed.GetValue(threads) is { Length: > 0 } more ? more : Environment.ProcessorCount > 1 ? [2] : [];
        var turn = TimeSpan.FromSeconds(parsed.GetValue(seconds));
        var engine = await terminal.WithProgressAsync("Judging", "signals", time, tell => Task.Run(() => bench.Run(counts, hands, tell, cancel), cancel));
        var report = turn == TimeSpan.Zero
            ? new ScreenReport(engine, null, null)
            : await BenchFolder.UseAsync(parsed.GetValue(data), async folder => new ScreenReport(
                engine,
                await new DoorBench(Path.Combine(folder, "door"), turn, time).RunAsync(cancel),
                await new RestartBench(Path.Combine(folder, "starts"), book, parsed.GetValue(people), parsed.GetValue(signals), time).RunAsync(cancel)));
        terminal.Result(report, console => Print(console, report));
        return Exit.Done;
    }

    private static void Print(IAnsiConsole console, ScreenReport report)
    {
        Print(console, report.Engine);
        if (report.Door is { } door) Print(console, door);
        if (report.Starts is { } starts) Print(console, starts);
    }

    private static void Print(IAnsiConsole console, DoorReport door)
    {
        console.WriteLine($"One signal a request, {Terminal.Count(door.Connections)} connections, each durable before its answer: {Terminal.Count((long)door.ScreenedPerSecond)}/s; an empty endpoint beside it {Terminal.Count((long)door.EmptyPerSecond)}/s: {door.Share.ToString("P0", CultureInfo.InvariantCulture)}.");
        console.WriteLine($"Offered {Terminal.Count((long)door.OfferedPerSecond)}/s: p99 {Millis(door.ScreenedWaits.P99)}, of the empty endpoint {Millis(door.EmptyWaits.P99)}, of a bare flush {Millis(door.Flush.P99)}.");
        console.WriteLine($"Batches of 500 lines: {Terminal.Count((long)door.LinesPerSecond)} signals/s, each batch durable before its answer.");
    }

    private static void Print(IAnsiConsole console, RestartReport starts)
    {
        console.WriteLine($"A start from a snapshot of {Megabytes(starts.SnapshotBytes)} after {Terminal.Count(starts.Records)} records: {Seconds(starts.FromSnapshotSeconds)}; judging had waited {Seconds(starts.PauseSeconds)} for it.");
        console.WriteLine($"A start without one, from {Megabytes(starts.JournalBytes)} of journal: {Seconds(starts.FromJournalSeconds)}, {Terminal.Count((long)starts.ReplayedPerSecond)} records/s read, checked and judged.");
    }

    private static string Millis(double micros) => string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000:F1} ms");

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s");

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N0} MB");

    private static void Print(IAnsiConsole console, ScreenBenchReport report)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(
            new TableColumn("rules").RightAligned(), new TableColumn("threads").RightAligned(), new TableColumn("signals/s").RightAligned(), new TableColumn("a signal").RightAligned(),
            new TableColumn("allocated").RightAligned(), new TableColumn("not let pass").RightAligned(),
            new TableColumn("elsewhere").RightAligned());
        foreach (var step in report.Steps)
            table.AddRow(
                Terminal.Count(step.Rules), Terminal.Count(step.Threads), Terminal.Count((long)step.PerSecond), $"{Terminal.Count((long)step.NanosEach)} ns",
                string.Create(CultureInfo.InvariantCulture, $"{step.AllocatedEach:F1} B"), step.Stopped.ToString("P2", CultureInfo.InvariantCulture),
                step.Crossed.ToString("P0", CultureInfo.InvariantCulture));
        console.Write(table);
        console.WriteLine($"{Terminal.Count(report.Identifiers)} identifiers with windows, {Terminal.Count((long)report.WindowBytesEach)} bytes each, {Terminal.Count((long)report.HeapBytesEach)} with registers, money and all; {Terminal.Count(report.Evicted)} let go because they were idle.");
        console.WriteLine($"Encoding and hashing, which the submitters' threads do: {Terminal.Count((long)report.EncodeNanosEach)} ns a signal.");
    }
}

/// <summary>All that <c>cordon bench screen</c> found.</summary>
/// <param name="Engine">The engine alone.</param>
/// <param name="Door">A server with its journal; null where left out.</param>
/// <param name="Starts">Starts with and without a snapshot; null where left out.</param>
internal sealed record ScreenReport(ScreenBenchReport Engine, DoorReport? Door, RestartReport? Starts);
