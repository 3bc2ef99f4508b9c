using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Evaluations;

/// <summary>The schemes in force.</summary>
/// <param name="Pack">The schemes; null where the pack has none.</param>
public sealed record EvaluationsInForce(EvaluationPack? Pack);

/// <summary>Which evaluations to list.</summary>
public sealed record EvaluationFilter
{
    /// <summary>Of one sector.</summary>
    public Sector? Sector { get; init; }

    /// <summary>In one state.</summary>
    public EvaluationState? State { get; init; }

    /// <summary>Numbers below this one: the cursor of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>An evaluation as lists show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Scheme">How it judges.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FrozenHash">The hash under which it was frozen; null until then.</param>
/// <param name="FrozenAt">When it was frozen.</param>
/// <param name="Latest">The number of the version that holds; 0 while there is none.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="ContestUntil">Until when figures can be contested.</param>
public sealed record EvaluationLine(
    Guid Id, string Number, Scheme Scheme, EvaluationState State, string? FrozenHash, Instant? FrozenAt, int Latest, Instant? PublishedAt, Instant? ContestUntil)
{
    internal static EvaluationLine Of(Evaluation e) => new(e.Id, e.Number, e.Scheme, e.State, e.FrozenHash, e.FrozenAt, e.Latest, e.PublishedAt, e.ContestUntil);
}

/// <summary>The façade of the module: evaluations of members from draft to publication, and what each may see of them.</summary>
/// <param name="store">The database.</param>
/// <param name="duties">The duties in force.</param>
/// <param name="schemes">The schemes in force.</param>
/// <param name="controls">The controls.</param>
public sealed class EvaluationDesk(CaseworkStore store, DutyPack duties, EvaluationsInForce schemes, ControlDesk controls)
{
    // A period of records is read for each answer.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly PeriodReader reader = new(store, controls);
    private readonly SharedReadings<Guid, (Instant At, PeriodFigures Figures)> provisional = new(Fresh, () => store.Now);

    /// <summary>Raised after an evaluation changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The schemes of the pack; empty where it has none.</summary>
    public ImmutableArray<SchemeTemplate> Schemes => schemes.Pack?.Schemes ?? [];

    /// <summary>Drafts an evaluation of a period that lies ahead. A supervisor only.</summary>
    /// <param name="actor">Who drafts it.</param>
    /// <param name="scheme">The scheme's id in the pack.</param>
    /// <param name="region">The region; null for all.</param>
    /// <param name="from">The period's first day, the first of a month.</param>
    /// <param name="formula">Another formula; null for that of the pack.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Evaluation>> DraftAsync(Actor actor, string scheme, string? region, DateOnly from, string? formula, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Evaluation>(actor, async change =>
        {
            if (schemes.Pack is not { } pack) return EvaluationRefusal.NoPack;
            if (pack.Find(scheme) is not { } template) return EvaluationRefusal.UnknownScheme;
            if (from.Day != 1 || from.Year is < 2000 or > 2999) return EvaluationRefusal.BadPeriod;
            if (region is not null && !await change.Db.Set<Region>().AnyAsync(r => r.Code == region, cancel)) return EvaluationRefusal.UnknownRegion;
            var (made, at, place) = (template.Of(region, from, formula, duties.UtcOffset), change.Now, region ?? "");
            if (await change.Db.Set<Evaluation>().AnyAsync(e => e.Sector == made.Sector && e.Region == place && e.From < made.To && e.To > made.From && e.State != EvaluationState.Withdrawn, cancel))
                return EvaluationRefusal.Exists;
            var drafted = new Evaluation();
            var year = at.ToDateTimeOffset().Year;
            var number = $"P-{year}-{await change.NextNumberAsync($"evaluation-{year}"):D6}";
            var decision = EvaluationRules.Decide(drafted, new DraftEvaluation(change.NewId(), number, made), actor, await IsPartyAsync(change.Db, actor, made.Sector, cancel), at);
            if (decision.Refusal is { } refused) return refused;
            change.Begin(drafted, decision.Events.Single());
            return drafted;
        }, cancel));

    /// <summary>Carries out a command of a person.</summary>
    public async Task<Outcome<Evaluation>> ActAsync(Actor actor, Guid id, EvaluationCommand command, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Evaluation>(actor, async change =>
        {
            if (await Visible(change.Db.Set<Evaluation>(), actor).SingleOrDefaultAsync(e => e.Id == id, cancel) is not { } found) return EvaluationRefusal.NotFound;
            var decision = EvaluationRules.Decide(found, command, actor, await IsPartyAsync(change.Db, actor, found.Sector, cancel), change.Now);
            var refused = change.Carry(found, decision);
            return refused is null ? found : refused;
        }, cancel));

    /// <summary>Reads the records of a period again. Where they say otherwise than before, a new version stands beside the old. A supervisor only.</summary>
    public async Task<Outcome<Evaluation>> ReadAgainAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (await store.ReadAsync(db => Visible(db.Set<Evaluation>(), actor).SingleOrDefaultAsync(e => e.Id == id, cancel)) is not { } found) return EvaluationRefusal.NotFound;
        var party = await store.ReadAsync(db => IsPartyAsync(db, actor, found.Sector, cancel));
        if (EvaluationRules.MaySettle(actor, party) is { } refused) return refused;
        return found.Result is null ? EvaluationRefusal.NoResult : await ComputeAsync(found, actor, cancel);
    }

    /// <summary>What the figures come to while the period runs, or wait for what is told late, at most a minute ago; null where nothing is frozen or computed for good. It is kept nowhere.</summary>
    /// <param name="actor">Who asks; a member sees itself.</param>
    /// <param name="id">The evaluation.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Provisional?> ProvisionalAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        var found = await store.ReadAsync(db => Visible(db.Set<Evaluation>(), actor).SingleOrDefaultAsync(e => e.Id == id, cancel));
        if (found is not { State: EvaluationState.Frozen } || store.Now < found.From) return null;
        var (at, figures) = await provisional.GetAsync(
            id,
            async () =>
            {
                var now = store.Now;
                return (now, await reader.ReadAsync(PeriodOf(found.Scheme, now), units: false, whole: false, CancellationToken.None));
            },
            cancel);
        return new Provisional(at, figures.Behind, EvaluationSight.Of(Computation.Of(found.Scheme, figures.Members), actor, published: false));
    }

    /// <summary>Evaluations that an actor may see, the newest first: those in draft are the office's, regulators' and auditors' own.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which.</param>
    public Task<List<EvaluationLine>> ListAsync(Actor actor, EvaluationFilter filter) => store.ReadAsync(db =>
    {
        var found = Visible(db.Set<Evaluation>(), actor);
        if (filter.Sector is { } sector) found = found.Where(e => e.Sector == sector);
        if (filter.State is { } state) found = found.Where(e => e.State == state);
        if (filter.Before is { } before) found = found.Where(e => e.Number.CompareTo(before) < 0);
        return found.OrderByDescending(e => e.Number).Take(filter.Limit)
            .Select(e => new EvaluationLine(e.Id, e.Number, e.Scheme, e.State, e.FrozenHash, e.FrozenAt, e.Latest, e.PublishedAt, e.ContestUntil)).ToListAsync();
    });

    /// <summary>One evaluation as the actor may see it; null where there is none.</summary>
    public async Task<EvaluationFile?> FindAsync(Actor actor, Guid id, CancellationToken cancel = default) =>
        await store.ReadAsync(db => Visible(db.Set<Evaluation>(), actor).SingleOrDefaultAsync(e => e.Id == id, cancel)) is { } found ? EvaluationSight.Of(found, actor) : null;

    /// <summary>Computes each evaluation whose period is over and whose late records are in. What stops one does not stop the others.</summary>
    /// <returns>How many were computed.</returns>
    /// <exception cref="AggregateException">Some could not be computed.</exception>
    public async Task<int> CheckClocksAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<Evaluation>().Where(e => e.NextClock <= now).OrderBy(e => e.Number).ToListAsync(cancel));
        var (computed, faults) = (0, new List<Exception>());
        foreach (var one in due)
        {
            try
            {
                if ((await ComputeAsync(one, null, cancel)).Succeeded) computed++;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                faults.Add(new InvalidOperationException($"The evaluation {one.Number} was not computed.", fault));
            }
        }
        return faults.Count == 0 ? computed : throw new AggregateException(faults);
    }

    private async Task<Outcome<Evaluation>> ComputeAsync(Evaluation found, Actor? asked, CancellationToken cancel)
    {
        var figures = await reader.ReadAsync(PeriodOf(found.Scheme, store.Now), units: false, whole: true, cancel);
        return await ActAsync(Actor.System("evaluation"), found.Id, new ComputeEvaluation(figures.Members, figures.Pack, figures.Sequence, asked?.Id), cancel);
    }

    /// <summary>The figures of all members and their units over a time: for objectives.</summary>
    internal Task<PeriodFigures> FiguresAsync(Instant from, Instant to, bool whole, CancellationToken cancel) =>
        reader.ReadAsync(new FigurePeriod(null, null, from, to, store.Now < to ? store.Now : to), units: true, whole, cancel);

    private static FigurePeriod PeriodOf(Scheme scheme, Instant now) =>
        new(scheme.Sector, scheme.Region, scheme.From, scheme.To, now < scheme.ComputeAt ? now : scheme.ComputeAt);

    private static async Task<bool> IsPartyAsync(CaseworkContext db, Actor actor, Sector sector, CancellationToken cancel) =>
        actor.Member is { } own && await db.Set<Member>().AnyAsync(m => m.Code == own && m.Sector == sector, cancel);

    private static IQueryable<Evaluation> Visible(IQueryable<Evaluation> all, Actor actor) => Sight.SeesAll(actor) || actor.Is(Roles.AppealDecider)
        ? all
        : actor.Member is not null ? all.Where(e => e.State != EvaluationState.Draft && e.FrozenHash != null) : all.Where(e => false);

    private Outcome<Evaluation> Told(Outcome<Evaluation> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.Id);
        return outcome;
    }
}
