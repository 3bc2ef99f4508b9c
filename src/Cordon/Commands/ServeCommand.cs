using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cordon.Casework.Members;
using Cordon.Casework.Registers;
using Cordon.Gateways.Events;
using Cordon.Hosting;
using Cordon.Journal;
using HostOptions = Cordon.Hosting.HostOptions;

namespace Cordon.Commands;

/// <summary><c>cordon serve</c>: the server with API and console.</summary>
internal sealed class ServeCommand : Command
{
    private readonly Option<DirectoryInfo> data = CommonOptions.Data();
    private readonly Option<string?> database = CommonOptions.Database();
    private readonly Option<FileInfo?> tokenKey = CommonOptions.TokenKey();
    private readonly Option<Uri> address = CommonOptions.Address("Where to answer.");
    private readonly Option<bool> behindProxy = new("--behind-proxy") { Description = "A proxy that ends TLS stands before this server: other addresses than this machine's may be used, and the headers of a proxy on this machine, or within --proxy, are believed." };
    private readonly Option<string[]> proxy = new("--proxy")
    {
        Description = "A range of addresses, such as 10.30.0.0/24, in which that proxy is where it is on another machine. May be given several times.",
        HelpName = "RANGE",
    };

    private readonly Option<string[]> webhookAllow = new("--webhook-allow")
    {
        Description = "A range of addresses, such as 10.20.0.0/16, that webhooks to members may reach though it is not public. May be given several times.",
        HelpName = "RANGE",
    };

    private readonly Option<FileInfo?> webhookCa = new("--webhook-ca")
    {
        Description = "A PEM file of authorities whose certificates are trusted for webhooks besides the system's.",
        HelpName = "FILE",
    };

    private readonly TimeProvider time;

    public ServeCommand(TimeProvider time)
        : base("serve", "Run the server: API under /api/v1, console on /. The first start prints a link that makes the first administrator.")
    {
        this.time = time;
        foreach (var option in new Option[] { data, database, tokenKey, address, behindProxy, proxy, webhookAllow, webhookCa }) Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var path = parsed.GetValue(data)!.FullName;
        using var folder = DataFolder.TryTake(path) ?? throw new CommandFault($"{path} is in use by another process{Owner(path)}.");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var options = folder.Options(parsed.GetValue(database), time) with
        {
            Address = parsed.GetValue(address)!,
            BehindProxy = parsed.GetValue(behindProxy),
            Proxies = Networks(parsed.GetValue(proxy) ?? []),
            OperatorToken = token,
            Door = DoorKeys.Open(parsed.GetValue(tokenKey), path),
            Webhooks = Reach(parsed.GetValue(webhookAllow) ?? [], parsed.GetValue(webhookCa)),
        };
        if (options.Fault() is { } fault) throw new CommandFault(fault, Exit.Usage);
        await using var app = await BuildAsync(options, time);
        await app.StartAsync(cancel);
        var server = new Uri(app.Urls.First());
        folder.Announce(server, token);
        await GreetAsync(app, server, path, options, cancel);
        app.Services.GetRequiredService<StartSignal>().Give();
        await app.WaitForShutdownAsync(cancel);
        return Exit.Done;
    }

    private static ImmutableArray<IPNetwork> Networks(string[] ranges) =>
        [.. ranges.Select(r => IPNetwork.TryParse(r, out var network) ? network : throw new CommandFault($"{r} is no range of addresses: it is written 10.20.0.0/16.", Exit.Usage))];

    private static WebhookOptions Reach(string[] ranges, FileInfo? authorities)
    {
        var networks = Networks(ranges);
        var roots = new X509Certificate2Collection();
        try
        {
            if (authorities is not null) roots.ImportFromPemFile(authorities.FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandFault($"{authorities} holds no certificates that can be read: {fault.Message}", Exit.Usage);
        }
        return authorities is null || roots.Count > 0 ? new WebhookOptions { Networks = networks, Roots = roots } : throw new CommandFault($"{authorities} holds no certificate.", Exit.Usage);
    }

    // Building reads the journal, which can be long.
    private static Task<WebApplication> BuildAsync(HostOptions options, TimeProvider time) =>
        new Terminal(json: false).WithProgressAsync("Reading the journal", "records", time, tell => Task.Run(() =>
            CordonHost.Build(options with { JournalProgress = new Told(p => tell(p.TotalBytes == 0 ? -1 : (double)p.Bytes / p.TotalBytes, p.Records)) })));

    private static async Task GreetAsync(WebApplication app, Uri server, string path, HostOptions options, CancellationToken cancel)
    {
        Terminal.Note($"Cordon serves {server} over {path}. Ctrl+C ends it.");
        if (options.Door.Keys is null) Terminal.Note("It has no token key: identity numbers are refused and person tokens taken. 'cordon token create' makes a key.");
        if (await app.Services.GetRequiredService<SetupLinks>().NewAsync(cancel) is { } token)
            Terminal.Note($"Nobody can sign in yet. This link makes the first administrator, once and within 24 hours:\n  {new Uri(server, $"setup?token={token}")}");
    }

    private static string Owner(string path) => DataFolder.ReadNote(path) is { Server: { } server } note ? $" (process {note.Process}, serving {server})" : "";

    private sealed class Told(Action<JournalProgress> tell) : IProgress<JournalProgress>
    {
        public void Report(JournalProgress value) => tell(value);
    }
}
