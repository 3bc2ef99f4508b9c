using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Rectifications;

/// <summary>Which rectifications to list.</summary>
public sealed record RectificationFilter
{
    /// <summary>In one state.</summary>
    public RectificationState? State { get; init; }

    /// <summary>Only those that are neither mended nor withdrawn (true), or only the others (false).</summary>
    public bool? Open { get; init; }

    /// <summary>Only those that are overdue now.</summary>
    public bool Overdue { get; init; }

    /// <summary>Of one member.</summary>
    public MemberCode? Member { get; init; }

    /// <summary>Numbers below this one: the cursor of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A rectification with the documents that it led to.</summary>
/// <param name="Rectification">The rectification.</param>
/// <param name="Steps">The steps of the ladder that it is behind, as the actor may see them, the newest first.</param>
public sealed record RectificationFile(Rectification Rectification, IReadOnlyList<LadderStep> Steps);

/// <summary>The façade of the module: loopholes that members are to mend, from what shows them to what shows them mended.</summary>
/// <param name="store">The database.</param>
/// <param name="duties">The duties in force.</param>
/// <param name="ladder">The ladder in force; without one nothing is opened.</param>
public sealed class RectificationDesk(CaseworkStore store, DutyPack duties, LadderInForce ladder)
{
    /// <summary>Raised after a rectification changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Puts what was found to the open rectification of its cause, or opens one, within a change of the caller's. Without a ladder it does nothing.</summary>
    /// <param name="change">The change.</param>
    /// <param name="ladder">The ladder in force.</param>
    /// <param name="found">What was found.</param>
    /// <param name="pack">The hash of the pack of duties that judged.</param>
    /// <param name="cancel">Stops before the commit.</param>
    internal static async Task<Rectification?> MeetAsync(Change change, LadderInForce ladder, Shortcoming found, string pack, CancellationToken cancel)
    {
        if (ladder.Pack is not { } terms) return null;
        var key = found.Cause.Key;
        // What this very change opened is not in the database yet.
        var last = change.Db.Set<Rectification>().Local.Where(r => r.CauseKey == key).MaxBy(r => r.Number, StringComparer.Ordinal)
            ?? await change.Db.Set<Rectification>().Where(r => r.CauseKey == key).OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancel);
        if (last is not null && RectificationRules.Takes(last, found))
        {
            await CarryAsync(change, terms, last, new JoinShortcoming(found), Actor.System("controls"), cancel);
            return last;
        }
        var year = change.Now.ToDateTimeOffset().Year;
        var number = $"M-{year}-{await change.NextNumberAsync($"rectification-{year}"):D6}";
        var opened = new Rectification();
        // Opened by Cordon itself, whoever had the case followed.
        var decision = RectificationRules.Decide(
            opened, new OpenRectification(change.NewId(), number, found, pack, terms.Terms, terms.DueOf(change.Now)), Actor.System("findings"), change.Now);
        change.Begin(opened, decision.Events.Single());
        return opened;
    }

    /// <summary>Takes readings of controls: a burnt one opens a rectification, joins one, refutes a claim or shows a relapse. The others say nothing here.</summary>
    /// <param name="readings">The readings.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task TakeAsync(IReadOnlyList<ControlReading> readings, CancellationToken cancel = default)
    {
        var pack = duties.Hash;
        foreach (var reading in readings.Where(r => r.Verdict == ControlVerdict.Burnt))
        {
            if (DutyOf(reading) is not { } duty) continue;
            var met = await store.ChangeAsync<Rectification?>(Actor.System("controls"), async change => await MeetAsync(change, ladder, Shortcoming.Of(reading, duty), pack, cancel), cancel);
            if (met is { Succeeded: true, Value: { } changed }) Changed?.Invoke(changed.Id);
        }
    }

    /// <summary>Those whose controls are to be read again from their claim on: claimed, with a control, and not closed.</summary>
    public Task<List<Rectification>> ToRecheckAsync(CancellationToken cancel = default) => store.ReadAsync(db => db.Set<Rectification>()
        .Where(r => r.State == RectificationState.ClaimedDone || r.State == RectificationState.AwaitsInspection).OrderBy(r => r.Number).ToListAsync(cancel));

    /// <summary>Reads a rectification's controls again: what the readings come to, they do.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="check">The readings.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<Rectification>> RecheckAsync(Guid id, Recheck check, CancellationToken cancel = default) => ActAsync(Actor.System("controls"), id, check, cancel);

    /// <summary>Carries out a command of a person.</summary>
    public async Task<Outcome<Rectification>> ActAsync(Actor actor, Guid id, RectificationCommand command, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Rectification>(actor, async change =>
        {
            var found = await change.Db.Set<Rectification>().SingleOrDefaultAsync(r => r.Id == id, cancel);
            if (found is null || !Sight.Sees(actor, found.Member)) return RectificationRefusal.NotFound;
            var refused = await CarryAsync(change, ladder.Pack, found, command, actor, cancel);
            return refused is null ? found : refused;
        }, cancel));

    /// <summary>Rectifications that an actor may see: centre, regulator and auditor all, a member its own; the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which.</param>
    public Task<List<Rectification>> ListAsync(Actor actor, RectificationFilter filter) => store.ReadAsync(db =>
    {
        var found = Visible(db.Set<Rectification>(), actor);
        if (filter.State is { } state) found = found.Where(r => r.State == state);
        if (filter.Open is { } open) found = found.Where(r => (r.State != RectificationState.Mended && r.State != RectificationState.Withdrawn) == open);
        if (filter.Overdue) found = found.Where(r => r.OverdueAt != null);
        if (filter.Member is { } member) found = found.Where(r => r.Member == member);
        if (filter.Before is { } before) found = found.Where(r => r.Number.CompareTo(before) < 0);
        return found.OrderByDescending(r => r.Number).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One rectification with its documents; null where there is none or the actor may not see it.</summary>
    public Task<RectificationFile?> FindAsync(Actor actor, Guid id, CancellationToken cancel = default) => store.ReadAsync(async db =>
    {
        if (await Visible(db.Set<Rectification>(), actor).SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } found) return null;
        var subject = LadderSubject.Of(found.Member);
        var steps = await LadderDesk.Visible(db.Set<LadderStep>(), actor).Where(s => s.Subject == subject).OrderByDescending(s => s.Number).ToListAsync(cancel);
        return new RectificationFile(found, steps.FindAll(s => s.Behind.Contains(id)));
    });

    /// <summary>Looks at every clock that is due once: dates that passed, and spans in which no control said anything.</summary>
    /// <returns>How many rectifications changed.</returns>
    public async Task<int> CheckClocksAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<Rectification>().Where(r => r.NextClock <= now).OrderBy(r => r.Number).Select(r => r.Id).ToListAsync(cancel));
        foreach (var id in due) await ActAsync(Actor.System("clocks"), id, new TickRectification(), cancel);
        return due.Count;
    }

    private static async Task<Refusal?> CarryAsync(
        Change change, LadderPack? pack, Rectification found, RectificationCommand command, Actor actor, CancellationToken cancel)
    {
        var decision = RectificationRules.Decide(found, command, actor, change.Now);
        if (change.Carry(found, decision) is { } refused) return refused;
        if (pack is null) return null;
        foreach (var happened in decision.Events)
        {
            // What happened and the step that it leads to are one change.
            if (LadderRules.TriggerOf(happened) is { } led)
                await LadderDesk.CallAsync(change, pack, new LadderCall(LadderSubject.Of(found.Member), found.Member, found.Unit, led.Trigger, led.Occurred, [found.Id], found.Number), Actor.System("ladder"), cancel);
            if (happened is RectificationContestDecided { Upheld: true }) await LadderDesk.DropFallenAsync(change, found, cancel);
        }
        return null;
    }

    private static IQueryable<Rectification> Visible(IQueryable<Rectification> found, Actor actor) =>
        Sight.SeesAll(actor) ? found : actor.Member is { } own ? found.Where(r => r.Member == own) : found.Where(r => false);

    private Duty? DutyOf(ControlReading reading) => duties.Find(reading.Subject.Duty, reading.From) ?? duties.Duties.LastOrDefault(d => d.Id == reading.Subject.Duty);

    private Outcome<Rectification> Told(Outcome<Rectification> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.Id);
        return outcome;
    }
}
