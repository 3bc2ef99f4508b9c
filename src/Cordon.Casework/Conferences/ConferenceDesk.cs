using System.Collections.Immutable;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Objectives;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Conferences;

/// <summary>What a conference to be convened is.</summary>
/// <param name="Title">What it is called, 1 to 200 characters.</param>
/// <param name="SitsAt">When it sits.</param>
/// <param name="Place">Where, 1 to 200 characters.</param>
/// <param name="Participants">Who is asked, 2 to 200 enrolled members.</param>
/// <param name="Urgent">Why it cannot wait for the notice, up to 2,000 characters; null where it can.</param>
public sealed record ConveneForm(string Title, Instant SitsAt, string Place, ImmutableArray<MemberCode> Participants, string? Urgent = null);

/// <summary>The façade of the module: joint conferences, from an agenda that the records give to tasks that are followed.</summary>
/// <param name="store">The database.</param>
/// <param name="objectives">What has climbed to the conference.</param>
/// <param name="terms">The rules by which one convened now decides.</param>
/// <param name="duties">The pack, for its days.</param>
public sealed class ConferenceDesk(CaseworkStore store, ObjectiveDesk objectives, ConferenceTerms terms, DutyPack duties)
{
    /// <summary>Raised after a conference changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The rules by which one convened now decides.</summary>
    public ConferenceTerms Terms => terms;

    /// <summary>Convenes a conference with the agenda that the records give.</summary>
    public async Task<Outcome<Conference>> ConveneAsync(Actor actor, ConveneForm form, CancellationToken cancel = default)
    {
        if (!actor.IsPerson || !actor.Is(Roles.Supervisor)) return ConferenceRefusal.NotSupervisor;
        if (!ConferenceRules.IsText(form.Title, ConferenceRules.TitleLength) || !ConferenceRules.IsText(form.Place, ConferenceRules.TitleLength)
            || (form.Urgent is not null && !ConferenceRules.IsText(form.Urgent, 2_000))) return ConferenceRefusal.NoText;
        var asked = form.Participants.IsDefault ? [] : form.Participants.Distinct().ToList();
        if (asked.Count is < 2 or > ConferenceRules.MostParticipants) return ConferenceRefusal.BadParticipants;
        var climbed = await objectives.AgendaAsync(cancel);
        return Told(await store.ChangeAsync<Conference>(actor, async change =>
        {
            if (form.SitsAt < change.Now || (form.Urgent is null && form.SitsAt - change.Now < TimeSpan.FromDays(terms.NoticeDays))) return ConferenceRefusal.TooSoon(terms.NoticeDays);
            var members = await change.Db.Set<Member>().Where(m => asked.Contains(m.Code)).OrderBy(m => m.Code).ToListAsync(cancel);
            if (members.Count != asked.Count) return ConferenceRefusal.BadParticipants;
            var items = await ConferenceAgenda.DraftAsync(change.Db, climbed, members.TrueForAll(m => m.Sector is Sector.Police or Sector.Regulator or Sector.Government or Sector.JointOffice), change.Now, cancel);
            var year = change.Now.ToDateTimeOffset().Year;
            var number = $"C-{year}-{await change.NextNumberAsync($"conference-{year}"):D4}";
            var convened = new Conference();
            change.Begin(convened, new ConferenceConvened(
                change.Now, change.NewId(), number, form.Title.Trim(), form.SitsAt, form.Place.Trim(), form.Urgent, terms,
                [.. members.Select(m => new Participant(m.Code, m.NameZh, m.NameEn, m.Sector))], [.. items], actor.Id));
            return convened;
        }, cancel));
    }

    /// <summary>Carries out a command of a person.</summary>
    public async Task<Outcome<Conference>> ActAsync(Actor actor, Guid id, ConferenceCommand command, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Conference>(actor, async change =>
        {
            var found = await change.Db.Set<Conference>().SingleOrDefaultAsync(c => c.Id == id, cancel);
            if (found is null || !Sees(actor, found)) return ConferenceRefusal.NotFound;
            return change.Carry(found, ConferenceRules.Decide(found, command, actor, change.Now)) is { } refused ? refused : found;
        }, cancel));

    /// <summary>Conferences that an actor may see: centre, regulators and auditors all, a member those that it is asked to; the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Numbers below this one: the cursor of the page before.</param>
    public Task<List<Conference>> ListAsync(Actor actor, int limit = 100, string? before = null) => store.ReadAsync(db =>
    {
        var found = Visible(db.Set<Conference>(), actor);
        if (before is not null) found = found.Where(c => c.Number.CompareTo(before) < 0);
        return found.OrderByDescending(c => c.Number).Take(limit).ToListAsync();
    });

    /// <summary>One conference; null where there is none or the actor is not asked to it.</summary>
    public Task<Conference?> FindAsync(Actor actor, Guid id, CancellationToken cancel = default) =>
        store.ReadAsync(db => Visible(db.Set<Conference>(), actor).SingleOrDefaultAsync(c => c.Id == id, cancel));

    /// <summary>The minutes as a document; null where there is no such conference or the actor is not asked to it.</summary>
    public async Task<DocumentText?> MinutesAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (await FindAsync(actor, id, cancel) is not { } found) return null;
        var names = await store.ReadAsync(db => db.Users.ToDictionaryAsync(p => $"person:{p.Id}", p => p.DisplayName, cancel));
        return ConferenceMinutes.Of(found, duties.UtcOffset, by => names.GetValueOrDefault(by) ?? by);
    }

    /// <summary>The first instant after a day, as the jurisdiction counts its days.</summary>
    public Instant EndOf(DateOnly day) => duties.AtMidnight(day.AddDays(1));

    /// <summary>Notes the tasks whose time ran out; the next agenda has them.</summary>
    /// <returns>How many conferences changed.</returns>
    public async Task<int> CheckClocksAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<Conference>().Where(c => c.NextClock <= now).OrderBy(c => c.Number).Select(c => c.Id).ToListAsync(cancel));
        foreach (var id in due) await ActAsync(Actor.System("clocks"), id, new TickConference(), cancel);
        return due.Count;
    }

    private static bool Sees(Actor actor, Conference found) => Sight.SeesAll(actor) || (actor.Member is { } own && found.Asks(own));

    private static IQueryable<Conference> Visible(IQueryable<Conference> found, Actor actor)
    {
        if (Sight.SeesAll(actor)) return found;
        if (actor.Member is not { } own) return found.Where(c => false);
        var part = $";{own};";
        return found.Where(c => c.Invited.Contains(part));
    }

    private Outcome<Conference> Told(Outcome<Conference> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.Id);
        return outcome;
    }
}
