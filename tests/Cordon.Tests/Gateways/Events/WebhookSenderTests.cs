using System.Net;
using System.Net.Sockets;
using Cordon.Casework.Deliveries;
using Cordon.Engine.Signals;
using Cordon.Gateways.Events;
using Microsoft.Extensions.Time.Testing;

namespace Cordon.Tests.Gateways.Events;

/// <summary>Attempts against a real HTTPS server that answers in every way there is.</summary>
public sealed class WebhookSenderTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly WebhookSecret key = WebhookMessageTests.Secret("whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_arrives_as_it_was_signed()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        Assert.Equal(new WebhookAnswer(null, 200, null), await SendAsync(peer.Url));
        var came = Assert.Single(peer.Got);
        Assert.Equal(("/cordon", "msg_7", "{}"), (came.Path, came.Id, System.Text.Encoding.UTF8.GetString(came.Body)));
        Assert.Equal(MessageFault.None, WebhookReceiver.Verify(came, [key.Public], Instant.From(time.GetUtcNow())));
    }

    [Theory]
    [InlineData(202, null)]
    [InlineData(204, null)]
    [InlineData(301, DeliveryFault.Redirected)]
    [InlineData(307, DeliveryFault.Redirected)]
    [InlineData(304, DeliveryFault.Redirected)]
    [InlineData(400, DeliveryFault.Refused)]
    [InlineData(404, DeliveryFault.Refused)]
    [InlineData(410, DeliveryFault.Gone)]
    [InlineData(429, DeliveryFault.Busy)]
    [InlineData(500, DeliveryFault.Failed)]
    [InlineData(503, DeliveryFault.Busy)]
    public async Task Every_status_has_its_meaning_and_no_redirect_is_followed(int status, DeliveryFault? expected)
    {
        await using var peer = await HttpsPeer.OpenAsync();
        peer.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = new Uri(peer.Url, "/elsewhere").ToString();
            return Task.CompletedTask;
        };
        Assert.Equal(new WebhookAnswer(expected, status, null), await SendAsync(peer.Url));
        Assert.Equal("/cordon", Assert.Single(peer.Got).Path);
    }

    [Theory]
    [InlineData(503, "120", 120)]
    [InlineData(429, "Mon, 02 Mar 2026 08:05:00 GMT", 300)]
    [InlineData(429, "Mon, 02 Mar 2026 07:00:00 GMT", null)]
    [InlineData(503, "soon", null)]
    [InlineData(500, "120", null)]
    public async Task How_long_an_endpoint_asks_to_be_left_alone_is_read(int status, string header, int? seconds)
    {
        await using var peer = await HttpsPeer.OpenAsync();
        peer.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        };
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : (TimeSpan?)null, (await SendAsync(peer.Url)).Asked);
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_is_left()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        var (came, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        peer.Answer = _ =>
        {
            came.SetResult();
            return never.Task;
        };
        using var sender = new WebhookSender(HttpsPeer.Options, time, HttpsPeer.ResolveAsync);
        var attempt = sender.SendAsync(peer.Url, Message, [key], Cancel);
        await came.Task.WaitAsync(Cancel);
        time.Advance(WebhookSender.Takes);
        Assert.Equal(new WebhookAnswer(DeliveryFault.TimedOut, null, null), await attempt);
        never.SetResult();
    }

    [Fact]
    public async Task Who_closes_instead_of_answering_is_tried_again()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        peer.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.Equal(DeliveryFault.Closed, (await SendAsync(peer.Url)).Fault);
    }

    [Fact]
    public async Task A_body_without_end_is_not_read()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        var ended = new TaskCompletionSource();
        peer.Answer = async context =>
        {
            var part = new byte[64 * 1024];
            try
            {
                while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(part, context.RequestAborted);
            }
            finally
            {
                ended.SetResult();
            }
        };
        Assert.Equal(new WebhookAnswer(null, 200, null), await SendAsync(peer.Url));
        await ended.Task.WaitAsync(Cancel);
    }

    [Fact]
    public async Task A_head_larger_than_is_read_is_no_answer()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        peer.Answer = context =>
        {
            context.Response.Headers["x-much"] = new string('a', 20_000);
            return Task.CompletedTask;
        };
        Assert.Equal(DeliveryFault.BadAnswer, (await SendAsync(peer.Url)).Fault);
    }

    [Fact]
    public async Task A_private_address_that_nobody_listed_is_not_called()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        var options = HttpsPeer.Options with { Networks = [IPNetwork.Parse("10.0.0.0/8")] };
        Assert.Equal(DeliveryFault.AddressRefused, (await SendAsync(peer.Url, options)).Fault);
        Assert.Equal(DeliveryFault.AddressRefused, (await SendAsync(new UriBuilder(peer.Url) { Host = "127.0.0.1" }.Uri, options)).Fault);
        Assert.Equal(DeliveryFault.AddressRefused, (await SendAsync(peer.Url, resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("10.0.0.1")]))).Fault);
        Assert.Empty(peer.Got);
    }

    [Fact]
    public async Task The_address_that_was_judged_is_the_one_that_is_called()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        var asked = 0;
        // A name server that answers well once and badly ever after.
        Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) =>
            Task.FromResult<IPAddress[]>([Interlocked.Increment(ref asked) == 1 ? IPAddress.Loopback : IPAddress.Parse("169.254.169.254")]);
        using var sender = new WebhookSender(HttpsPeer.Options, time, ResolveAsync);
        Assert.Null((await sender.SendAsync(peer.Url, Message, [key], Cancel)).Fault);
        Assert.Equal(1, asked);
        peer.Answer = context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        };
        Assert.Null((await sender.SendAsync(peer.Url, Message, [key], Cancel)).Fault);
        Assert.Equal(DeliveryFault.AddressRefused, (await sender.SendAsync(peer.Url, Message, [key], Cancel)).Fault);
        Assert.Equal(2, peer.Got.Count);
    }

    [Fact]
    public async Task A_certificate_of_nobody_known_or_of_another_host_is_refused()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        Assert.Equal(DeliveryFault.CertificateRefused, (await SendAsync(peer.Url, HttpsPeer.Options with { Roots = [] })).Fault);
        Assert.Equal(DeliveryFault.CertificateRefused, (await SendAsync(new UriBuilder(peer.Url) { Host = "hooks.bank-c.test" }.Uri)).Fault);
        Assert.Empty(peer.Got);
    }

    [Fact]
    public async Task A_certificate_makes_nobody_call_the_addresses_that_it_names()
    {
        using var issuers = new TcpListener(IPAddress.Loopback, 0);
        issuers.Start();
        await using var peer = await HttpsPeer.OpenAsync(issuers: new Uri($"http://127.0.0.1:{((IPEndPoint)issuers.LocalEndpoint).Port}/authority.cer"));
        Assert.Equal(DeliveryFault.CertificateRefused, (await SendAsync(peer.Url, HttpsPeer.Options with { Roots = [] })).Fault);
        Assert.False(issuers.Pending());
        // And its own authority, which lies here, vouches for it all the same.
        Assert.Null((await SendAsync(peer.Url)).Fault);
        Assert.False(issuers.Pending());
    }

    [Fact]
    public async Task A_member_that_never_answers_keeps_no_other_on_the_same_host_waiting()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        var (came, never) = (new SemaphoreSlim(0), new TaskCompletionSource());
        peer.Answer = context =>
        {
            if (context.Request.Path != "/silent") return Task.CompletedTask;
            came.Release();
            return never.Task;
        };
        using var sender = new WebhookSender(HttpsPeer.Options, time, HttpsPeer.ResolveAsync);
        var silent = Enumerable.Range(0, DeliveryWorker.PerMember).Select(_ => sender.SendAsync(new Uri(peer.Url, "/silent"), Message, [key], Cancel)).ToList();
        foreach (var _ in silent) Assert.True(await came.WaitAsync(TimeSpan.FromMinutes(1), Cancel));
        Assert.Null((await sender.SendAsync(new Uri(peer.Url, "/prompt"), Message, [key], Cancel).WaitAsync(TimeSpan.FromMinutes(1), Cancel)).Fault);
        never.SetResult();
        await Task.WhenAll(silent);
    }

    [Fact]
    public async Task An_address_that_does_not_answer_leaves_the_others_their_part_of_the_time()
    {
        await using var peer = await HttpsPeer.OpenAsync();
        // A server that accepts nobody: once its queue is full the kernel leaves whoever knocks without an answer.
        var (full, port) = (IPAddress.Parse("127.0.0.2"), peer.Url.Port);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(full, port));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(full, port, Cancel);
        var clock = new KnockClock(TimeSpan.FromSeconds(2.5));
        using var sender = new WebhookSender(HttpsPeer.Options, clock, (_, _) => Task.FromResult<IPAddress[]>([full, IPAddress.Loopback]));
        var attempt = sender.SendAsync(peer.Url, Message, [key], Cancel);
        await clock.Knocked.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        clock.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Null((await attempt.WaitAsync(TimeSpan.FromMinutes(1), Cancel)).Fault);
        Assert.Single(peer.Got);

        var none = new KnockClock(TimeSpan.FromSeconds(5));
        using var other = new WebhookSender(HttpsPeer.Options, none, (_, _) => Task.FromResult<IPAddress[]>([full]));
        var lost = other.SendAsync(peer.Url, Message, [key], Cancel);
        await none.Knocked.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        none.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(DeliveryFault.TimedOut, (await lost.WaitAsync(TimeSpan.FromMinutes(1), Cancel)).Fault);
    }

    /// <summary>A clock that tells when somebody waits for so long.</summary>
    private sealed class KnockClock(TimeSpan part) : FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero))
    {
        private readonly TaskCompletionSource knocked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Knocked => knocked.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == part) knocked.TrySetResult();
            return timer;
        }
    }

    [Fact]
    public async Task Nobody_there_and_no_such_name_are_told_apart()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Assert.Equal(DeliveryFault.NotReached, (await SendAsync(new UriBuilder("https", HttpsPeer.Host, port).Uri)).Fault);
        Assert.Equal(DeliveryFault.NotResolved, (await SendAsync(new Uri("https://no.such.test/"), resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound))).Fault);
        Assert.Equal(DeliveryFault.NotResolved, (await SendAsync(new Uri("https://no.such.test/"), resolve: (_, _) => Task.FromResult<IPAddress[]>([]))).Fault);
    }

    [Theory]
    [InlineData("http://hooks.bank-b.test/")]
    [InlineData("ftp://hooks.bank-b.test/")]
    [InlineData("https://user:secret@hooks.bank-b.test/")]
    [InlineData("https://hooks.bank-b.test/#part")]
    [InlineData("https://hooks.bank-b.test/a b")]
    [InlineData("hooks.bank-b.test")]
    [InlineData("")]
    public void What_is_no_https_url_to_post_to_is_none(string url) => Assert.Null(WebhookUrl.Read(url));

    private WebhookMessage Message => new("msg_7", Instant.From(time.GetUtcNow()), "{}"u8.ToArray());

    private async Task<WebhookAnswer> SendAsync(Uri url, WebhookOptions? options = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        using var sender = new WebhookSender(options ?? HttpsPeer.Options, time, resolve ?? HttpsPeer.ResolveAsync);
        return await sender.SendAsync(url, Message, [key], Cancel);
    }
}
