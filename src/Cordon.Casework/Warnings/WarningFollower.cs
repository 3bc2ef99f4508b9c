using System.Threading.Channels;
using Cordon.Casework.Cases;
using Cordon.Casework.Registers;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Warnings;

/// <summary>
/// From verdicts to warnings: who is in danger by what screening just saw is proposed to be warned, in the transaction that moves the cursor,
/// and what needs no person is sent at once.
/// </summary>
/// <param name="engine">The engine, whose alerts are followed.</param>
/// <param name="store">The database.</param>
/// <param name="desk">The desk of warnings.</param>
/// <param name="send">Hands messages to whatever delivers them.</param>
public sealed class WarningFollower(JournaledEngine engine, CaseworkStore store, WarningDesk desk, SendWarning send)
{
    private const int BatchAlerts = 1_000;
    private const int CursorId = 2;
    private static readonly Actor Self = Actor.System("warnings");

    private long? followed;
    private bool unsent = true;

    /// <summary>Takes the alerts after the cursor, then sends what is to be sent.</summary>
    /// <returns>How many warnings were proposed.</returns>
    public async Task<int> StepAsync(CancellationToken cancel = default)
    {
        var proposed = 0;
        if (desk.Plan.Groups.IsEmpty) return proposed;
        followed ??= await store.ReadAsync(db => db.Set<JournalCursorRow>().Where(c => c.Id == CursorId).Select(c => c.Sequence).SingleOrDefaultAsync(cancel));
        // Most records alert nobody: for them nothing is written.
        for (var more = engine.Read(e => e.AlertsAfter(followed.Value, 1)).Count > 0; more;)
        {
            var outcome = await store.ChangeAsync<(List<Guid> Proposed, bool More, long Upto)>(Self, change => TakeAsync(change, cancel), cancel);
            if (!outcome.Succeeded) break;
            (proposed, more, followed) = (proposed + outcome.Value.Proposed.Count, outcome.Value.More, outcome.Value.Upto);
            desk.Tell(outcome.Value.Proposed);
        }
        // What was proposed before a start, or could not be delivered, is looked for until nothing is left.
        unsent |= proposed > 0;
        if (unsent) unsent = await SendAsync(cancel);
        return proposed;
    }

    private async Task<Outcome<(List<Guid> Proposed, bool More, long Upto)>> TakeAsync(Change change, CancellationToken cancel)
    {
        var cursor = await change.Db.Set<JournalCursorRow>().FindAsync([CursorId], cancel);
        if (cursor is null) change.Db.Add(cursor = new JournalCursorRow { Id = CursorId, Sequence = 0 });
        var alerts = engine.Read(e => e.AlertsAfter(cursor.Sequence, BatchAlerts));
        var proposed = new List<Guid>();
        foreach (var alert in alerts)
            if (alert.Signal is { } signal && change.Now - signal.At <= desk.Plan.LatestAfter && await ProposeAsync(change, alert.Sequence, signal, alert.Verdict, cancel) is { } warning)
                proposed.Add(warning);
        if (alerts.Count > 0) cursor.Sequence = alerts[^1].Sequence;
        return (proposed, alerts.Count == BatchAlerts, cursor.Sequence);
    }

    private async Task<Guid?> ProposeAsync(Change change, long sequence, Signal signal, Verdict verdict, CancellationToken cancel)
    {
        var codes = verdict.Reasons.Select(r => r.ReasonCode).ToList();
        if (desk.Plan.Find(codes) is not { } group) return null;
        if (WarningRules.InDanger(signal, verdict, account => engine.Read(e => e.Known.Accounts.Find(account)?.Line)) is not { } line) return null;
        if (engine.Read(e => e.Known.Lists.Has(ListName.NeverBlockNumbers, line, change.Now))) return null;
        var since = change.Now - TimeSpan.FromHours(24);
        // What this change proposed is not in the database yet: the one line may be seen twice in a batch.
        var recent = change.Db.Set<Warning>().Local.Where(w => w.Line == line && w.ProposedAt > since)
            .Union(await change.Db.Set<Warning>().Where(w => w.Line == line && w.ProposedAt > since).ToListAsync(cancel)).OrderByDescending(w => w.ProposedAt).ThenByDescending(w => w.Number, StringComparer.Ordinal).ToList();
        var same = recent.Find(w => w.Group == group.Id) ?? (recent.Count >= desk.Plan.PerLineAndDay ? recent[0] : null);
        if (same is not null)
        {
            change.Record(same, new WarningSeenAgain(change.Now, 1));
            return null;
        }
        var year = change.Now.ToDateTimeOffset().Year;
        var id = change.NewId();
        change.Begin(new Warning(), new WarningProposed(
            change.Now, id, $"W-{year}-{await change.NextNumberAsync($"warning-{year}"):D6}", line, group.Id,
            string.Join(',', codes.Where(c => group.Reasons.Contains(c))), sequence, signal.At, signal.At + group.Within,
            signal is Transfer { Payer: { } payer } && payer.Member == signal.Member ? payer.Member : null));
        return id;
    }

    // Sent first and written down after: killed between, the message goes once more, and its id tells who delivers that it is a repeat.
    // True where something is left to send.
    private async Task<bool> SendAsync(CancellationToken cancel)
    {
        var automatic = desk.Plan.Groups.Where(g => g.First is WarningChannel.Sms or WarningChannel.App).Select(g => g.Id).ToList();
        if (automatic.Count == 0) return false;
        var waiting = await store.ReadAsync(db => db.Set<Warning>().Where(w => w.State == WarningState.Proposed && automatic.Contains(w.Group)).OrderBy(w => w.Number).Take(BatchAlerts).ToListAsync(cancel));
        var left = waiting.Count == BatchAlerts;
        foreach (var warning in waiting)
        {
            var group = desk.Plan.Group(warning.Group)!;
            await send(new OutgoingWarning(warning.Id, warning.Number, group.First, warning.Line, group.Text.Zh, group.Text.En, store.Now), cancel);
            left |= !(await desk.ActAsync(Self, warning.Id, new TellAttempt(group.First, AttemptOutcome.Sent), cancel)).Succeeded;
        }
        return left;
    }
}

/// <summary>Follows verdicts as they come, reports as they join cases, and the clocks of warnings every half minute.</summary>
internal sealed class WarningWatch(WarningFollower follower, WarningDesk desk, JournalFollower journal, CaseDesk cases, StartSignal start, TimeProvider time, ILogger<WarningWatch> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, bool> reported = new();
    private volatile bool ticked = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        journal.Advanced += Wake;
        cases.Changed += Reported;
        await start.Given.WaitAsync(stoppingToken);
        await using var timer = time.CreateTimer(_ => Ticked(), null, Tick, Tick);
        while (true)
        {
            try
            {
                await follower.StepAsync(stoppingToken);
                foreach (var id in reported.Keys)
                {
                    reported.TryRemove(id, out _);
                    await desk.FollowReportsAsync(id, stoppingToken);
                }
                if (ticked)
                {
                    ticked = false;
                    await desk.CheckAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Nobody was warned; the next half minute tries again.");
            }
            await wake.Reader.ReadAsync(stoppingToken);
        }
    }

    public override void Dispose()
    {
        journal.Advanced -= Wake;
        cases.Changed -= Reported;
        base.Dispose();
    }

    private void Wake(bool money) => wake.Writer.TryWrite(true);

    private void Ticked()
    {
        ticked = true;
        Wake(false);
    }

    private void Reported(Guid id)
    {
        reported[id] = true;
        Wake(false);
    }
}
