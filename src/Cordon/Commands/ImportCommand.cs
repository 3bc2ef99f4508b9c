using System.CommandLine;
using System.Globalization;
using Cordon.Engine.Signals;
using Cordon.Gateways.Files;
using Cordon.Gateways.Intake;
using Spectre.Console;

namespace Cordon.Commands;

/// <summary><c>cordon import FILE</c>: reads a file of signals or reports into a server or a data folder.</summary>
internal sealed class ImportCommand : Command
{
    private static readonly Dictionary<string, FileContent> Contents = new(StringComparer.Ordinal)
    {
        ["transfers"] = FileContent.Transfers,
        ["accounts"] = FileContent.Accounts,
        ["calls"] = FileContent.Calls,
        ["subscriptions"] = FileContent.Subscriptions,
        ["messages"] = FileContent.Messages,
        ["visits"] = FileContent.Visits,
        ["corrections"] = FileContent.Corrections,
        ["reports"] = FileContent.Reports,
    };

    private readonly Argument<FileInfo> file = new("FILE") { Description = "NDJSON or CSV, plain or gzip; '-' reads standard input." };
    private readonly Option<string?> content = new("--as") { Description = $"What the file holds: {string.Join(", ", Contents.Keys)}. Without it the columns tell.", HelpName = "KIND" };
    private readonly Option<string> preset = new("--preset") { Description = $"How to read it: {string.Join(", ", Preset.Shipped)}, or a preset file of your own.", HelpName = "NAME", DefaultValueFactory = _ => "cordon" };
    private readonly Option<string?> dataSet = new("--set") { Description = "The data set's name, part of the ids of rows that have none. Default: preset and file name.", HelpName = "NAME" };
    private readonly Option<bool> strict = new("--strict") { Description = "Exit with 1 where a row went to quarantine." };
    private readonly Option<FileInfo?> quarantine = new("--quarantine") { Description = "Where rows go that are not taken. Default: in the data folder.", HelpName = "FILE" };
    private readonly Option<DirectoryInfo> data = CommonOptions.Data();
    private readonly Option<string?> database = CommonOptions.Database();
    private readonly Option<FileInfo?> tokenKey = CommonOptions.TokenKey();
    private readonly Option<Uri?> server = CommonOptions.Server("A running server to send to. Without it the server is asked that has the data folder open, and where none has, the folder is written itself.");
    private readonly Option<string?> key = CommonOptions.Key();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;
    private readonly FileContent? only;

    public ImportCommand(TimeProvider time, FileContent? only = null)
        : base("import", $"Read a file of {(only is null ? "signals or reports" : "reports")}. The same file twice changes nothing; a bad row goes to quarantine and stops nothing.")
    {
        this.time = time;
        this.only = only;
        content.AcceptOnlyFromAmong([.. Contents.Keys]);
        Arguments.Add(file);
        foreach (var option in only is null ? new Option[] { content, preset, data, server, key, database, tokenKey, dataSet, strict, quarantine, json } : [data, server, key, database, tokenKey, strict, quarantine, json]) Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var source = parsed.GetValue(file)!;
        var folder = parsed.GetValue(data)!.FullName;
        using var reading = Open(parsed, source, folder, out var length);
        await using var target = await ImportTarget.FindAsync(folder, parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(database), terminal, time);
        using var rejects = new QuarantineFile(parsed.GetValue(quarantine)?.FullName ?? QuarantinePath(folder, source.Name));
        var summary = await terminal.WithProgressAsync($"Importing {source.Name}", "rows", time, tell =>
            Import.RunAsync(reading, target.Sinks, rejects, new Told(p => tell(length == 0 ? -1 : (double)p.BytesRead / length, p.Rows)), time, cancel));
        await target.SettleAsync(cancel);
        terminal.Result(summary, console => Print(console, source.Name, summary, target.Place));
        return parsed.GetValue(strict) && !summary.IsClean ? Exit.Faults : Exit.Done;
    }

    private SignalFile Open(ParseResult parsed, FileInfo source, string folder, out long length)
    {
        var (found, faults) = Preset.Load(only is null ? parsed.GetValue(preset)! : "cordon");
        if (found is null) throw new CommandFault($"The preset is refused:\n  {string.Join("\n  ", faults)}", Exit.Usage);
        var piped = source.Name == "-";
        if (!piped && !source.Exists) throw new CommandFault($"There is no file {source}.", Exit.Usage);
        length = piped ? 0 : source.Length;
        var kind = only ?? (parsed.GetValue(content) is { } name ? Contents[name] : (FileContent?)null);
        var stream = piped ? Console.OpenStandardInput() : source.OpenRead();
        var options = new SignalFileOptions(piped ? null : source.Name, kind, only is null ? parsed.GetValue(dataSet) : null, DoorKeys.Open(parsed.GetValue(tokenKey), folder));
        var opening = SignalFile.Open(stream, found, options);
        return opening.File ?? throw new CommandFault($"{source.Name}: {opening.Refusal}");
    }

    private string QuarantinePath(string folder, string name)
    {
        var at = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        // A file may be named after a person; its quarantine is not.
        var masked = Masking.Mask(Path.GetFileNameWithoutExtension(name)).Replace('*', '_');
        return Path.Combine(folder, "quarantine", $"{masked}-{at}.ndjson");
    }

    private static void Print(IAnsiConsole console, string name, ImportSummary summary, string place)
    {
        console.WriteLine($"{name} into {place}: {Terminal.Count(summary.Rows)} rows in {summary.Seconds.ToString("F1", CultureInfo.InvariantCulture)} s");
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("what").AddColumn(new TableColumn("count").RightAligned());
        foreach (var (kind, count) in summary.Accepted) table.AddRow($"  {Named(kind)} accepted", Terminal.Count(count));
        if (summary.Reports > 0) table.AddRow("  reports accepted", Terminal.Count(summary.Reports));
        if (summary.Repeated > 0) table.AddRow("  there before, nothing changed", Terminal.Count(summary.Repeated));
        if (summary.RoundedRows > 0)
            table.AddRow("  amounts rounded half to even", $"{Terminal.Count(summary.RoundedRows)} (in all {summary.RoundingDifference.ToString("+0.00########;-0.00########", CultureInfo.InvariantCulture)})");
        foreach (var (reason, count) in summary.Quarantined) table.AddRow($"  quarantined: {Markup.Escape(reason)}", Terminal.Count(count));
        console.Write(table);
        if (summary.CutOff is { } cut) console.WriteLine($"The file broke off before its end: {cut} All rows before that were taken.");
        if (summary.QuarantinePath is { } path) console.WriteLine($"Rows that were not taken, each with line, field and reason: {path}");
    }

    private static string Named(SignalKind kind) => kind switch
    {
        SignalKind.Call => "calls",
        SignalKind.Message => "messages",
        SignalKind.Subscription => "subscriptions",
        SignalKind.AccountOpening => "accounts",
        SignalKind.Transfer => "transfers",
        SignalKind.WebVisit => "visits",
        SignalKind.TransferCorrection => "corrections",
        _ => kind.ToString(),
    };

    private sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }
}
