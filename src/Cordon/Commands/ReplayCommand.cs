using System.CommandLine;
using System.Globalization;
using Cordon.Casework.Rulebooks;
using Cordon.Casework.Rulebooks.Backtests;
using Cordon.Engine.Signals;
using Cordon.Hosting;
using Spectre.Console;

namespace Cordon.Commands;

/// <summary><c>cordon replay</c>: what a rulebook would have done to the signals of a data folder.</summary>
internal sealed class ReplayCommand : Command
{
    private const int MostRules = 20;
    private const int MostOverlaps = 5;

    private readonly Option<string?> rulebook = new("--rulebook") { Description = "The rulebook: a YAML file, a folder of them, or the hash of one that the data folder keeps. Default: the one that judges there now.", HelpName = "R" };
    private readonly Option<string?> from = new("--from") { Description = "Count signals from this time on, as 2026-03-02 or 2026-03-02T08:15:00Z; earlier ones only fill the windows.", HelpName = "TIME" };
    private readonly Option<string?> to = new("--to") { Description = "Count signals before this time.", HelpName = "TIME" };
    private readonly Option<DirectoryInfo> data = CommonOptions.Data();
    private readonly Option<string?> database = CommonOptions.Database();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public ReplayCommand(TimeProvider time)
        : base("replay", "Backtest a rulebook over stored history: hits, precision and recall against confirmed cases, overlaps, cost by rule, and whom it would have stopped wrongly. Changes nothing.")
    {
        this.time = time;
        foreach (var option in new Option[] { rulebook, from, to, data, database, json }) Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var (begin, end) = (Time(parsed.GetValue(from), "--from"), Time(parsed.GetValue(to), "--to"));
        if (begin >= end) throw new CommandFault("--from is before --to.", Exit.Usage);
        var path = parsed.GetValue(data)!.FullName;
        if (!Directory.Exists(path)) throw new CommandFault($"There is no data folder {path}. Import something first, or name another folder with --data.", Exit.Usage);
        using var folder = DataFolder.TryTake(path)
            ?? throw new CommandFault($"{path} is open in a server: backtest on its Rule desk, or stop it first.");
        var named = parsed.GetValue(rulebook);
        // What is wrong with the rulebook is said before minutes are spent on reading the journal.
        var given = named is null ? null : Read(named, folder.Rulebooks);
        await using var engine = await LocalEngine.OpenAsync(folder, terminal, time, changes: false);
        var tried = given ?? folder.Rulebooks.Find(engine.Read(e => e.Rulebook.Hash)) ?? folder.Rulebooks.Shipped;
        await using var casework = await CaseworkParts.OpenAsync(folder.Options(parsed.GetValue(database), time), engine, cancel);
        var fraud = await casework.GetRequiredService<BacktestDesk>().ConfirmedAsync(cancel);
        var report = await terminal.WithProgressAsync("Replaying", "records", time, tell =>
            new JournalReplay(engine, time).RunAsync(new BacktestOrder(tried, begin, end, fraud), new Told(p => tell(p.Total == 0 ? -1 : (double)p.Read / p.Total, p.Read)), cancel));
        terminal.Result(new ReplayReport(tried.Hash, report), console => Print(console, tried, report));
        return Exit.Done;
    }

    private static KeptRulebook Read(string named, RulebookLibrary library)
    {
        if (!Path.Exists(named))
            return library.Find(named) ?? throw new CommandFault($"{named} is neither a file, nor a folder, nor the hash of a rulebook kept here.", Exit.Usage);
        var files = Directory.Exists(named) ? Directory.GetFiles(named, "*.yaml") : [named];
        Array.Sort(files, StringComparer.Ordinal);
        var check = RulebookLibrary.Check([.. files.Select(f => new RulebookFile(Path.GetFileName(f), File.ReadAllText(f)))]);
        if (check.Rulebook is { } sound) return sound;
        foreach (var fault in check.Faults)
            Terminal.Note($"{fault.File}:{fault.Line}:{fault.Column}: {fault.Message}{(fault.Suggestion is { } near ? $" Did you mean '{near}'?" : "")}");
        throw new CommandFault($"{named} is no rulebook: {check.Faults.Length} faults.");
    }

    private static Instant? Time(string? text, string option)
    {
        if (text is null) return null;
        return Instant.TryParse(text, out var at) ? at : throw new CommandFault($"{option} is a time such as 2026-03-02 or 2026-03-02T08:15:00Z.", Exit.Usage);
    }

    private static void Print(IAnsiConsole console, KeptRulebook book, BacktestReport report)
    {
        var found = report.Found;
        console.WriteLine($"Rulebook {book.Source.Name} {book.Hash[..12]}: {book.Compiled.Rules.Length} rules over {Terminal.Count(found.Signals)} signals in {report.Seconds.ToString("F1", CultureInfo.InvariantCulture)} s");
        console.WriteLine($"Stopped {Terminal.Count(found.Stopped)}, warned {Terminal.Count(report.Warned)}; of {Terminal.Count(report.Confirmed)} confirmed numbers, accounts and domains {Terminal.Count(report.ConfirmedSeen)} occur and {Terminal.Count(report.ConfirmedStopped)} would have been stopped.");
        console.WriteLine($"Precision {Share(found.Precision)}, recall {Share(found.Recall)}. Stopped with no confirmed case behind them: {Terminal.Count(found.HonestStopped)} signals of {Terminal.Count(report.HonestPeople)} lines and accounts.");
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(new TableColumn("rule"), new TableColumn("action"), new TableColumn("hits").RightAligned(), new TableColumn("alone").RightAligned(),
            new TableColumn("confirmed").RightAligned(), new TableColumn("steps at most").RightAligned());
        foreach (var rule in report.Rules.Where(r => r.Hits > 0).Take(MostRules))
            table.AddRow(rule.Rule, rule.Action.ToString(), Terminal.Count(rule.Hits), Terminal.Count(rule.Alone), Terminal.Count(rule.Confirmed), Terminal.Count((long)rule.Steps));
        console.Write(table);
        var silent = report.Rules.Count(r => r.Hits == 0);
        if (silent > 0) console.WriteLine($"{silent} rules never spoke.");
        foreach (var overlap in report.Overlaps.Take(MostOverlaps))
            console.WriteLine($"  {overlap.First} and {overlap.Second} spoke together {Terminal.Count(overlap.Both)} times");
    }

    private static string Share(double? share) => share is { } value ? value.ToString("P1", CultureInfo.InvariantCulture) : "unknown";

    private sealed record ReplayReport(string Rulebook, BacktestReport Report);

    private sealed class Told(Action<BacktestProgress> tell) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value) => tell(value);
    }
}
