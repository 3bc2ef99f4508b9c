using System.CommandLine;
using Cordon.Commands.Assess;

namespace Cordon.Commands.Bench;

/// <summary><c>cordon bench controls</c>: what measuring duties over every signal costs.</summary>
internal sealed class BenchControlsCommand : Command
{
    private readonly Option<long> size = new("--size") { Description = "How many signals.", HelpName = "N", DefaultValueFactory = _ => 5_000_000 };
    private readonly Option<ulong> seed = new("--seed") { Description = "The seed of the first year.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public BenchControlsCommand(TimeProvider time)
        : base("controls", "Measure duties over simulated years: what a signal costs, how fast all standings are told, and whether a full recomputation tells the same.")
    {
        this.time = time;
        size.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() is < 1 or > 1_000_000_000) result.AddError("--size is 1 to 1000000000.");
        });
        foreach (var option in new Option[] { size, seed, json }) Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var bench = new ControlsBench(parsed.GetValue(seed), parsed.GetValue(size), AssessCommand.Shipped(), time);
        var report = await terminal.WithProgressAsync("Measuring duties", "", time, tell => Task.Run(() => bench.Run(tell, cancel), cancel));
        terminal.Result(report, report.Print);
        return report.RecomputedSame ? Exit.Done : Exit.Faults;
    }
}
