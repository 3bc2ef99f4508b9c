using System.CommandLine;
using System.Security.Cryptography;
using Cordon.Casework;
using Cordon.Casework.Audit;
using Cordon.Casework.Registers;
using Cordon.Demo;
using Cordon.Gateways.Intake;
using Cordon.Hosting;
using Cordon.Simulator;
using HostOptions = Cordon.Hosting.HostOptions;

namespace Cordon.Commands;

/// <summary><c>cordon demo</c>: a small province, played through the real program in a temporary folder.</summary>
internal sealed class DemoCommand : Command
{
    /// <summary>Two stops of 48 hours are all an account may have: in five days most of what was stopped still is.</summary>
    private const int DemoDays = 5;

    private readonly Option<bool> once = new("--once") { Description = "Play, print the summary and end, without serving." };
    private readonly Option<ulong> seed = new("--seed") { Description = "Which province: the same seed makes the same one.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<Uri> address = CommonOptions.Address("Where the console answers.");
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public DemoCommand(TimeProvider time)
        : base("demo", "Make a small province, play it through the real program in a temporary folder, and serve its console.")
    {
        this.time = time;
        foreach (var option in new Option[] { once, seed, address, json }) Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var place = Directory.CreateTempSubdirectory("cordon-demo-");
        try
        {
            return await RunAsync(parsed, place.FullName, terminal, cancel);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, string place, Terminal terminal, CancellationToken cancel)
    {
        var (number, serve) = (parsed.GetValue(seed), !parsed.GetValue(once));
        var started = time.GetTimestamp();
        Terminal.Note($"Making province {number}");
        var province = Province.Make(number, ProvinceOptions.Small with { Days = DemoDays });
        var clock = new DemoClock(province.Options.Start.ToDateTimeOffset(), time);
        var options = new HostOptions
        {
            DataFolder = Path.Combine(place, "data"),
            KeyFolder = Path.Combine(place, "keys"),
            Address = serve ? parsed.GetValue(address)! : new Uri("http://127.0.0.1:0"),
            Demo = true,
            Door = new Door(TokenKeys.Demo),
            Time = clock,
            Ids = new CountedIds(number),
        };
        await using var app = CordonHost.Build(options);
        await app.StartAsync(cancel);
        var server = new Uri(app.Urls.First());
        var keys = await DemoPeople.EnrolAsync(province, app.Services, cancel);
        using var http = new HttpClient { BaseAddress = server };
        var player = new ProvincePlayer(province, app.Services, http, clock, keys);
        await terminal.WithProgressAsync("Playing", "signals", time, async tell =>
        {
            await player.PlayAsync(tell, cancel);
            return true;
        });
        await CaseworkParts.CatchUpAsync(app.Services, cancel);
        await app.Services.GetRequiredService<AuditSequencer>().SealAsync(cancel);
        var summary = await DemoSummary.TakeAsync(number, app.Services, time.GetElapsedTime(started));
        terminal.Result(summary, summary.Print);
        if (serve) await ServeAsync(app, province, server, clock, cancel);
        await app.StopAsync(CancellationToken.None);
        return summary.Conserved ? Exit.Done : Exit.Faults;
    }

    private static async Task ServeAsync(WebApplication app, Province province, Uri server, DemoClock clock, CancellationToken cancel)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var people = await DemoPeople.SignInsAsync(province, app.Services, password, cancel);
        clock.Walk();
        app.Services.GetRequiredService<StartSignal>().Give();
        Terminal.Note($"\nThe console: {server}");
        Terminal.Note($"Sign in as one of these by a click on the sign-in page, or with the password {password}:");
        foreach (var (name, work) in people) Terminal.Note($"  {name,-11} {work}");
        Terminal.Note("Ctrl+C ends the demo and removes its folder.");
        await app.WaitForShutdownAsync(cancel);
    }
}
