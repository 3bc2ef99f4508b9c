using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>The ladder in force.</summary>
/// <param name="Pack">The ladder; null where the pack has none.</param>
/// <param name="Plan">The duties measured over time; null where none is: then persons inspect what was mended.</param>
public sealed record LadderInForce(LadderPack? Pack, ControlPlan? Plan = null)
{
    /// <summary>Whether a control reads a duty again after it was mended.</summary>
    public bool Measures(Duty duty) => Plan is not null && Plan.Terms.Any(t => t.Duty == duty.Id);
}

/// <summary>Which steps to list.</summary>
public sealed record LadderFilter
{
    /// <summary>Against one subject.</summary>
    public LadderSubject? Subject { get; init; }

    /// <summary>In one state.</summary>
    public StepState? State { get; init; }

    /// <summary>Of one rung.</summary>
    public Rung? Rung { get; init; }

    /// <summary>Numbers below this one: the cursor of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>The façade of the ladder: steps against members and regions, and what they bar.</summary>
/// <param name="store">The database.</param>
/// <param name="ladder">The ladder in force.</param>
public sealed class LadderDesk(CaseworkStore store, LadderInForce ladder)
{
    private static readonly StepState[] OfOffice = [StepState.Waiting, StepState.Endorsed, StepState.Dropped];

    /// <summary>Raised after a step changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Takes a trigger within a change of the caller's: prolongs, drafts or leaves it.</summary>
    internal static async Task<LadderMove> CallAsync(Change change, LadderPack pack, LadderCall call, Actor by, CancellationToken cancel) =>
        (await TakeAsync(change, pack, call, by, cancel)).Move;

    /// <summary>Drops drafts that rest on a withdrawn rectification alone, within a change of the caller's.</summary>
    internal static async Task DropFallenAsync(Change change, Rectification withdrawn, CancellationToken cancel)
    {
        var subject = LadderSubject.Of(withdrawn.Member);
        foreach (var step in await change.Db.Set<LadderStep>().Where(s => s.Subject == subject && (s.State == StepState.Waiting || s.State == StepState.Endorsed)).ToListAsync(cancel))
            change.Carry(step, StepRules.Decide(step, new DropFallenStep(withdrawn.Id, withdrawn.Number), Actor.System("ladder"), change.Now));
    }

    /// <summary>The steps that an actor may see; a draft is the office's own until it is decided.</summary>
    internal static IQueryable<LadderStep> Visible(IQueryable<LadderStep> steps, Actor actor) =>
        Sight.SeesAll(actor) || actor.Is(Roles.AppealDecider) ? steps
        : actor.Member is { } own ? steps.Where(s => s.Member == own && !OfOffice.Contains(s.State))
        : steps.Where(s => false);

    /// <summary>Takes down a grave event, or the first place on the list of involved accounts in two months running. A supervisor only.</summary>
    /// <param name="actor">Who tells it.</param>
    /// <param name="subject">Against whom.</param>
    /// <param name="trigger">Which of both.</param>
    /// <param name="occurred">When it was.</param>
    /// <param name="note">What happened, 1 to 2,000 characters.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<LadderStep>> RaiseAsync(Actor actor, LadderSubject subject, LadderTrigger trigger, Instant occurred, string note, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<LadderStep>(actor, async change =>
        {
            if (ladder.Pack is not { } pack) return StepRefusal.NoLadder;
            if (await AnswersAsync(change.Db, subject, cancel) is not { } answers) return StepRefusal.UnknownSubject;
            var call = new LadderCall(subject, answers.Member, null, trigger, occurred, [], null, note);
            if (StepRules.MayRaise(call, actor, change.Now) is { } refused) return refused;
            var taken = await TakeAsync(change, pack, call, actor, cancel);
            if (taken.Refusal is { } why) return why;
            return taken.Step is { } step ? step : StepRefusal.Idle(taken.Move.Kind);
        }, cancel));

    /// <summary>Decides a draft. With a listing stand all rectifications of the subject that are late, refuted or back.</summary>
    public Task<Outcome<LadderStep>> DecideAsync(Actor actor, Guid id, bool issue, string reason, CancellationToken cancel = default) => ActAsync(actor, id, async (change, step) =>
    {
        ImmutableArray<Guid> behind = [];
        if (step is { Rung: Rung.Listing, Subject.Kind: LadderSubjectKind.Member, Member: { } member })
            behind = [.. (await change.Db.Set<Rectification>().Where(r => r.Member == member).ToListAsync(cancel))
                .Where(r => r.IsOpen && (r.OverdueCount > 0 || r.RefutedCount > 0 || r.RelapsedCount > 0)).OrderBy(r => r.Number, StringComparer.Ordinal).Select(r => r.Id)];
        return new DecideStep(issue, reason, behind);
    }, cancel);

    /// <summary>Ends a listing, where all that is behind it is mended.</summary>
    public Task<Outcome<LadderStep>> DelistAsync(Actor actor, Guid id, CancellationToken cancel = default) =>
        ActAsync(actor, id, async (change, step) => new DelistSubject(await BehindAsync(change.Db, step, cancel)), cancel);

    /// <summary>Appeals, or decides an appeal.</summary>
    public Task<Outcome<LadderStep>> ActAsync(Actor actor, Guid id, StepCommand command, CancellationToken cancel = default) =>
        ActAsync(actor, id, (_, _) => Task.FromResult(command), cancel);

    /// <summary>Steps that an actor may see, the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which.</param>
    public Task<List<LadderStep>> ListAsync(Actor actor, LadderFilter filter) => store.ReadAsync(db =>
    {
        var steps = Visible(db.Set<LadderStep>(), actor);
        if (filter.Subject is { } subject) steps = steps.Where(s => s.Subject == subject);
        if (filter.State is { } state) steps = steps.Where(s => s.State == state);
        if (filter.Rung is { } rung) steps = steps.Where(s => s.Rung == rung);
        if (filter.Before is { } before) steps = steps.Where(s => s.Number.CompareTo(before) < 0);
        return steps.OrderByDescending(s => s.Number).Take(filter.Limit).ToListAsync();
    });

    /// <summary>All that stands or waits now, as an actor may see it: by rung from the gravest, then by number.</summary>
    public async Task<List<LadderStep>> BoardAsync(Actor actor)
    {
        var now = store.Now;
        var steps = await store.ReadAsync(db => Visible(db.Set<LadderStep>(), actor)
            .Where(s => s.State == StepState.Waiting || s.State == StepState.Endorsed
                || ((s.State == StepState.Issued || s.State == StepState.Delisted) && (s.Rung == Rung.Listing || s.StandsUntil > now || s.BarsUntil > now))).ToListAsync());
        // A delisted subject is on the board for as long as it is barred.
        return [.. steps.Where(s => s.State != StepState.Delisted || s.BarsUntil > now).OrderByDescending(s => s.Rung).ThenBy(s => s.Number, StringComparer.Ordinal)];
    }

    /// <summary>One step, where the actor may see it.</summary>
    public Task<LadderStep?> FindAsync(Actor actor, Guid id) => store.ReadAsync(db => Visible(db.Set<LadderStep>(), actor).SingleOrDefaultAsync(s => s.Id == id));

    /// <summary>Who is barred from what until when, as an actor may see it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="subject">Of one subject; null for all.</param>
    /// <param name="at">At which instant; null for now.</param>
    public async Task<ImmutableArray<StandingBar>> BarsAsync(Actor actor, LadderSubject? subject, Instant? at)
    {
        var when = at ?? store.Now;
        var steps = await store.ReadAsync(db =>
        {
            var barring = Visible(db.Set<LadderStep>(), actor).Where(s => s.BarsUntil > when && s.IssuedAt <= when);
            if (subject is not null) barring = barring.Where(s => s.Subject == subject);
            return barring.ToListAsync();
        });
        return StandingBars.At(steps, when);
    }

    /// <summary>Looks at the listings whose limit passed: where the target was missed, the veto is drafted.</summary>
    /// <returns>How many were missed.</returns>
    public async Task<int> CheckClocksAsync(CancellationToken cancel = default)
    {
        if (ladder.Pack is not { } pack) return 0;
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<LadderStep>().Where(s => s.NextClock <= now).OrderBy(s => s.Number).Select(s => s.Id).ToListAsync(cancel));
        var missed = 0;
        foreach (var id in due)
        {
            var outcome = await store.ChangeAsync<bool>(Actor.System("clocks"), async change =>
            {
                var step = await change.Db.Set<LadderStep>().SingleAsync(s => s.Id == id, cancel);
                var decision = StepRules.Decide(step, new CheckListing(await BehindAsync(change.Db, step, cancel)), change.Actor, change.Now);
                if (change.Carry(step, decision) is { } refused) return refused;
                if (decision.Events.IsEmpty) return false;
                await CallAsync(
                    change, pack, new LadderCall(step.Subject, step.Member, step.Unit, LadderTrigger.ListedTargetMissed, step.Limit!.Value, step.Behind, step.Number), Actor.System("ladder"), cancel);
                return true;
            }, cancel);
            if (outcome is not { Succeeded: true, Value: true }) continue;
            missed++;
            Changed?.Invoke(id);
        }
        return missed;
    }

    private static async Task<(LadderMove Move, LadderStep? Step, Refusal? Refusal)> TakeAsync(Change change, LadderPack pack, LadderCall call, Actor by, CancellationToken cancel)
    {
        await change.Db.Set<LadderStep>().Where(s => s.Subject == call.Subject).LoadAsync(cancel);
        // What this very change drafted is not in the database yet.
        var steps = change.Db.Set<LadderStep>().Local.Where(s => s.Subject == call.Subject).ToList();
        var move = LadderRules.Next(pack, steps, call.Trigger, change.Now);
        if (move.Kind == LadderMoveKind.Prolong)
            return (move, move.Step, change.Carry(move.Step!, StepRules.Decide(move.Step!, new ProlongStep(call.Trigger, call.Record), by, change.Now)));
        if (move.Kind != LadderMoveKind.Climb) return (move, null, null);
        var year = change.Now.ToDateTimeOffset().Year;
        var officers = call.Member is { } member ? await change.Db.Set<Member>().Where(m => m.Code == member).Select(m => m.Officers).SingleOrDefaultAsync(cancel) : [];
        var draft = new StepDraft(change.NewId(), $"N-{year}-{await change.NextNumberAsync($"ladder-{year}"):D6}", officers.IsDefault ? [] : officers);
        var decision = LadderRules.Draft(pack, move, call, draft, by, change.Now);
        if (decision.Refusal is { } refused) return (move, null, refused);
        var step = new LadderStep();
        change.Begin(step, decision.Events[0]);
        foreach (var happened in decision.Events.Skip(1)) change.Record(step, happened);
        return (move, step, null);
    }

    private static async Task<(MemberCode? Member, bool Found)?> AnswersAsync(CaseworkContext db, LadderSubject subject, CancellationToken cancel)
    {
        if (subject.Kind == LadderSubjectKind.Member)
        {
            var code = MemberCode.Parse(subject.Code);
            return await db.Set<Member>().AnyAsync(m => m.Code == code, cancel) ? (code, true) : null;
        }
        if (!await db.Set<Region>().AnyAsync(r => r.Code == subject.Code, cancel)) return null;
        var government = await db.Set<Member>().Where(m => m.Sector == Sector.Government && m.Region == subject.Code).OrderBy(m => m.Code).Select(m => (MemberCode?)m.Code).FirstOrDefaultAsync(cancel);
        return (government, true);
    }

    private static async Task<ImmutableArray<BehindListing>> BehindAsync(CaseworkContext db, LadderStep step, CancellationToken cancel)
    {
        var ids = step.Behind.ToList();
        return [.. (await db.Set<Rectification>().Where(r => ids.Contains(r.Id)).ToListAsync(cancel)).Select(BehindListing.Of)];
    }

    private async Task<Outcome<LadderStep>> ActAsync(Actor actor, Guid id, Func<Change, LadderStep, Task<StepCommand>> command, CancellationToken cancel) =>
        Told(await store.ChangeAsync<LadderStep>(actor, async change =>
        {
            if (await Visible(change.Db.Set<LadderStep>(), actor).SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } step) return StepRefusal.NotFound;
            var refused = change.Carry(step, StepRules.Decide(step, await command(change, step), actor, change.Now));
            return refused is null ? step : refused;
        }, cancel));

    private Outcome<LadderStep> Told(Outcome<LadderStep> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.Id);
        return outcome;
    }
}
