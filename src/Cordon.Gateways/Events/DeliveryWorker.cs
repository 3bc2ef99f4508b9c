using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Cordon.Casework;
using Cordon.Casework.Audit;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Registers;
using Cordon.Casework.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Gateways.Events;

/// <summary>
/// Sends what is due, a few messages to each member at once: one that does not answer keeps nobody else waiting. An attempt is written down when it
/// ended; whoever is killed before that makes it again, and the receiver knows the message by its id.
/// </summary>
/// <param name="desk">The deliveries.</param>
/// <param name="keys">The keys that sign.</param>
/// <param name="audit">The log whose newest checkpoint goes with each message.</param>
/// <param name="sender">Posts.</param>
/// <param name="store">Tells when something was queued.</param>
/// <param name="start">When to begin.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where faults are told.</param>
public sealed class DeliveryWorker(
    DeliveryDesk desk, SigningKeys keys, AuditLog audit, WebhookSender sender, CaseworkStore store, StartSignal start, TimeProvider time, ILogger<DeliveryWorker> log)
    : BackgroundService
{
    /// <summary>How many messages are on their way to one member at once.</summary>
    public const int PerMember = 4;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly SemaphoreSlim pen = new(1, 1);
    private readonly ConcurrentDictionary<Guid, (Delivery Delivery, Task<bool> Attempt)> underWay = new();
    private bool shut;
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Begins an attempt of all that is due now and waits until those that run have ended.</summary>
    /// <returns>How many attempts were begun.</returns>
    internal async Task<int> StepAsync(CancellationToken cancel)
    {
        var all = 0;
        while (true)
        {
            var begun = await BeginAsync(cancel);
            var running = underWay.Values.Select(u => u.Attempt).ToList();
            all += begun;
            // What could not be written down is due still, and would be begun again at once.
            if (running.Count == 0 || !(await Task.WhenAll(running)).Any(written => written)) return all;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.Announced += Wake;
        await start.Given.WaitAsync(stoppingToken);
        await PublishAsync(stoppingToken);
        var ticking = TickAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BeginAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "What is due at members was not looked up; the next second tries again.");
            }
            await wake.Reader.ReadAsync(stoppingToken);
        }
        await ticking;
    }

    // The first key is there before the first message: a member fetches it when it sets its endpoint up.
    private async Task PublishAsync(CancellationToken cancel)
    {
        try
        {
            if (await OpenAsync(cancel) is { } open) await CloseAsync(open, []);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The first key that signs webhooks was not made; the first message makes it.");
        }
    }

    // Told once: nothing mends it but an administrator, and the page of deliveries says meanwhile who is not reached.
    private async Task<ImmutableArray<WebhookSecret>?> OpenAsync(CancellationToken cancel)
    {
        try
        {
            var open = await keys.OpenAsync(cancel);
            shut = false;
            return open;
        }
        catch (CryptographicException fault)
        {
            if (!shut) log.LogError(fault, "Nothing is sent to members: {Reason}", fault.Message);
            shut = true;
            return null;
        }
    }

    private static async Task CloseAsync(ImmutableArray<WebhookSecret> open, IReadOnlyCollection<Task> signing)
    {
        await Task.WhenAll(signing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var key in open) key.Dispose();
    }

    private async Task TickAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(cancel)) Wake();
    }

    private void Wake() => wake.Writer.TryWrite(true);

    private async Task<int> BeginAsync(CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            var due = await desk.DueAsync(PerMember, [.. underWay.Values.Select(u => u.Delivery)]);
            if (due.Count == 0 || await OpenAsync(cancel) is not { } open) return 0;
            var begun = new List<Task>();
            foreach (var next in due)
            {
                // It begins once it stands among those under way, for it takes itself off when it ends.
                var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var attempt = AttemptAsync(next, open, go.Task, cancel);
                underWay[next.Delivery.Id] = (next.Delivery, attempt);
                begun.Add(attempt);
                go.SetResult();
            }
            _ = CloseAsync(open, begun);
            return due.Count;
        }
        finally
        {
            one.Release();
        }
    }

    // One after the other: at once they lose the database's races to each other, and what was not written down is sent twice.
    private async Task<Outcome<Delivery>> WriteAsync(DueDelivery due, WebhookAnswer answer, TimeSpan? pause, CancellationToken cancel)
    {
        await pen.WaitAsync(cancel);
        try
        {
            return await desk.AttemptedAsync(due.Delivery.Id, due.Url, answer.Fault, answer.Status, pause is { } wait ? store.Now + wait : null, cancel);
        }
        finally
        {
            pen.Release();
        }
    }

    private async Task<bool> AttemptAsync(DueDelivery due, ImmutableArray<WebhookSecret> open, Task go, CancellationToken cancel)
    {
        await go;
        var written = false;
        try
        {
            var message = new WebhookMessage(due.Delivery.MessageId, store.Now, WebhookBody.Write(due.Delivery, await audit.LatestAsync(cancel)));
            var answer = await sender.SendAsync(due.Url, message, open, cancel);
            var next = answer.Fault is { } fault ? RetrySchedule.After(due.Delivery.Failures + 1, due.Delivery.Id, fault, answer.Asked) : null;
            var outcome = await WriteAsync(due, answer, next, cancel);
            // What the database was too busy for is due still; the next second makes it again, and no sooner.
            written = outcome.Succeeded;
            if (!written) log.LogWarning("An attempt to reach {Member} was not written down ({Refusal}); it is made again.", due.Delivery.Member, outcome.Refusal!.Code);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "An attempt to reach {Member} was not written down; it is made again.", due.Delivery.Member);
        }
        finally
        {
            underWay.TryRemove(due.Delivery.Id, out _);
            if (written) Wake();
        }
        return written;
    }
}

/// <summary>
/// The body of a message: what happened to which order in which version, and the newest checkpoint of the audit log. Detail is pulled by the member,
/// which signs in for that: a message that went astray tells nothing of anybody.
/// </summary>
internal static class WebhookBody
{
    public static byte[] Write(Delivery delivery, string? checkpoint) => JsonSerializer.SerializeToUtf8Bytes(
        new Form(delivery.Type, delivery.QueuedAt.ToString(), new Data(delivery.OrderId, delivery.OrderNumber, delivery.OrderId is null ? null : delivery.OrderVersion, delivery.Digest), checkpoint), CaseworkJson.Options);

    private sealed record Form(string Type, string Timestamp, Data Data, string? Checkpoint);

    private sealed record Data(Guid? Order, string? Number, int? Version, string? Digest);
}
