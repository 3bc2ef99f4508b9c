using Cordon.Casework.Cases;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Questions;

/// <summary>Which questions to list.</summary>
public sealed record QuestionFilter
{
    /// <summary>In one state.</summary>
    public QuestionState? State { get; init; }

    /// <summary>Of one case.</summary>
    public Guid? Case { get; init; }

    /// <summary>Put to one member.</summary>
    public MemberCode? Member { get; init; }

    /// <summary>Numbers below this one: the cursor of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>The façade of the module: what members are asked in cases.</summary>
/// <param name="store">The database.</param>
/// <param name="cases">Judges a case anew once something was told.</param>
public sealed class QuestionDesk(CaseworkStore store, CaseDesk cases)
{
    /// <summary>Raised after a question was answered or became overdue.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Questions that an actor may see: centre, regulator and auditor all, a member its own; the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which.</param>
    public Task<List<Question>> ListAsync(Actor actor, QuestionFilter filter) => store.ReadAsync(db =>
    {
        var found = Visible(db.Set<Question>(), actor);
        if (filter.State is { } state) found = found.Where(q => q.State == state);
        if (filter.Case is { } of) found = found.Where(q => q.CaseId == of);
        if (filter.Member is { } member) found = found.Where(q => q.Member == member);
        if (filter.Before is { } before) found = found.Where(q => q.Number.CompareTo(before) < 0);
        return found.OrderByDescending(q => q.Number).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One question; null where there is none or the actor may not see it.</summary>
    public Task<Question?> FindAsync(Actor actor, Guid id, CancellationToken cancel = default) =>
        store.ReadAsync(db => Visible(db.Set<Question>(), actor).SingleOrDefaultAsync(q => q.Id == id, cancel));

    /// <summary>The member answers, and the case is judged anew by it.</summary>
    public async Task<Outcome<Question>> AnswerAsync(Actor actor, Guid id, AnswerQuestion answer, CancellationToken cancel = default)
    {
        var outcome = await CarryAsync(actor, id, answer, cancel);
        if (outcome.Succeeded) await cases.FollowAsync(Actor.System("questions"), outcome.Value.CaseId, cancel);
        return outcome;
    }

    /// <summary>Notes what ran out of time, and judges those cases: silence is a finding.</summary>
    /// <returns>How many questions ran out.</returns>
    public async Task<int> CheckClocksAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var late = await store.ReadAsync(db => db.Set<Question>().Where(q => q.State == QuestionState.Asked && q.OverdueAt == null && q.AnswerBy < now)
            .OrderBy(q => q.Number).Select(q => new { q.Id, q.CaseId }).ToListAsync(cancel));
        foreach (var one in late) await CarryAsync(Actor.System("clocks"), one.Id, new TickQuestion(), cancel);
        foreach (var of in late.Select(l => l.CaseId).Distinct()) await cases.FollowAsync(Actor.System("clocks"), of, cancel);
        return late.Count;
    }

    private async Task<Outcome<Question>> CarryAsync(Actor actor, Guid id, QuestionCommand command, CancellationToken cancel)
    {
        var outcome = await store.ChangeAsync<Question>(actor, async change =>
        {
            var found = await change.Db.Set<Question>().SingleOrDefaultAsync(q => q.Id == id, cancel);
            if (found is null || !Sight.Sees(actor, found.Member)) return QuestionRefusal.NotFound;
            return change.Carry(found, QuestionRules.Decide(found, command, actor, change.Now)) is { } refused ? refused : found;
        }, cancel);
        if (outcome.Succeeded) Changed?.Invoke(id);
        return outcome;
    }

    private static IQueryable<Question> Visible(IQueryable<Question> found, Actor actor) =>
        Sight.SeesAll(actor) ? found : actor.Member is { } own ? found.Where(q => q.Member == own) : found.Where(q => false);
}
