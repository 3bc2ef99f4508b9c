using System.CommandLine;
using Cordon.Casework.Audit;
using Cordon.Casework.Storage;
using Spectre.Console;

namespace Cordon.Commands;

/// <summary><c>cordon verify</c>: proves that the audit log was not altered.</summary>
internal sealed class VerifyCommand : Command
{
    private readonly Option<FileInfo[]> checkpoint = new("--checkpoint") { Description = "A checkpoint that somebody else kept (they get it from /api/v1/audit/checkpoint); the log must be a continuation of it. May be given several times.", HelpName = "FILE" };
    private readonly Option<string?> key = new("--verifier") { Description = "The log's public key as text, best taken from elsewhere. Default: that of the key folder.", HelpName = "KEY" };
    private readonly Option<DirectoryInfo> data = CommonOptions.Data();
    private readonly Option<string?> database = CommonOptions.Database();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public VerifyCommand(TimeProvider time)
        : base("verify", "Recompute every leaf, root and signature of the audit log, and prove it continues checkpoints kept elsewhere. Runs beside a server.")
    {
        this.time = time;
        foreach (var option in new Option[] { checkpoint, key, data, database, json }) Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var path = parsed.GetValue(data)!.FullName;
        var storage = new StorageOptions { SqliteFile = DataFolder.DatabaseOf(path), Postgres = parsed.GetValue(database) };
        if (storage.Postgres is null && !File.Exists(storage.SqliteFile))
            throw new CommandFault($"{path} holds no casework yet, so there is nothing to verify. Name another folder with --data.", Exit.Usage);
        var held = new List<string>();
        foreach (var file in parsed.GetValue(checkpoint) ?? [])
        {
            if (!file.Exists) throw new CommandFault($"There is no checkpoint file {file}.", Exit.Usage);
            var text = await File.ReadAllTextAsync(file.FullName, cancel);
            // A file that is something else says nothing about the log, and must not read as if the log were altered.
            if (!AuditVerifier.IsCheckpoint(text))
                throw new CommandFault($"{file} is no checkpoint. Give the file as it came from /api/v1/audit/checkpoint.", Exit.Usage);
            held.Add(text);
        }
        var verifier = new AuditVerifier(StorageModule.Opener(storage), Verifier(parsed.GetValue(key), path));
        var report = await terminal.WithProgressAsync("Verifying", "leaves", time, tell =>
            verifier.VerifyAsync(held, new Told(p => tell(p.Total == 0 ? -1 : (double)p.Done / p.Total, p.Done)), cancel));
        terminal.Result(report, console => Print(console, report, held.Count));
        return report.Sound ? Exit.Done : Exit.Faults;
    }

    private static VerifierKey Verifier(string? text, string folder)
    {
        if (text is not null)
            return VerifierKey.TryParse(text, out var given) ? given : throw new CommandFault("--verifier is no key: it is written name+id+base64.", Exit.Usage);
        var file = DataFolder.AuditKeyOf(folder);
        if (!File.Exists(file)) throw new CommandFault($"The key of this log is not at {file}. Give its public key with --verifier.", Exit.Usage);
        return AuditKey.Load(file, DataFolder.OriginOf(folder)).Verifier;
    }

    private static void Print(IAnsiConsole console, AuditReport report, int held)
    {
        console.WriteLine($"{Terminal.Count(report.Leaves)} leaves and {Terminal.Count(report.Checkpoints)} checkpoints recomputed; root {report.Root}");
        if (report.Waiting > 0) console.WriteLine($"{Terminal.Count(report.Waiting)} events wait for their leaf; a running server seals them within a second.");
        foreach (var fault in report.Faults)
            console.WriteLine($"  {fault.Kind}{(fault.Leaf is { } leaf ? $" at leaf {leaf}" : "")}: {fault.Detail}");
        if (report.MoreFaults) console.WriteLine("  … and more.");
        console.WriteLine(report.Sound
            ? held > 0 ? "Sound, and a continuation of every checkpoint given." : "Sound. A checkpoint kept elsewhere (--checkpoint) would also prove that nobody rewrote it all."
            : "NOT SOUND: somebody or something altered the log.");
    }

    private sealed class Told(Action<AuditProgress> tell) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => tell(value);
    }
}
