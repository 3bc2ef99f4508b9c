using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Registers;

/// <summary>
/// Follows the journal: tallies and alerts are written in the transaction that moves the cursor, so a crash
/// between any two steps neither loses nor doubles them.
/// </summary>
/// <param name="engine">The engine and its journal.</param>
/// <param name="store">The database.</param>
public sealed class JournalFollower(JournaledEngine engine, CaseworkStore store)
{
    private const int BatchRecords = 10_000;
    private const int CursorId = 1;
    private const long MicrosPerDay = 86_400_000_000;
    private static readonly Actor Self = Actor.System("follower");

    /// <summary>Raised after casework has caught up by at least one record; true where a transfer, a correction or an opening was among them.</summary>
    public event Action<bool>? Advanced;

    /// <summary>Takes one batch of records after the cursor.</summary>
    /// <returns>How many records were taken; 0 where casework is up to date.</returns>
    public async Task<int> StepAsync(CancellationToken cancel = default)
    {
        var (taken, money) = (0, false);
        var outcome = await store.ChangeAsync<bool>(Self, async change =>
        {
            var cursor = await change.Db.Set<JournalCursorRow>().FindAsync([CursorId], cancel);
            if (cursor is null) change.Db.Add(cursor = new JournalCursorRow { Id = CursorId, Sequence = 0 });
            var batch = engine.ReadFrom(cursor.Sequence, BatchRecords);
            (taken, money) = (batch.Count, batch.Any(r => r.Record is SignalAccepted { Signal: Transfer or AccountOpening or TransferCorrection }));
            if (taken == 0) return true;
            var last = batch[^1].Sequence;
            var alerts = engine.Read(e => e.AlertsAfter(cursor.Sequence, BatchRecords)).Where(a => a.Sequence <= last).ToDictionary(a => a.Sequence, a => a.Verdict);
            WriteAlerts(change.Db, batch, alerts);
            await TallyAsync(change.Db, batch, alerts, cancel);
            cursor.Sequence = last;
            return true;
        }, cancel);
        if (!outcome.Succeeded) return 0;
        if (taken > 0) Advanced?.Invoke(money);
        return taken;
    }

    /// <summary>How far casework has followed.</summary>
    public Task<long> CursorAsync() =>
        store.ReadAsync(db => db.Set<JournalCursorRow>().Where(c => c.Id == CursorId).Select(c => c.Sequence).SingleOrDefaultAsync());

    private static void WriteAlerts(CaseworkContext db, IReadOnlyList<(long Sequence, EngineRecord Record)> batch, Dictionary<long, Verdict> alerts)
    {
        foreach (var (sequence, record) in batch)
        {
            if (record is not SignalAccepted { Signal: var signal } || !alerts.TryGetValue(sequence, out var verdict)) continue;
            var alert = new Alert
            {
                Sequence = sequence,
                Kind = signal.Kind,
                Member = signal.Member,
                At = signal.At,
                Action = verdict.Action,
                Reasons = string.Join(',', verdict.Reasons.OrderByDescending(r => r.Action).Select(r => r.ReasonCode)),
                Rulebook = verdict.Rulebook,
                SignalId = signal.Id,
                HoldUntil = verdict.HoldUntil,
                Explanation = ExplainedRule.Write(signal, verdict, Audience.Centre),
                MemberExplanation = ExplainedRule.Write(signal, verdict, Audience.Member),
            };
            db.Add(alert);
            foreach (var text in SignalMarks.Of(signal).Concat(verdict.Reasons.Select(r => AlertMark.ReasonPrefix + r.ReasonCode)).Distinct(StringComparer.Ordinal))
                db.Add(new AlertMark { Text = text, Sequence = sequence });
        }
    }

    private static async Task TallyAsync(CaseworkContext db, IReadOnlyList<(long Sequence, EngineRecord Record)> batch, Dictionary<long, Verdict> alerts, CancellationToken cancel)
    {
        var groups = batch.Where(r => r.Record is SignalAccepted)
            .GroupBy(r => ((SignalAccepted)r.Record).Signal is var s ? (Day: (int)Math.Floor(s.At.Micros / (double)MicrosPerDay), s.Kind, s.Member) : default);
        foreach (var group in groups)
        {
            var tally = await db.Set<SignalTally>().FindAsync([group.Key.Day, group.Key.Kind, group.Key.Member], cancel);
            if (tally is null)
                db.Add(tally = new SignalTally { Day = group.Key.Day, Kind = group.Key.Kind, Member = group.Key.Member, Count = 0, Alerts = 0 });
            tally.Count += group.Count();
            tally.Alerts += group.Count(r => alerts.ContainsKey(r.Sequence));
        }
    }
}

/// <summary>Sends what casework owes the engine, in order; a command that was sent before a crash could mark it acts once all the same.</summary>
/// <param name="engine">The engine.</param>
/// <param name="store">The database.</param>
public sealed class Outbox(JournaledEngine engine, CaseworkStore store)
{
    private const int BatchCommands = 500;

    /// <summary>Sends one batch.</summary>
    /// <returns>How many commands were sent.</returns>
    public async Task<int> StepAsync(CancellationToken cancel = default)
    {
        var owed = await store.ReadAsync(db => db.Set<OutboxRow>().Where(o => o.SentAt == null).OrderBy(o => o.Position).Take(BatchCommands).ToListAsync(cancel));
        if (owed.Count == 0) return 0;
        var commands = owed.ConvertAll(o => EngineCommandText.Read(o.Command));
        var receipt = await engine.SubmitAsync(commands, cancel);
        // A command that the engine cannot take must not pass for sent: it stays owed, and the log says so until it is mended.
        if (receipt.Faults + receipt.Conflicts > 0)
            throw new InvalidOperationException($"The engine refuses commands of casework: {receipt.Faults} faults, {receipt.Conflicts} conflicts.");
        var sent = owed.ConvertAll(o => o.Position);
        await store.ChangeAsync<int>(Actor.System("outbox"), async change =>
        {
            var now = change.Now;
            return await change.Db.Set<OutboxRow>().Where(o => sent.Contains(o.Position)).ExecuteUpdateAsync(o => o.SetProperty(r => r.SentAt, now), cancel);
        }, cancel);
        return owed.Count;
    }
}
