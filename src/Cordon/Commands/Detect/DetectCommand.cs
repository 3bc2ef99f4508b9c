using System.CommandLine;
using System.Globalization;
using Cordon.Gateways.Files;
using Cordon.Gateways.Intake;
using Spectre.Console;

namespace Cordon.Commands.Detect;

/// <summary><c>cordon detect</c>: scores the accounts of a file of transfers by the patterns of laundering found in it.</summary>
internal sealed class DetectCommand : Command
{
    private readonly Option<FileInfo[]> input = new("--in") { Description = "Transfers, and accounts where there is a file of them: NDJSON or CSV, plain or gzip.", HelpName = "FILE", Required = true, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> preset = new("--preset") { Description = $"How to read it: {string.Join(", ", Preset.Shipped)}, or a preset file of your own.", HelpName = "NAME", DefaultValueFactory = _ => "cordon" };
    private readonly Option<FileInfo> output = new("--out") { Description = "Where the scores go: CSV of account, score and pattern, highest score first.", HelpName = "FILE", Required = true };
    private readonly Option<FileInfo?> alerts = new("--alerts") { Description = "Where the alerts go, each with its accounts and transfers: a JSON object a line.", HelpName = "FILE" };
    private readonly Option<FileInfo?> transfers = new("--transfers") { Description = "Where scores of the transfers between accounts go: CSV.", HelpName = "FILE" };
    private readonly Option<FileInfo?> evidence = new("--evidence") { Description = "Where the numbers go that the scores are made of: CSV.", HelpName = "FILE" };
    private readonly Option<FileInfo[]> labels = new("--labels") { Description = "Files that tell which accounts or transfers are bad: then precision, recall and average precision are told. Scores do not read them.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> accounts = new("--accounts") { Description = "What an account is: 'number' (the same number at two members is one account that moved) or 'member' (it is two).", HelpName = "BY", DefaultValueFactory = _ => "number" };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public DetectCommand(TimeProvider time)
        : base("detect", "Find patterns of laundering in a file of transfers and score its accounts. Needs no data folder and changes nothing.")
    {
        this.time = time;
        accounts.AcceptOnlyFromAmong("number", "member");
        foreach (var option in new Option[] { input, preset, output, alerts, transfers, evidence, labels, accounts, json }) Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var files = parsed.GetValue(input)!;
        var told = parsed.GetValue(labels) ?? [];
        foreach (var file in files.Concat(told))
            if (!file.Exists) throw new CommandFault($"There is no file {file}.", Exit.Usage);
        foreach (var place in new[] { parsed.GetValue(output), parsed.GetValue(alerts), parsed.GetValue(transfers), parsed.GetValue(evidence) })
            if (place?.Directory is { Exists: false } missing) throw new CommandFault($"There is no folder {missing}.", Exit.Usage);
        var (found, faults) = Preset.Load(parsed.GetValue(preset)!);
        if (found is null) throw new CommandFault($"The preset is refused:\n  {string.Join("\n  ", faults)}", Exit.Usage);
        var labelled = LabelSet.Read(told);
        var start = time.GetTimestamp();
        var keep = labelled is not null || parsed.GetValue(transfers) is not null;
        var run = new DetectRun(parsed.GetValue(accounts) == "member", keep || parsed.GetValue(alerts) is not null, keep);
        foreach (var file in files) await ReadAsync(terminal, file, found, run, cancel);
        if (run.Transfers == 0) throw new CommandFault($"{files[0].Name} holds no transfer that could be taken: {Faults(run)}.");
        await terminal.WithProgressAsync("Looking for patterns", "transfers", time, tell => Task.Run(() => run.Look(tell, cancel), cancel));
        var scores = new ScoreBoard(run);
        Write(parsed, run, scores);
        var report = DetectReport.Of(run, labelled is null ? null : DetectQuality.Of(run, scores, labelled), time.GetElapsedTime(start));
        terminal.Result(report, console => report.Print(console, parsed.GetValue(output)!.Name));
        return run.CutOff is null ? Exit.Done : Exit.Faults;
    }

    private void Write(ParseResult parsed, DetectRun run, ScoreBoard scores)
    {
        ScoreFile.Write(parsed.GetValue(output)!, scores.Accounts);
        if (parsed.GetValue(alerts) is { } alertPlace) AlertFile.Write(alertPlace, run, scores);
        if (parsed.GetValue(transfers) is { } transferPlace) ScoreFile.WriteTransfers(transferPlace, run, scores);
        if (parsed.GetValue(evidence) is { } evidencePlace) ScoreFile.WriteEvidence(evidencePlace, run);
    }

    private async Task ReadAsync(Terminal terminal, FileInfo source, Preset preset, DetectRun run, CancellationToken cancel)
    {
        // Rows with identity numbers cannot be accounts or transfers, so the door needs no keys.
        var opening = SignalFile.Open(source.OpenRead(), preset, new SignalFileOptions(source.Name, null, null, new Door(Keys: null)));
        using var file = opening.File ?? throw new CommandFault($"{source.Name}: {opening.Refusal}");
        await terminal.WithProgressAsync($"Reading {source.Name}", "rows", time, tell => Task.Run(() =>
        {
            long rows = 0;
            foreach (var batch in file.Read(cancel))
            {
                run.Take(batch);
                rows += batch.Rows;
                tell(source.Length == 0 ? -1 : (double)batch.BytesRead / source.Length, rows);
            }
            return rows;
        }, cancel));
        run.CutOff ??= file.CutOff;
    }

    private static string Faults(DetectRun run) => run.Rejected.Count == 0 ? "it has no rows of transfers"
        : string.Join(", ", run.Rejected.Select(r => $"{r.Key} {r.Value.ToString(CultureInfo.InvariantCulture)}"));
}
