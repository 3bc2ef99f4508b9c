using System.Collections.Immutable;
using System.CommandLine;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Rulebooks;
using HostOptions = Cordon.Hosting.HostOptions;

namespace Cordon.Commands.Assess;

/// <summary><c>cordon assess</c>: how well loopholes are found and mended in a simulated year whose truth is known.</summary>
internal sealed class AssessCommand : Command
{
    private const int MostYears = 1_000;

    // Of the work for one seed, about so much is the year and the rest the cases.
    private const double YearsShare = 0.7;

    private readonly Option<ulong> seed = new("--seed") { Description = "The seed of the year.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> years = new("--years") { Description = "How many years, of this seed and the next ones.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public AssessCommand(TimeProvider time)
        : base("assess", "Live a simulated year with planted loopholes by the rules of duties, rectifications and the ladder, and tell which were found, at whom, and closed when. Needs no data folder and changes nothing.")
    {
        this.time = time;
        years.Within(1, MostYears);
        foreach (var option in new Option[] { seed, years, json }) Options.Add(option);
        SetAction(RunAsync);
    }

    /// <summary>The packs that come with the program.</summary>
    internal static AssessPacks Shipped()
    {
        var folder = Path.GetDirectoryName(HostOptions.DutiesOf("cn"))!;
        var reading = DutyPack.Load(Path.Combine(folder, "duties"));
        var duties = reading.Pack ?? throw new InvalidDataException(string.Join('\n', reading.Faults));
        return new AssessPacks(ControlPlan.Load(Path.Combine(folder, "controls.yaml"), duties), LadderPack.Load(Path.Combine(folder, "ladder.yaml")));
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var (first, count, packs) = (parsed.GetValue(seed), parsed.GetValue(years), Shipped());
        var rulebook = new RulebookLibrary(Path.GetTempPath(), HostOptions.DefaultRulebook).Shipped.Compiled;
        var reports = await terminal.WithProgressAsync("Living the year", "days", time, tell => Task.Run(
            () =>
            {
                var lived = ImmutableArray.CreateBuilder<AssessReport>(count);
                for (var i = 0; i < count; i++)
                {
                    var (done, at) = (i, unchecked(first + (ulong)i));
                    var year = new AssessYear(at, packs).Run(share => tell((done + (share * YearsShare)) / count, (long)((done + share) * 365)), cancel);
                    lived.Add(year with { Cases = new AssessCases(at, packs.Plan.Pack, rulebook).Run(share => tell((done + YearsShare + (share * (1 - YearsShare))) / count, (done + 1) * 365), cancel) });
                }
                return lived.MoveToImmutable();
            },
            cancel));
        if (reports.Length == 1) terminal.Result(reports[0], reports[0].Print);
        else terminal.Result(new AssessReports(reports), new AssessReports(reports).Print);
        return Exit.Done;
    }
}
