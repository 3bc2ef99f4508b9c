using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cordon.Casework.Members;
using Cordon.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cordon.Tests.Screening;

/// <summary>
/// How many single signals a second the door of screening answers, beside an empty endpoint of Kestrel that reads the same body and
/// answers as many bytes, in turns within one run. Run it by name; it prints figures and asserts none.
/// </summary>
public sealed class ScreenSpeedTests(ITestOutputHelper output)
{
    private const int Connections = 32;
    private const int Turns = 5;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);
    private static int next;

    [Fact(Explicit = true)]
    public async Task Single_posts_beside_an_empty_endpoint()
    {
        await using var host = new ApiHost { Rulebook = SmallRules.File };
        await host.InitializeAsync();
        var token = await host.TokenAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        var sample = new byte[200];
        await using var empty = Empty(sample);
        await empty.StartAsync(TestContext.Current.CancellationToken);
        var bare = new Uri(empty.Urls.Single());
        await RunAsync(host.Address, token, TimeSpan.FromSeconds(3));
        await RunAsync(bare, token, TimeSpan.FromSeconds(2));
        for (var turn = 0; turn < Turns; turn++)
        {
            var (plain, screened) = (await RunAsync(bare, token, Turn), await RunAsync(host.Address, token, Turn));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"empty {plain:N0}/s, screened {screened:N0}/s, {screened / plain:P0}"));
        }
    }

    private static WebApplication Empty(byte[] answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/api/v1/screen/transfer", async (HttpContext context) =>
        {
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync();
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        return app;
    }

    private static async Task<double> RunAsync(Uri address, string token, TimeSpan length)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => SendAsync(address, token, clock, length))));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static async Task<long> SendAsync(Uri address, string token, Stopwatch clock, TimeSpan length)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        var body = """{"id":"S0000000000","member":"bank-a","at":"2026-03-02T07:00:00Z","payer":"bank-a:6222020200112233","payee":"bank-b:6217000012345678","amount":"480.00","currency":"CNY","means":"account"}""";
        var head = $"POST /api/v1/screen/transfer HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        var request = Encoding.ASCII.GetBytes(head + body);
        var id = request.AsMemory(head.Length + 8, 10);
        var answer = new byte[4096];
        for (var sent = 0L; ; sent++)
        {
            if (clock.Elapsed > length) return sent;
            Interlocked.Increment(ref next).TryFormat(id.Span, out _, "D10", CultureInfo.InvariantCulture);
            await socket.SendAsync(request);
            var read = await socket.ReceiveAsync(answer);
            if (!answer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException(Encoding.ASCII.GetString(answer, 0, read));
        }
    }
}
