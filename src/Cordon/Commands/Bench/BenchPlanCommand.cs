using System.CommandLine;
using System.Globalization;
using Cordon.Simulator;
using Spectre.Console;

namespace Cordon.Commands.Bench;

/// <summary><c>cordon bench plan</c>: what planning the order of stops is worth, beside stopping the largest sum first.</summary>
internal sealed class BenchPlanCommand : Command
{
    private const int MostCases = 10_000;

    private readonly Option<int> cases = new("--cases") { Description = $"At least so many cases, 10 to {MostCases}.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<ulong> seed = new("--seed") { Description = "The first province's seed; the next provinces have the next ones.", HelpName = "N", DefaultValueFactory = _ => 1_001 };
    private readonly Option<int> each = new("--each") { Description = "Seconds that issuing one order takes, 10 to 3600.", HelpName = "N", DefaultValueFactory = _ => 120 };
    private readonly Option<int> victims = new("--victims") { Description = "Victims of one province, 1 to 100.", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly Option<int> gangs = new("--gangs") { Description = "Gangs of one province, 1 to 50: the fewer, the more victims share the same mules.", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly Option<int> days = new("--days") { Description = "Days in which that happens, 1 to 60.", HelpName = "N", DefaultValueFactory = _ => 2 };
    private readonly Option<int?> told = new("--told") { Description = "Every victim tells so many minutes after the last payment, 0 to 1440. Default: as the simulator's victims do, most after half an hour.", HelpName = "N" };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public BenchPlanCommand(TimeProvider time)
        : base("plan", "Live simulated provinces with stops issued by the plan and by the largest sum first: money held of the same seeds.")
    {
        this.time = time;
        foreach (var option in new Option[] { cases, seed, each, told, victims, gangs, days, json }) Options.Add(option);
        cases.Within(10, MostCases);
        victims.Within(1, 100);
        gangs.Within(1, 50);
        days.Within(1, 60);
        each.Within(10, 3_600);
        told.Within(0, 1_440);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var bench = new PlanBench(Province(parsed), parsed.GetValue(seed), parsed.GetValue(cases), TimeSpan.FromSeconds(parsed.GetValue(each)), parsed.GetValue(told) is { } minutes ? TimeSpan.FromMinutes(minutes) : null);
        var report = await terminal.WithProgressAsync("Living", "cases", time, tell => Task.Run(() => bench.Run(tell, cancel), cancel));
        terminal.Result(report, console => Print(console, report));
        return Exit.Done;
    }

    private ProvinceOptions Province(ParseResult parsed) =>
        new() { People = 1_000, Days = parsed.GetValue(days), Victims = parsed.GetValue(victims), Gangs = Math.Min(parsed.GetValue(gangs), parsed.GetValue(victims)) };

    private static void Print(IAnsiConsole console, PlanReport report)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(
            new TableColumn("yuan a 100 cases"), new TableColumn("held").RightAligned(), new TableColumn("of stolen").RightAligned(),
            new TableColumn("out of reach").RightAligned(), new TableColumn("orders").RightAligned(), new TableColumn("of a choice").RightAligned());
        foreach (var (name, result) in new[] { ("by the plan", report.Plan), ("largest sum first", report.LargestFirst) })
            table.AddRow(name, Yuan(result.Held.Yuan), result.HeldShare.ToString("P1", CultureInfo.InvariantCulture), Yuan(result.Out.Yuan), Yuan(result.Orders), Yuan(result.Chosen));
        console.Write(table);
        console.WriteLine($"The plan holds {Text(report.MoreHeld)} more, and {Text(report.LessOut)} less gets out of reach (95% over provinces).");
        console.WriteLine($"{Terminal.Count(report.Cases)} cases of {Terminal.Count(report.Provinces)} provinces from seed {report.FirstSeed}, {Yuan(report.Stolen)} yuan stolen a 100 cases; one officer, {Yuan(report.SecondsEach)} seconds an order.");
    }

    private static string Text(PerHundred sum) => $"{Yuan(sum.Yuan)} yuan ({Yuan(sum.Low)} to {Yuan(sum.High)})";

    private static string Yuan(double value) => Terminal.Count((long)Math.Round(value));
}
