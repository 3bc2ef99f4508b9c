using System.Buffers;
using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Registers;
using Cordon.Engine.Signals;
using Cordon.Hosting;
using HostOptions = Cordon.Hosting.HostOptions;

namespace Cordon.Commands.Bench;

/// <summary>What the door of screening does, beside an empty endpoint of the same web server in the same run.</summary>
/// <param name="Connections">Connections that sent one signal each at a time.</param>
/// <param name="EmptyPerSecond">Requests a second that the empty endpoint answered: it reads the same JSON and answers as many bytes.</param>
/// <param name="ScreenedPerSecond">Signals a second that were judged and durable.</param>
/// <param name="OfferedPerSecond">Signals a second offered for the waiting times: three tenths of what the door took at most.</param>
/// <param name="EmptyWaits">How long the empty endpoint let wait at that rate.</param>
/// <param name="ScreenedWaits">How long the door let wait at that rate.</param>
/// <param name="Flush">How long a bare flush of 4 KiB to the same disk took.</param>
/// <param name="LinesPerSecond">Signals a second in batches of 500 lines.</param>
internal sealed record DoorReport(
    int Connections, double EmptyPerSecond, double ScreenedPerSecond, double OfferedPerSecond, WaitTimes EmptyWaits, WaitTimes ScreenedWaits, WaitTimes Flush, double LinesPerSecond)
{
    /// <summary>The door as a share of the empty endpoint.</summary>
    public double Share => EmptyPerSecond == 0 ? 0 : ScreenedPerSecond / EmptyPerSecond;
}

/// <summary>Measures the door: a real server with its journal on the disk, in turns with an empty endpoint. All of it shares this machine's cores.</summary>
/// <param name="folder">Where the server keeps its state.</param>
/// <param name="turn">How long each turn lasts.</param>
/// <param name="time">The clock.</param>
internal sealed class DoorBench(string folder, TimeSpan turn, TimeProvider time)
{
    // As many as it takes for the flushes, which they share, not to be what they wait for.
    private const int Connections = 512;
    private const int Turns = 3;
    private const double OfferedShare = 0.3;
    private const string Path = "/api/v1/screen/transfer";

    public async Task<DoorReport> RunAsync(CancellationToken cancel)
    {
        Terminal.Note("Measuring the door …");
        await using var app = CordonHost.Build(Options());
        await app.StartAsync(cancel);
        try
        {
            app.Services.GetRequiredService<StartSignal>().Give();
            return await MeasureAsync(app, cancel);
        }
        finally
        {
            // Also of one that is broken off: what follows the journal has to end before its parts do.
            await app.StopAsync(CancellationToken.None);
        }
    }

    private async Task<DoorReport> MeasureAsync(WebApplication app, CancellationToken cancel)
    {
        var token = await EnrolAsync(app.Services, cancel);
        var screened = new DoorClient(new Uri(app.Urls.First()), token, time);
        var answer = await screened.SampleAsync(cancel);
        await using var bare = Empty(answer);
        await bare.StartAsync(cancel);
        var empty = new DoorClient(new Uri(bare.Urls.First()), token, time);
        await screened.ClosedAsync(Connections, turn, cancel);
        await empty.ClosedAsync(Connections, turn, cancel);
        var (emptySum, screenedSum) = (0.0, 0.0);
        for (var i = 0; i < Turns; i++)
        {
            emptySum += await empty.ClosedAsync(Connections, turn, cancel);
            screenedSum += await screened.ClosedAsync(Connections, turn, cancel);
        }
        var offered = screenedSum / Turns * OfferedShare;
        var emptyWaits = await empty.OpenAsync(Connections, offered, turn, cancel);
        var screenedWaits = await screened.OpenAsync(Connections, offered, turn, cancel);
        var lines = await screened.BatchesAsync(turn, cancel);
        return new DoorReport(Connections, emptySum / Turns, screenedSum / Turns, offered, emptyWaits, screenedWaits, Flushes(), lines);
    }

    private HostOptions Options() => new()
    {
        DataFolder = System.IO.Path.Combine(folder, "data"),
        KeyFolder = System.IO.Path.Combine(folder, "keys"),
        Address = new Uri("http://127.0.0.1:0"),
        Time = time,
    };

    private static async Task<string> EnrolAsync(IServiceProvider services, CancellationToken cancel)
    {
        var self = Actor.System("bench");
        _ = (await services.GetRequiredService<RegionRegister>().TellAsync(self, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), cancel)).Value;
        var bank = MemberCode.Parse(DoorClient.Member);
        _ = (await services.GetRequiredService<MemberRegister>().EnrolAsync(self, new MemberFacts(bank, "甲银行", "Bank A", Sector.Bank, "33", true, []), cancel)).Value;
        return (await services.GetRequiredService<ApiKeyRegister>().CreateAsync(self, bank, "bench", [KeyScopes.SignalsWrite], cancel)).Value.Token;
    }

    private static WebApplication Empty(byte[] answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost(Path, async (HttpContext context) =>
        {
            var body = context.Request.BodyReader;
            for (var read = await body.ReadAsync(); ; read = await body.ReadAsync())
            {
                if (read.IsCompleted) ReadThrough(read.Buffer);
                body.AdvanceTo(read.IsCompleted ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
                if (read.IsCompleted) break;
            }
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        return app;
    }

    /// <summary>Reads JSON and keeps nothing: the least that any endpoint does with a body.</summary>
    private static void ReadThrough(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
        }
    }

    private WaitTimes Flushes()
    {
        using var file = File.OpenHandle(System.IO.Path.Combine(folder, "flushed"), FileMode.CreateNew, FileAccess.Write);
        var (page, waits, start) = (new byte[4_096], new Waits(time), time.GetTimestamp());
        for (long at = 0; time.GetElapsedTime(start) < turn; at += page.Length)
        {
            RandomAccess.Write(file, page, at);
            var before = time.GetTimestamp();
            RandomAccess.FlushToDisk(file);
            waits.Since(before);
        }
        return waits.Times();
    }
}
