using System.Collections.Immutable;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Leads;

/// <summary>
/// From verdicts to proposed leads: what screening saw of a kind that the file names is put to the duty officers, in the transaction that moves the
/// cursor. Nothing is sent by itself.
/// </summary>
/// <param name="engine">The engine, whose alerts are followed.</param>
/// <param name="store">The database.</param>
/// <param name="desk">The desk of leads.</param>
public sealed class LeadProposer(JournaledEngine engine, CaseworkStore store, LeadDesk desk)
{
    private const int BatchAlerts = 1_000;
    private const int CursorId = 3;
    private static readonly Actor Self = Actor.System("leads");

    private long? followed;

    /// <summary>Takes the alerts after the cursor.</summary>
    /// <returns>How many leads were proposed.</returns>
    public async Task<int> StepAsync(CancellationToken cancel = default)
    {
        var proposed = 0;
        if (desk.Plan.Kinds.All(k => k.ProposedBy.IsEmpty)) return proposed;
        followed ??= await store.ReadAsync(db => db.Set<JournalCursorRow>().Where(c => c.Id == CursorId).Select(c => c.Sequence).SingleOrDefaultAsync(cancel));
        // Most records alert nobody: for them nothing is written.
        for (var more = engine.Read(e => e.AlertsAfter(followed.Value, 1)).Count > 0; more;)
        {
            var outcome = await store.ChangeAsync<(List<Guid> Proposed, bool More, long Upto)>(Self, change => TakeAsync(change, cancel), cancel);
            if (!outcome.Succeeded) break;
            (more, followed, proposed) = (outcome.Value.More, outcome.Value.Upto, proposed + outcome.Value.Proposed.Count);
            foreach (var id in outcome.Value.Proposed) desk.Tell(id);
        }
        return proposed;
    }

    private async Task<Outcome<(List<Guid> Proposed, bool More, long Upto)>> TakeAsync(Change change, CancellationToken cancel)
    {
        var cursor = await change.Db.Set<JournalCursorRow>().FindAsync([CursorId], cancel);
        if (cursor is null) change.Db.Add(cursor = new JournalCursorRow { Id = CursorId, Sequence = 0 });
        var alerts = engine.Read(e => e.AlertsAfter(cursor.Sequence, BatchAlerts));
        var proposed = new List<Guid>();
        LeadRouting? routing = null;
        foreach (var alert in alerts)
        {
            // What happened long ago, as in a history that is read in, is no news to an authority.
            if (alert.Signal is not { } signal || change.Now - signal.At > TimeSpan.FromDays(desk.Plan.ProposeAgainDays)) continue;
            if (desk.Plan.ProposedBy(alert.Verdict.Reasons.Select(r => r.ReasonCode)) is not { } kind || SubjectsOf(kind, signal) is not { IsEmpty: false } subjects) continue;
            if (await IsKnownAsync(change, kind, subjects[0].ToString(), cancel)) continue;
            routing ??= await LeadDesk.RoutingAsync(change.Db, cancel);
            var able = routing.Find(kind, null, subjects);
            var lead = new Lead();
            change.Begin(lead, new LeadProposed(
                change.Now, change.NewId(), await LeadDesk.NumberAsync(change), kind.Id, able.IsEmpty ? null : able[0], subjects, [$"verdict:{alert.Sequence}"]));
            proposed.Add(lead.Id);
        }
        if (alerts.Count > 0) cursor.Sequence = alerts[^1].Sequence;
        return (proposed, alerts.Count == BatchAlerts, cursor.Sequence);
    }

    // What was dismissed a week ago is not proposed again because the same device calls on.
    private async Task<bool> IsKnownAsync(Change change, LeadKind kind, string seen, CancellationToken cancel)
    {
        var since = change.Now - TimeSpan.FromDays(desk.Plan.ProposeAgainDays);
        return change.Db.Set<Lead>().Local.Any(l => l.Kind == kind.Id && l.Seen == seen)
            || await change.Db.Set<Lead>().AnyAsync(l => l.Kind == kind.Id && l.Seen == seen && l.ProposedAt > since, cancel);
    }

    private static ImmutableArray<LeadSubject> SubjectsOf(LeadKind kind, Signal signal)
    {
        var (device, line) = signal switch
        {
            Call call => (call.Device, call.Caller),
            Subscription told => (told.Device, (PhoneNumber?)told.Line),
            _ => (null, null),
        };
        var about = new List<LeadSubject>();
        if (device is { } box) about.Add(new LeadSubject(LeadSubjectKind.Device, box.ToString()));
        if (line is { } number) about.Add(new LeadSubject(LeadSubjectKind.Number, number.ToString()));
        // Whose network it was tells in which region it is looked for.
        return about.Exists(s => kind.About.Contains(s.Kind)) ? [.. about, new LeadSubject(LeadSubjectKind.Member, signal.Member.ToString())] : [];
    }
}
