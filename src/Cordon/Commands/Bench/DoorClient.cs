using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cordon.Commands.Bench;

/// <summary>Sends transfers over bare sockets, so that the client takes as little of the machine as can be.</summary>
/// <param name="address">Where to.</param>
/// <param name="token">The member's key.</param>
/// <param name="time">The clock.</param>
internal sealed class DoorClient(Uri address, string token, TimeProvider time)
{
    /// <summary>The member that sends.</summary>
    public const string Member = "bank-a";

    private const int LinesOfBatch = 500;
    private const int BatchConnections = 4;
    private const int Accounts = 200_000;
    private const int Digits = 10;
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static int next;

    /// <summary>The body of one answer.</summary>
    public async Task<byte[]> SampleAsync(CancellationToken cancel)
    {
        using var socket = await ConnectAsync(cancel);
        var (request, id) = One();
        Number(id.Span);
        var answer = new byte[4_096];
        var read = await ExchangeAsync(socket, request, answer, cancel);
        var head = answer.AsSpan(0, read).IndexOf(HeadEnd);
        return answer[(head + HeadEnd.Length)..read];
    }

    /// <summary>Each connection sends the next signal when it has the answer to the last. Signals a second.</summary>
    public async Task<double> ClosedAsync(int connections, TimeSpan span, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                using var socket = await ConnectAsync(cancel);
                var ((request, id), answer, sent) = (One(), new byte[4_096], 0L);
                for (; time.GetElapsedTime(start) < span; sent++)
                {
                    Number(id.Span);
                    await ExchangeAsync(socket, request, answer, cancel);
                }
                return sent;
            },
            cancel)));
        return counts.Sum() / time.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>
    /// Signals are due at a fixed rate, whoever still waits for the last: one that finds its connection busy has waited since it was due.
    /// How long they waited.
    /// </summary>
    public async Task<WaitTimes> OpenAsync(int connections, double perSecond, TimeSpan span, CancellationToken cancel)
    {
        var waits = new Waits(time);
        var start = time.GetTimestamp();
        var between = connections / perSecond * time.TimestampFrequency;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(
            async () =>
            {
                using var socket = await ConnectAsync(cancel);
                using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1), time);
                var ((request, id), answer) = (One(), new byte[4_096]);
                for (var n = 0L; time.GetElapsedTime(start) < span; n++)
                {
                    var due = start + (long)((n + ((double)connection / connections)) * between);
                    var busy = time.GetTimestamp() > due;
                    while (time.GetTimestamp() < due) await tick.WaitForNextTickAsync(cancel);
                    // What a timer wakes too late is the client's fault, not the server's.
                    var from = busy ? due : time.GetTimestamp();
                    Number(id.Span);
                    await ExchangeAsync(socket, request, answer, cancel);
                    waits.Since(from);
                }
            },
            cancel)));
        return waits.Times();
    }

    /// <summary>Batches of 500 lines. Signals a second.</summary>
    public async Task<double> BatchesAsync(TimeSpan span, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, BatchConnections).Select(_ => Task.Run(
            async () =>
            {
                using var socket = await ConnectAsync(cancel);
                var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("""{"kind":"transfer",""" + Body()[1..] + "\n", LinesOfBatch)));
                var head = Encoding.ASCII.GetBytes(Head("/api/v1/screen", "application/x-ndjson", body.Length));
                byte[] request = [.. head, .. body];
                var line = body.Length / LinesOfBatch;
                var id = head.Length + Encoding.ASCII.GetString(body, 0, line).IndexOf("S0000000000", StringComparison.Ordinal) + 1;
                var (answer, sent) = (new byte[1 << 18], 0L);
                for (; time.GetElapsedTime(start) < span; sent += LinesOfBatch)
                {
                    for (var i = 0; i < LinesOfBatch; i++) Number(request.AsSpan(id + (i * line), request.Length - id - (i * line)));
                    await ExchangeAsync(socket, request, answer, cancel);
                }
                return sent;
            },
            cancel)));
        return counts.Sum() / time.GetElapsedTime(start).TotalSeconds;
    }

    private static string Body() =>
        $$"""{"id":"S0000000000","member":"{{Member}}","at":"2026-03-02T07:00:00Z","payer":"{{Member}}:0000000001","payee":"bank-b:0000000002","amount":"480.00","currency":"CNY","means":"account"}""";

    private string Head(string path, string type, int length) =>
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\n\r\n";

    private (byte[] Request, Memory<byte> FromId) One()
    {
        var body = Body();
        var head = Head("/api/v1/screen/transfer", "application/json", body.Length);
        var request = Encoding.ASCII.GetBytes(head + body);
        return (request, request.AsMemory(head.Length + body.IndexOf("S0000000000", StringComparison.Ordinal) + 1));
    }

    /// <summary>Gives a transfer the next id, and two accounts by it.</summary>
    private static void Number(Span<byte> fromId)
    {
        var number = Interlocked.Increment(ref next);
        number.TryFormat(fromId, out _, "D10", CultureInfo.InvariantCulture);
        var payer = fromId.IndexOf("payer"u8) + "payer\":\"bank-a:".Length;
        (number * 7919L % Accounts).TryFormat(fromId.Slice(payer, Digits), out _, "D10", CultureInfo.InvariantCulture);
        var payee = fromId.IndexOf("payee"u8) + "payee\":\"bank-b:".Length;
        (number * 104_729L % Accounts).TryFormat(fromId.Slice(payee, Digits), out _, "D10", CultureInfo.InvariantCulture);
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, cancel);
        return socket;
    }

    /// <summary>Sends a request and reads its answer whole: by its length, or to the last chunk.</summary>
    private static async Task<int> ExchangeAsync(Socket socket, byte[] request, byte[] answer, CancellationToken cancel)
    {
        for (var sent = 0; sent < request.Length;) sent += await socket.SendAsync(request.AsMemory(sent), cancel);
        for (var read = 0; ;)
        {
            var got = await socket.ReceiveAsync(answer.AsMemory(read), cancel);
            if (got == 0) throw new CommandFault("The server closed a connection.");
            read += got;
            if (IsWhole(answer.AsSpan(0, read))) return read;
            if (read == answer.Length) throw new CommandFault("An answer is longer than expected.");
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(HeadEnd);
        if (head < 0) return false;
        if (!answer.StartsWith("HTTP/1.1 200"u8)) throw new CommandFault(Encoding.ASCII.GetString(answer));
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0) return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(length + "Content-Length: ".Length)..head];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length - head - HeadEnd.Length >= int.Parse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
