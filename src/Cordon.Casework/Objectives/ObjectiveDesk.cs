using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Objectives;

/// <summary>The plan that comes with the pack.</summary>
/// <param name="Text">Its text; null where the pack has none.</param>
public sealed record ObjectivesShipped(string? Text);

/// <summary>A plan as lists show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Title">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="From">The first instant of its time.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Hash">The hash of its text.</param>
/// <param name="Objectives">How many objectives it has.</param>
/// <param name="Delays">The delays there are now.</param>
/// <param name="Difficulties">The difficulties, all there ever were.</param>
public sealed record PlanLine(
    Guid Id, string Number, Wording Title, PlanState State, Instant From, Instant To, string Hash, int Objectives, ImmutableArray<ObjectiveDelay> Delays, ImmutableArray<Difficulty> Difficulties)
{
    internal static PlanLine Of(ObjectivePlan p) => new(p.Id, p.Number, p.Title, p.State, p.From, p.To, p.Hash, p.Objectives, p.Delays, p.Difficulties);
}

/// <summary>One line of a tree as somebody may see it.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Progress">How far it is; null where that is not the reader's to see, or nothing was counted yet.</param>
/// <param name="Delay">Its delay; null where it has none, or where that is not the reader's to see.</param>
/// <param name="MayRaise">Whether the reader can raise a difficulty with it.</param>
public sealed record ObjectiveLine(Objective Objective, Progress? Progress, ObjectiveDelay? Delay, bool MayRaise);

/// <summary>A plan as somebody may see it.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Lines">The tree, parents before their parts.</param>
/// <param name="Difficulties">The difficulties that the reader raised, answers or oversees.</param>
/// <param name="Answerable">The numbers of those that the reader can answer.</param>
/// <param name="Orphans">Duties without an owner.</param>
/// <param name="Behind">Records of the journal that are not counted yet.</param>
public sealed record ObjectiveFile(
    ObjectivePlan Plan, ImmutableArray<ObjectiveLine> Lines, ImmutableArray<Difficulty> Difficulties, ImmutableHashSet<int> Answerable, ImmutableArray<string> Orphans, long Behind);

/// <summary>An objective whose delay climbed to the conference.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="PlanNumber">Its number.</param>
/// <param name="Objective">The objective.</param>
/// <param name="Since">Since when.</param>
public sealed record AgendaObjective(Guid Plan, string PlanNumber, Objective Objective, Instant Since);

/// <summary>A difficulty that no level answered.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="PlanNumber">Its number.</param>
/// <param name="Objective">The objective that it stands in the way of.</param>
/// <param name="Difficulty">The difficulty.</param>
public sealed record AgendaDifficulty(Guid Plan, string PlanNumber, Objective Objective, Difficulty Difficulty);

/// <summary>What has climbed to the agenda of the conference.</summary>
/// <param name="Objectives">Objectives, by plan and id.</param>
/// <param name="Difficulties">Difficulties, by plan and number.</param>
public sealed record ObjectiveAgenda(ImmutableArray<AgendaObjective> Objectives, ImmutableArray<AgendaDifficulty> Difficulties);

/// <summary>The façade of the module: plans of objectives, their progress from records, their delays and difficulties.</summary>
/// <param name="store">The database.</param>
/// <param name="duties">The duties in force.</param>
/// <param name="shipped">The plan of the pack.</param>
/// <param name="evaluations">Where figures of members come from.</param>
public sealed class ObjectiveDesk(CaseworkStore store, DutyPack duties, ObjectivesShipped shipped, EvaluationDesk evaluations)
{
    // A year of records is read for each answer: those who ask within a minute share one.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly SharedReadings<Guid, Reading> readings = new(Fresh, () => store.Now);

    /// <summary>Raised after a plan changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The text of the pack's plan for a year; null where the pack has none.</summary>
    /// <param name="year">The year.</param>
    public string? ShippedFor(int year) => shipped.Text is { } text ? ObjectivePlanReader.ForYear(text, year) : null;

    /// <summary>Drafts a plan. A supervisor only; every fault of the text is told at once.</summary>
    /// <param name="actor">Who drafts it.</param>
    /// <param name="text">The plan in YAML, at most a million characters.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<ObjectivePlan>> DraftAsync(Actor actor, string text, CancellationToken cancel = default) => Told(await store.ChangeAsync<ObjectivePlan>(actor, async change =>
    {
        if (PlanRules.MayDraft(actor) is { } refused) return refused;
        if (text.Length > ObjectivePlanReader.MostCharacters) return PlanRefusal.BadPlan("The text is longer than a million characters.");
        var faults = new PackFaults("");
        var read = new ObjectivePlanReader(duties, await OwnersAsync(change.Db, cancel)).Read(text, faults);
        if (read is null) return PlanRefusal.BadPlan(ObjectivePlanReader.Told(faults));
        var year = change.Now.ToDateTimeOffset().Year;
        var number = $"T-{year}-{await change.NextNumberAsync($"objectives-{year}"):D6}";
        var plan = new ObjectivePlan();
        change.Begin(plan, new PlanDrafted(change.Now, change.NewId(), number, read.Title, read.From, read.To, text, ObjectivePlanReader.HashOf(text), read.Terms, read.Tree, actor.Id));
        return plan;
    }, cancel));

    /// <summary>Adopts a draft: it is decomposed over the regions, members and units that there are now. A second supervisor.</summary>
    public async Task<Outcome<ObjectivePlan>> AdoptAsync(Actor actor, Guid id, CancellationToken cancel = default) => Told(await store.ChangeAsync<ObjectivePlan>(actor, async change =>
    {
        if (await Visible(change.Db.Set<ObjectivePlan>(), actor).SingleOrDefaultAsync(p => p.Id == id, cancel) is not { } plan) return PlanRefusal.NotFound;
        if (await change.Db.Set<ObjectivePlan>().AnyAsync(p => p.State == PlanState.Adopted && p.From < plan.To && p.To > plan.From, cancel)) return PlanRefusal.Exists;
        // Regions, members and branches may be others than when it was drafted.
        var owners = await OwnersAsync(change.Db, cancel);
        if (ObjectiveTree.Faults(plan.Tree, duties, owners).ToList() is { Count: > 0 } faults) return PlanRefusal.BadPlan(string.Join('\n', faults.Select(f => f.Message)));
        var tree = ObjectiveTree.Decompose(plan.Tree, owners);
        var refused = change.Carry(plan, PlanRules.Decide(plan, new AdoptPlan(tree, OrphansOf(plan)), actor, _ => false, change.Now));
        return refused is null ? plan : refused;
    }, cancel));

    /// <summary>Carries out another command of a person.</summary>
    public async Task<Outcome<ObjectivePlan>> ActAsync(Actor actor, Guid id, PlanCommand command, CancellationToken cancel = default) => Told(await store.ChangeAsync<ObjectivePlan>(actor, async change =>
    {
        if (await Visible(change.Db.Set<ObjectivePlan>(), actor).SingleOrDefaultAsync(p => p.Id == id, cancel) is not { } plan) return PlanRefusal.NotFound;
        var reader = await ReaderAsync(change.Db, actor, cancel);
        var refused = change.Carry(plan, PlanRules.Decide(plan, command, actor, reader.Acts, change.Now));
        return refused is null ? plan : refused;
    }, cancel));

    /// <summary>Plans that an actor may see, the newest first; drafts are the office's, regulators' and auditors' own.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="limit">How many at most, 1 to 500.</param>
    /// <param name="before">Numbers below this one: the cursor of the page before.</param>
    public Task<List<PlanLine>> ListAsync(Actor actor, int limit = 100, string? before = null) => store.ReadAsync(db =>
    {
        var found = Visible(db.Set<ObjectivePlan>(), actor);
        if (before is not null) found = found.Where(p => p.Number.CompareTo(before) < 0);
        return found.OrderByDescending(p => p.Number).Take(limit)
            .Select(p => new PlanLine(p.Id, p.Number, p.Title, p.State, p.From, p.To, p.Hash, p.Objectives, p.Delays, p.Difficulties)).ToListAsync();
    });

    /// <summary>One plan with its progress as of now, as the actor may see it; null where there is none.</summary>
    public async Task<ObjectiveFile?> FindAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (await store.ReadAsync(db => Visible(db.Set<ObjectivePlan>(), actor).SingleOrDefaultAsync(p => p.Id == id, cancel)) is not { } plan) return null;
        var reader = await store.ReadAsync(db => ReaderAsync(db, actor, cancel));
        var (progress, behind) = plan.State == PlanState.Draft
            ? new Reading(ImmutableSortedDictionary<string, Progress>.Empty, 0)
            : await readings.GetAsync(id, () => ProgressAsync(plan, whole: false, CancellationToken.None), cancel);
        var delays = plan.Delays.ToDictionary(d => d.Objective, StringComparer.Ordinal);
        var own = plan.Tree.Where(o => reader.SeesAll || IsBelow(plan, o, reader)).Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        // The way up is told without how far others are.
        var shown = own.ToHashSet(StringComparer.Ordinal);
        foreach (var one in plan.Tree.Where(o => own.Contains(o.Id)))
            for (var at = plan.Find(one.Parent); at is not null && shown.Add(at.Id);) at = plan.Find(at.Parent);
        var open = plan.Difficulties.Where(d => reader.SeesAll || own.Contains(d.Objective) || (plan.Find(d.Level) is { } level && reader.Acts(level.Owner))).ToImmutableArray();
        return new ObjectiveFile(
            plan,
            [.. plan.Tree.Where(o => shown.Contains(o.Id)).Select(o => new ObjectiveLine(
                o, own.Contains(o.Id) ? progress.GetValueOrDefault(o.Id) : null, own.Contains(o.Id) ? delays.GetValueOrDefault(o.Id) : null,
                plan.State == PlanState.Adopted && reader.Acts(o.Owner)))],
            open, [.. open.Where(d => d.IsOpen && d.By != actor.Id && (actor.Is(Roles.Supervisor) || (plan.Find(d.Level) is { } level && reader.Acts(level.Owner)))).Select(d => d.Number)],
            OrphansOf(plan), behind);
    }

    /// <summary>What has climbed to the agenda of the conference: delayed objectives and difficulties that nobody answered.</summary>
    public async Task<ObjectiveAgenda> AgendaAsync(CancellationToken cancel = default)
    {
        var adopted = await store.ReadAsync(db => db.Set<ObjectivePlan>().Where(p => p.State == PlanState.Adopted).Select(p => new { p.Id, p.Delays, p.Difficulties }).ToListAsync(cancel));
        // Of most there is nothing to tell, and a tree is large.
        var climbed = adopted.Where(p => p.Delays.Any(d => d.Step == DelayStep.Agenda) || p.Difficulties.Any(d => d is { IsOpen: true, Level: null })).Select(p => p.Id).ToList();
        if (climbed.Count == 0) return new ObjectiveAgenda([], []);
        var plans = await store.ReadAsync(db => db.Set<ObjectivePlan>().Where(p => climbed.Contains(p.Id)).OrderBy(p => p.Number).ToListAsync(cancel));
        return new ObjectiveAgenda(
            [.. plans.SelectMany(p => p.Delays.Where(d => d.Step == DelayStep.Agenda).Select(d => new AgendaObjective(p.Id, p.Number, p.Find(d.Objective)!, d.At)))],
            [.. plans.SelectMany(p => p.Difficulties.Where(d => d is { IsOpen: true, Level: null }).Select(d => new AgendaDifficulty(p.Id, p.Number, p.Find(d.Objective)!, d)))]);
    }

    /// <summary>Counts the progress of every plan in force and lets delays and unanswered difficulties climb.</summary>
    /// <returns>How many plans changed.</returns>
    public async Task<int> CheckClocksAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var plans = await store.ReadAsync(db => db.Set<ObjectivePlan>().Where(p => p.State == PlanState.Adopted && p.From <= now).OrderBy(p => p.Number).ToListAsync(cancel));
        var changed = 0;
        foreach (var plan in plans.Where(p => p.Climbs(now)))
        {
            // Half a journal urges nobody.
            var reading = await ProgressAsync(plan, whole: true, cancel);
            readings.Put(plan.Id, reading);
            var outcome = await ActAsync(Actor.System("objectives"), plan.Id, new TickPlan(reading.Progress), cancel);
            if (outcome.Succeeded && outcome.Value.Version > plan.Version) changed++;
        }
        return changed;
    }

    private async Task<Reading> ProgressAsync(ObjectivePlan plan, bool whole, CancellationToken cancel)
    {
        var figures = await evaluations.FiguresAsync(plan.From, plan.To, whole, cancel);
        var members = figures.Members.ToDictionary(m => m.Member, m => m.Values.ToDictionary(v => v.Measure, StringComparer.Ordinal));
        return new Reading(ProgressRules.Of(plan.Tree, plan.Terms, ValueOf), figures.Behind);

        MeasuredValue? ValueOf(Objective one) => one.Measure is not { } measure || one.Owner.Member is not { } member ? null
            : one.Owner.Unit is { } unit ? figures.Units.GetValueOrDefault((member, unit, measure))
            : members.TryGetValue(member, out var values) ? values.GetValueOrDefault(measure) : null;
    }

    private ImmutableArray<string> OrphansOf(ObjectivePlan plan) => ObjectiveTree.Orphans(plan.Tree, duties, plan.From, plan.To);

    private static bool IsBelow(ObjectivePlan plan, Objective one, PlanReader reader)
    {
        for (var at = one; at is not null; at = plan.Find(at.Parent))
            if (reader.Acts(at.Owner))
                return true;
        return false;
    }

    private static IQueryable<ObjectivePlan> Visible(IQueryable<ObjectivePlan> plans, Actor actor) => Sight.SeesAll(actor)
        ? plans
        : actor.Member is not null ? plans.Where(p => p.State != PlanState.Draft && p.AdoptedAt != null) : plans.Where(p => false);

    private static async Task<OwnerRegister> OwnersAsync(CaseworkContext db, CancellationToken cancel)
    {
        var regions = await db.Set<Region>().ToListAsync(cancel);
        var members = await db.Set<Member>().ToListAsync(cancel);
        return new OwnerRegister(
            regions.ToImmutableSortedDictionary(r => r.Code, r => (r.Level, r.Parent), StringComparer.Ordinal),
            [.. members.OrderBy(m => m.Code.ToString(), StringComparer.Ordinal).Select(m => new RegisteredMember(m.Code, m.Sector, m.Region, [.. m.Agents.Select(a => a.Code)]))]);
    }

    private static async Task<PlanReader> ReaderAsync(CaseworkContext db, Actor actor, CancellationToken cancel)
    {
        var government = actor.Member is { } own ? await db.Set<Member>().Where(m => m.Code == own && m.Sector == Sector.Government).Select(m => m.Region).SingleOrDefaultAsync(cancel) : null;
        return new PlanReader(actor, government);
    }

    private Outcome<ObjectivePlan> Told(Outcome<ObjectivePlan> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.Id);
        return outcome;
    }

    /// <summary>The progress of a plan, and how many records of the journal were not counted.</summary>
    private sealed record Reading(ImmutableSortedDictionary<string, Progress> Progress, long Behind);

    /// <summary>Who reads or acts.</summary>
    /// <param name="Actor">The actor.</param>
    /// <param name="Government">The region whose government the actor's member is; null for none.</param>
    private sealed record PlanReader(Actor Actor, string? Government)
    {
        public bool SeesAll => Sight.SeesAll(Actor);

        public bool Acts(ObjectiveOwner owner) => owner.Kind switch
        {
            OwnerKind.Centre => Actor.Is(Roles.Supervisor),
            OwnerKind.Region => Actor.Is(Roles.MemberClerk) && Government == owner.Code,
            _ => Actor.Is(Roles.MemberClerk) && Actor.Member == owner.Member,
        };
    }
}
