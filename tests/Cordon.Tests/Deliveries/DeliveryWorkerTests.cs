using System.Text;
using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Audit;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Gateways.Events;
using Cordon.Tests.Audit;
using Cordon.Tests.Gateways.Events;
using Cordon.Tests.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using static Cordon.Tests.Deliveries.DeliveryRig;

namespace Cordon.Tests.Deliveries;

/// <summary>Orders on their way to a member's HTTPS server, which answers in every way there is.</summary>
public sealed class DeliveryWorkerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_order_is_announced_signed_with_its_digest_and_the_newest_checkpoint(Provider provider)
    {
        await using var rig = await OpenAsync(provider);
        await using var peer = await HttpsPeer.OpenAsync();
        Assert.True((await rig.RegisterAsync(peer.Url)).Succeeded);
        var order = await rig.IssueAsync();
        await rig.SealAsync();
        Assert.Equal(1, await rig.Worker.StepAsync(Cancel));

        var came = Assert.Single(peer.Got);
        var keys = (await rig.Keys.ListAsync()).ConvertAll(k => WebhookMessageTests.Public(k.Public));
        Assert.Equal(MessageFault.None, WebhookReceiver.Verify(came, keys, rig.Now));
        var body = Read(came);
        Assert.Equal("order.issued", body.GetProperty("type").GetString());
        Assert.Equal(order.IssuedAt!.Value.ToString(), body.GetProperty("timestamp").GetString());
        var data = body.GetProperty("data");
        Assert.Equal((order.Id, order.Number, order.Version), (data.GetProperty("order").GetGuid(), data.GetProperty("number").GetString(), data.GetProperty("version").GetInt32()));
        Assert.Equal(OrderDigest.Of(await rig.Centre.FindAsync(order.Id)), data.GetProperty("digest").GetString());
        // Nobody and nothing is named: detail is pulled.
        Assert.DoesNotContain("bank-b:", Encoding.UTF8.GetString(came.Body), StringComparison.Ordinal);
        Assert.DoesNotContain("100.00", Encoding.UTF8.GetString(came.Body), StringComparison.Ordinal);
        Assert.StartsWith(SealedLog.Origin, body.GetProperty("checkpoint").GetString(), StringComparison.Ordinal);
        using var auditKey = AuditKey.FromSeed(SealedLog.Origin, new byte[32]);
        Assert.Equal(CheckpointFault.None, Checkpoint.TryOpen(body.GetProperty("checkpoint").GetString()!, auditKey.Verifier, out _));

        var delivery = await rig.OneAsync();
        Assert.Equal((DeliveryState.Delivered, 1, 200, came.Id), (delivery.State, delivery.Attempts, delivery.LastStatus, delivery.MessageId));
        Assert.Equal(0, await rig.Worker.StepAsync(Cancel));
    }

    [Fact]
    public async Task What_fails_is_tried_again_under_the_same_id_until_it_is_received()
    {
        await using var rig = await OpenAsync();
        await using var peer = await HttpsPeer.OpenAsync();
        await rig.RegisterAsync(peer.Url);
        await rig.IssueAsync();
        peer.Answer = context =>
        {
            context.Response.StatusCode = peer.Got.Count < 4 ? 500 : 204;
            return Task.CompletedTask;
        };
        for (var attempt = 1; attempt < 4; attempt++)
        {
            Assert.Equal(1, await rig.Worker.StepAsync(Cancel));
            Assert.Equal(0, await rig.Worker.StepAsync(Cancel));
            var waits = await rig.OneAsync();
            Assert.Equal((DeliveryState.Pending, attempt, DeliveryFault.Failed, 500), (waits.State, waits.Attempts, waits.LastFault, waits.LastStatus));
            rig.Centre.Advance(waits.NextAttemptAt!.Value - rig.Now);
        }
        await rig.Worker.StepAsync(Cancel);
        var received = await rig.OneAsync();
        Assert.Equal((DeliveryState.Delivered, 4, 204, null), (received.State, received.Attempts, received.LastStatus, received.LastFault));
        Assert.Single(peer.Got.Select(g => g.Id).Distinct());
        Assert.Equal(4, peer.Got.Select(g => g.Timestamp).Distinct().Count());
    }

    [Fact]
    public async Task What_nobody_receives_dies_and_is_sent_again_by_hand()
    {
        await using var rig = await OpenAsync();
        await using var peer = await HttpsPeer.OpenAsync();
        await rig.RegisterAsync(peer.Url);
        await rig.IssueAsync();
        peer.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        for (var attempt = 1; attempt <= RetrySchedule.Pauses.Length + 1; attempt++)
        {
            await rig.Worker.StepAsync(Cancel);
            if ((await rig.OneAsync()).NextAttemptAt is { } next) rig.Centre.Advance(next - rig.Now);
        }
        var dead = await rig.OneAsync();
        Assert.Equal((DeliveryState.Dead, RetrySchedule.Pauses.Length + 1, DeliveryFault.Closed), (dead.State, dead.Attempts, dead.LastFault));
        Assert.Equal(rig.Now, dead.DiedAt);
        var stands = Assert.Single(await rig.Desk.StandingAsync(Admin));
        Assert.Equal((BankB, 0, 1, dead.QueuedAt, DeliveryFault.Closed), (stands.Member, stands.Waiting, stands.Dead, stands.Since, stands.Fault));
        rig.Centre.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await rig.Worker.StepAsync(Cancel));

        peer.Answer = _ => Task.CompletedTask;
        Assert.Equal(DeliveryState.Pending, (await rig.Desk.SendAgainAsync(Admin, dead.Id, Cancel)).Value.State);
        await rig.Worker.StepAsync(Cancel);
        Assert.Equal((DeliveryState.Delivered, dead.Attempts + 1), ((await rig.OneAsync()).State, (await rig.OneAsync()).Attempts));
        Assert.Single(peer.Got.Select(g => g.Id).Distinct());
        Assert.Equal("delivery/not-dead", (await rig.Desk.SendAgainAsync(Admin, dead.Id, Cancel)).Refusal!.Code);
        Assert.Null(Assert.Single(await rig.Desk.StandingAsync(Admin)).Since);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_used_no_more_until_it_is_told_again()
    {
        await using var rig = await OpenAsync();
        await using var peer = await HttpsPeer.OpenAsync();
        await rig.RegisterAsync(peer.Url);
        await rig.IssueAsync();
        peer.Answer = context =>
        {
            context.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        await rig.Worker.StepAsync(Cancel);
        Assert.Equal((DeliveryState.Dead, DeliveryFault.Gone), ((await rig.OneAsync()).State, (await rig.OneAsync()).LastFault));
        Assert.Equal(EndpointState.Disabled, (await rig.Desk.EndpointAsync(Admin, BankB))!.State);
        await rig.IssueAsync();
        Assert.Equal(0, await rig.Worker.StepAsync(Cancel));
        Assert.Equal("webhook/not-in-use", (await rig.Desk.SendAgainAsync(Admin, (await rig.OneAsync()).Id, Cancel)).Refusal!.Code);

        // Told again, what waits for an answer is announced: the order that came meanwhile, and the one that nobody received.
        peer.Answer = _ => Task.CompletedTask;
        await rig.RegisterAsync(peer.Url);
        Assert.Equal(2, await rig.Worker.StepAsync(Cancel));
        Assert.Equal(2, (await rig.AllAsync()).Where(d => d.State == DeliveryState.Delivered).Select(d => d.OrderId).Distinct().Count());
    }

    [Fact]
    public async Task A_member_that_never_answers_keeps_nobody_else_waiting()
    {
        await using var rig = await OpenAsync();
        await using var silent = await HttpsPeer.OpenAsync();
        await using var prompt = await HttpsPeer.OpenAsync("hooks.bank-a.test");
        var (never, came) = (new TaskCompletionSource(), new SemaphoreSlim(0));
        silent.Answer = _ =>
        {
            came.Release();
            return never.Task;
        };
        await rig.RegisterAsync(silent.Url);
        await rig.RegisterAsync(prompt.Url, BankA);
        for (var i = 0; i < 6; i++) await rig.IssueAsync();
        var mine = await rig.IssueAsync("bank-a");
        var step = rig.Worker.StepAsync(Cancel);
        for (var i = 0; i < DeliveryWorker.PerMember; i++) await came.WaitAsync(Cancel);
        await WrittenAsync(rig.Desk, async () => (await rig.Desk.ListAsync(Admin, new DeliveryFilter { Member = BankA })).Single().State == DeliveryState.Delivered);
        Assert.Equal(mine.Number, Read(Assert.Single(prompt.Got)).GetProperty("data").GetProperty("number").GetString());
        Assert.Equal(DeliveryWorker.PerMember, silent.Got.Count);
        Assert.False(step.IsCompleted);
        silent.Answer = _ => Task.CompletedTask;
        rig.Centre.Advance(WebhookSender.Takes);
        never.SetResult();
        await step;
        // Two that had waited were begun once there was room; the four that nobody answered wait for their next attempt.
        Assert.Equal(2, (await rig.Desk.ListAsync(Admin, new DeliveryFilter { Member = BankB, State = DeliveryState.Delivered })).Count);
        Assert.Equal(4, (await rig.Desk.ListAsync(Admin, new DeliveryFilter { Member = BankB, State = DeliveryState.Pending })).Count(d => d.LastFault == DeliveryFault.TimedOut));
    }

    [Fact]
    public async Task An_answer_that_was_not_written_down_is_asked_for_again_under_the_same_id()
    {
        await using var rig = await OpenAsync();
        await using var peer = await HttpsPeer.OpenAsync();
        await rig.RegisterAsync(peer.Url);
        await rig.IssueAsync();
        using var killed = new CancellationTokenSource();
        peer.Answer = _ => killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Worker.StepAsync(killed.Token));
        Assert.Equal((DeliveryState.Pending, 0), ((await rig.OneAsync()).State, (await rig.OneAsync()).Attempts));
        peer.Answer = _ => Task.CompletedTask;
        using var after = rig.NewWorker();
        Assert.Equal(1, await after.StepAsync(Cancel));
        Assert.Equal(DeliveryState.Delivered, (await rig.OneAsync()).State);
        Assert.Equal(2, peer.Got.Count);
        Assert.Single(peer.Got.Select(g => g.Id).Distinct());
    }

    [Fact]
    public async Task A_rotation_signs_by_both_keys_for_a_week_and_what_is_retired_signs_no_more()
    {
        await using var rig = await OpenAsync();
        await using var peer = await HttpsPeer.OpenAsync();
        await rig.RegisterAsync(peer.Url);
        async Task<Came> SendAsync()
        {
            Assert.True((await rig.Desk.TestAsync(Admin, BankB, Cancel)).Succeeded);
            await rig.Worker.StepAsync(Cancel);
            return peer.Got.Last();
        }
        bool Holds(Came came, SigningKey key) =>
            WebhookReceiver.Verify(came, [WebhookMessageTests.Public(key.Public)], rig.Now) == MessageFault.None;

        var before = await SendAsync();
        Assert.Equal("webhook.test", Read(before).GetProperty("type").GetString());
        var first = Assert.Single(await rig.Keys.ListAsync());
        Assert.True(Holds(before, first));
        rig.Centre.Advance(TimeSpan.FromDays(30));
        var second = (await rig.Keys.RotateAsync(Admin, Cancel)).Value;
        var during = await SendAsync();
        Assert.True(Holds(during, first) && Holds(during, second));
        rig.Centre.Advance(SigningKeys.Overlap);
        var after = await SendAsync();
        Assert.False(Holds(after, first));
        Assert.True(Holds(after, second));
        await rig.Keys.RetireAsync(Admin, second.Id, Cancel);
        // Neither what ran out nor what was retired is published any more: a member that takes the list believes neither.
        var third = Assert.Single(await rig.Keys.PublishedAsync());
        Assert.NotEqual(second.Id, third.Id);
        Assert.Equal(3, (await rig.Keys.ListAsync()).Count);
        var replaced = await SendAsync();
        Assert.False(Holds(replaced, second));
        Assert.True(Holds(replaced, third));
    }

    [Fact]
    public async Task A_database_without_its_key_folder_sends_nothing_and_a_new_key_mends_it()
    {
        await using var rig = await OpenAsync();
        await using var peer = await HttpsPeer.OpenAsync();
        await rig.RegisterAsync(peer.Url);
        await rig.Desk.TestAsync(Admin, BankB, Cancel);
        foreach (var key in await rig.Keys.OpenAsync(Cancel)) key.Dispose();
        var elsewhere = new SigningKeys(rig.Centre.Store, new EphemeralDataProtectionProvider());
        var log = new CountingLog();
        using var worker = rig.NewWorker(elsewhere, log: log);
        for (var i = 0; i < 3; i++) Assert.Equal(0, await worker.StepAsync(Cancel));
        Assert.Equal(1, log.Errors);
        Assert.Empty(peer.Got);
        Assert.Equal((DeliveryState.Pending, 0), ((await rig.OneAsync()).State, (await rig.OneAsync()).Attempts));
        // Whoever looks at who is reached sees it within a minute.
        Assert.Null(Assert.Single(await rig.Desk.StandingAsync(Admin)).Since);
        rig.Centre.Advance(TimeSpan.FromMinutes(1));
        var stands = Assert.Single(await rig.Desk.StandingAsync(Admin));
        Assert.Equal(((await rig.OneAsync()).QueuedAt, 1, null), (stands.Since!.Value, stands.Waiting, stands.Fault));
        Assert.True((await elsewhere.RotateAsync(Admin, Cancel)).Succeeded);
        Assert.Equal(1, await worker.StepAsync(Cancel));
        Assert.Single(peer.Got);
        Assert.Null(Assert.Single(await rig.Desk.StandingAsync(Admin)).Since);
    }

    [Fact]
    public async Task What_the_database_was_too_busy_to_write_down_is_not_made_again_before_the_next_look()
    {
        await using var rig = await OpenAsync();
        await using var peer = await HttpsPeer.OpenAsync();
        await rig.RegisterAsync(peer.Url);
        await rig.IssueAsync();
        var busy = new BusyIds();
        using var worker = rig.NewWorker(desk: new DeliveryDesk(new CaseworkStore(rig.Centre.Database.Open, rig.Centre.Database.Time, busy)));
        Assert.Equal(1, await worker.StepAsync(Cancel));
        Assert.Single(peer.Got);
        Assert.Equal((DeliveryState.Pending, 0), ((await rig.OneAsync()).State, (await rig.OneAsync()).Attempts));
        busy.Is = false;
        Assert.Equal(1, await worker.StepAsync(Cancel));
        Assert.Equal(DeliveryState.Delivered, (await rig.OneAsync()).State);
        Assert.Single(peer.Got.Select(g => g.Id).Distinct());
    }

    [Fact]
    public async Task What_the_old_url_answers_after_another_was_told_says_nothing_of_the_new_one()
    {
        await using var rig = await OpenAsync();
        await using var old = await HttpsPeer.OpenAsync();
        await using var moved = await HttpsPeer.OpenAsync();
        var (came, answers) = (new TaskCompletionSource(), new TaskCompletionSource());
        old.Answer = context =>
        {
            came.SetResult();
            context.Response.StatusCode = 410;
            return answers.Task;
        };
        await rig.RegisterAsync(old.Url);
        await rig.IssueAsync();
        var step = rig.Worker.StepAsync(Cancel);
        await came.Task.WaitAsync(Cancel);
        await rig.RegisterAsync(moved.Url);
        answers.SetResult();
        await step;
        Assert.Equal((EndpointState.Active, moved.Url.OriginalString), ((await rig.Desk.EndpointAsync(Admin, BankB))!.State, (await rig.Desk.EndpointAsync(Admin, BankB))!.Url));
        Assert.Equal((DeliveryState.Delivered, 2), ((await rig.OneAsync()).State, (await rig.OneAsync()).Attempts));
        Assert.Equal(Assert.Single(old.Got).Id, Assert.Single(moved.Got).Id);
    }

    [Fact]
    public async Task The_digest_is_that_of_the_answer_to_get_and_of_no_other()
    {
        await using var rig = await OpenAsync();
        var order = await rig.IssueAsync();
        // As Python's json and hashlib give it for a document with the same members: names sorted, nothing escaped that need not be.
        using var document = JsonDocument.Parse("""{"b":[1,true,{"z":"\u6b62\u4ed8","a":"\"\\\n\u0001/"}],"digest":"x","a":"é"}""");
        Assert.Equal("5467e7e8df1a41663017a5ebef61474fc8564f083183a6a54a084bea2f97bf12", OrderDigest.Of(document.RootElement));
        var told = OrderDigest.Of(order);
        Assert.Equal(told, OrderDigest.Of(await rig.Centre.FindAsync(order.Id)));
        await rig.Centre.Orders.ActAsync(Orders.OrderCentre.Clerk(BankB), order.Id, new AcknowledgeOrder(), Cancel);
        Assert.NotEqual(told, OrderDigest.Of(await rig.Centre.FindAsync(order.Id)));
    }
    private sealed class CountingLog : ILogger<DeliveryWorker>
    {
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Errors += logLevel == LogLevel.Error ? 1 : 0;
    }

    /// <summary>Ids of a store that loses every race: an event cannot be written.</summary>
    private sealed class BusyIds : IIdSource
    {
        private readonly RandomIds ids = new();

        public bool Is { get; set; } = true;

        public Guid NewId(Instant now) => ids.NewId(now);

        public void Fill(Span<byte> salt)
        {
            if (Is) throw new DbUpdateConcurrencyException();
            ids.Fill(salt);
        }
    }
}
