using System.Collections.Immutable;
using Cordon.Casework.Appeals;
using Cordon.Casework.Cases;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Restrictions;

/// <summary>Which restrictions to list.</summary>
public sealed record RestrictionFilter
{
    /// <summary>Of one state; null for all.</summary>
    public RestrictionState? State { get; init; }

    /// <summary>On one ground of the pack; null for all.</summary>
    public string? Ground { get; init; }

    /// <summary>Of one person, for who may see the token; null for all.</summary>
    public string? Person { get; init; }

    /// <summary>Those that end before an instant; null for all.</summary>
    public Instant? EndsBefore { get; init; }

    /// <summary>Those alone that the asker's member has still to confirm.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>Behind this place; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A restriction with what belongs to it.</summary>
/// <param name="Restriction">The restriction.</param>
/// <param name="Notices">What the person was told, the first first.</param>
/// <param name="Appeals">The appeals against it, the first first.</param>
/// <param name="Sector">The sector of the asker's member; null where it has none.</param>
public sealed record RestrictionFile(Restriction Restriction, ImmutableArray<Notice> Notices, ImmutableArray<Appeal> Appeals, Sector? Sector);

/// <summary>The façade of the module: who is restricted for selling lines and accounts, for how long, and who applies it.</summary>
/// <param name="store">The database.</param>
/// <param name="engine">The engine: it knows whose customer somebody is, and screens by the list.</param>
/// <param name="terms">The terms of the pack.</param>
/// <param name="duties">The pack, for its days and its money.</param>
public sealed class RestrictionDesk(CaseworkStore store, JournaledEngine engine, RestrictionTerms terms, DutyPack duties)
{
    /// <summary>Raised after a restriction changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The terms of the pack.</summary>
    public RestrictionTerms Terms => terms;

    /// <summary>The present instant.</summary>
    public Instant Now => store.Now;

    /// <summary>Puts somebody forward, or adds a ground where the person is restricted already.</summary>
    /// <param name="actor">Police of the level that the ground wants.</param>
    /// <param name="command">Who, on what ground, and what shows it.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Restriction>> ProposeAsync(Actor actor, ProposeRestriction command, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Restriction>(actor, async change =>
        {
            var open = await change.Db.Set<Restriction>().SingleOrDefaultAsync(
                r => r.Person == command.Person && (r.State == RestrictionState.Proposed || r.State == RestrictionState.InForce), cancel);
            if (open is not null && open.StateAt(change.Now) == RestrictionState.Expired && open.Waiting is null)
            {
                change.Record(open, new RestrictionExpired(change.Now));
                await change.Db.SaveChangesAsync(cancel);
                open = null;
            }
            var facts = (await GroundAsync(change, cancel)) with { IsNew = open is null, Holds = Holds(command.Person, command.Keeps), Missing = await MissingAsync(change, command, cancel) };
            var decision = RestrictionRules.Decide(open ?? new Restriction(), command, actor, change.Now, terms, duties.UtcOffset, facts);
            if (decision.Refusal is { } refusal) return refusal;
            var restriction = open ?? new Restriction();
            if (open is null)
            {
                var year = change.Now.ToDateTimeOffset().Year;
                change.Begin(restriction, new RestrictionProposed(change.Now, change.NewId(), $"PR-{year}-{await change.NextNumberAsync($"restriction-{year}"):D6}", command.Person, command.Keeps));
            }
            change.Carry(restriction, decision);
            if (open is null && terms.NoticePrecedes) await RestrictionNotice.GiveAsync(change, restriction, restriction.Waiting!, terms, duties, cancel);
            return restriction;
        }, cancel));

    /// <summary>Carries out a command.</summary>
    public async Task<Outcome<Restriction>> ActAsync(Actor actor, Guid id, RestrictionCommand command, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Restriction>(actor, async change =>
        {
            var found = await change.Db.Set<Restriction>().SingleOrDefaultAsync(r => r.Id == id, cancel);
            if (found is null || !Sees(actor, found)) return RestrictionRefusal.NotFound;
            var (waiting, keeps) = (found.Waiting, found.Keeps);
            var facts = await GroundAsync(change, cancel);
            if (command is KeepForLiving keep) facts = facts with { Holds = Holds(found.Person, keep.Keeps) };
            if (command is TickRestriction) facts = facts with { Customers = await CustomersAsync(change, found, cancel) };
            var decision = RestrictionRules.Decide(found, command, actor, change.Now, terms, duties.UtcOffset, facts);
            if (change.Carry(found, decision) is { } refused) return refused;
            if (decision.Events.Any(e => e is RestrictionApproved)) await ComeIntoForceAsync(change, found, waiting!, cancel);
            if (decision.Events.Any(e => e is RestrictionLifted)) TakeOff(change, found);
            if (decision.Events.Any(e => e is LivingKept)) Keep(change, found, keeps);
            return found;
        }, cancel));

    /// <summary>Restrictions that an actor may see, by their ends: centre, regulators and auditors all, an authority its own, a member those of its customers.</summary>
    public Task<List<Restriction>> ListAsync(Actor actor, RestrictionFilter filter) => store.ReadAsync(async db =>
    {
        var (now, all) = (store.Now, Visible(db.Set<Restriction>(), actor));
        all = filter.State switch
        {
            null => all,
            RestrictionState.InForce => all.Where(r => r.State == RestrictionState.InForce && r.EndsAt > now),
            RestrictionState.Expired => all.Where(r => r.State == RestrictionState.Expired || (r.State == RestrictionState.InForce && r.EndsAt <= now)),
            { } state => all.Where(r => r.State == state),
        };
        if (filter.EndsBefore is { } before) all = all.Where(r => r.EndsAt < before);
        if (filter.Person is { } person) all = SeesTokens(actor) ? all.Where(r => r.Person == person) : all.Where(r => false);
        if (filter.After is { } after) all = all.Where(r => r.Place.CompareTo(after) > 0);
        // Grounds and confirmations stand in columns of JSON: what is asked of them is asked of what was read.
        if (filter.Ground is null && !filter.Unconfirmed) return await all.OrderBy(r => r.Place).Take(filter.Limit).ToListAsync();
        var found = new List<Restriction>();
        await foreach (var restriction in all.OrderBy(r => r.Place).AsAsyncEnumerable())
        {
            if (filter.Ground is { } ground && !restriction.Grounds.Any(g => g.Ground == ground)) continue;
            if (filter.Unconfirmed && !Owes(restriction, actor.Member, now)) continue;
            found.Add(restriction);
            if (found.Count == filter.Limit) break;
        }
        return found;
    });

    /// <summary>One restriction with its notices and appeals; null where there is none or it concerns no customer of the actor's member.</summary>
    public Task<RestrictionFile?> FindAsync(Actor actor, Guid id, CancellationToken cancel = default) => store.ReadAsync(async db =>
    {
        if (await Visible(db.Set<Restriction>(), actor).SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } found) return null;
        var notices = await db.Set<Notice>().Where(n => n.RestrictionId == id).OrderBy(n => n.Number).ToListAsync(cancel);
        var appeals = await db.Set<Appeal>().Where(a => a.RestrictionId == id).OrderBy(a => a.Number).ToListAsync(cancel);
        var own = actor.Member is { } code ? await db.Set<Member>().Where(m => m.Code == code).Select(m => (Sector?)m.Sector).SingleOrDefaultAsync(cancel) : null;
        return new RestrictionFile(found, [.. notices], [.. appeals], own);
    });

    /// <summary>The last notice as a document; null where there is none or the actor may not see it.</summary>
    public async Task<DocumentText?> NoticeAsync(Actor actor, Guid id, CancellationToken cancel = default) =>
        await FindAsync(actor, id, cancel) is { Notices: [.., var last] } ? new DocumentText(last.Number, last.GivenAt, last.TextZh, last.TextEn) : null;

    /// <summary>Whether an actor may see whom a restriction is on: police of the centre, the authority, and members that apply it.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="of">Which restriction.</param>
    public static bool SeesPerson(Actor actor, Restriction of) => SeesTokens(actor) || (actor.Member is { } own && (of.IsOf(own) || of.At(own) is not null));

    /// <summary>Whether an actor may see which account stays for living: besides those, the member where it is.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="of">Which restriction.</param>
    public static bool SeesKept(Actor actor, Restriction of) => SeesTokens(actor) || (actor.Member is { } own && (of.IsOf(own) || of.Keeps?.Member == own));

    /// <summary>Whether an actor may see the grounds with what shows them: not the members that apply it, which are told the ground and the term alone.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="of">Which restriction.</param>
    public static bool SeesEvidence(Actor actor, Restriction of) => Sight.SeesAll(actor) || (actor.Member is { } own && of.IsOf(own));

    /// <summary>The first instant after a day, as the jurisdiction counts its days.</summary>
    public Instant EndOf(DateOnly day) => duties.AtMidnight(day.AddDays(1));

    /// <summary>Notes what ended, and tells members whose customer somebody restricted became.</summary>
    /// <returns>How many restrictions changed.</returns>
    public async Task<int> CheckClocksAsync(CancellationToken cancel = default)
    {
        var running = await store.ReadAsync(db => db.Set<Restriction>().Where(r => r.State == RestrictionState.InForce).OrderBy(r => r.Place).ToListAsync(cancel));
        var members = await store.ReadAsync(db => db.Set<Member>().OrderBy(m => m.Code).ToListAsync(cancel));
        var changed = 0;
        foreach (var one in running)
        {
            if (store.Now < one.EndsAt && CustomersOf(one, members).All(m => one.At(m) is not null)) continue;
            if ((await ActAsync(Actor.System("clocks"), one.Id, new TickRestriction(), cancel)).Succeeded) changed++;
        }
        return changed;
    }

    /// <summary>Lifts a restriction within a change of the appeals' desk, whose appeal was upheld: screening forgets it with the commit.</summary>
    internal static void LiftOnAppeal(Change change, Restriction restriction, Guid appeal, string reason)
    {
        change.Record(restriction, new RestrictionLifted(change.Now, reason, change.Actor.Id, appeal));
        TakeOff(change, restriction);
    }

    /// <summary>Tells those who watch that a restriction changed within a change of another desk's.</summary>
    internal void Tell(Guid id) => Changed?.Invoke(id);

    private async Task ComeIntoForceAsync(Change change, Restriction restriction, GivenGround ground, CancellationToken cancel)
    {
        change.Tell(new ListChanged(change.NewId(), ListName.RestrictedPersons, restriction.Person!, true, change.Now, restriction.EndsAt));
        Keep(change, restriction, null);
        foreach (var member in await CustomersAsync(change, restriction, cancel))
            if (restriction.At(member) is null) change.Record(restriction, new RestrictionReached(change.Now, member, change.Now + TimeSpan.FromHours(terms.ApplyHours)));
        if (!terms.NoticePrecedes || restriction.Grounds.Length > 1) await RestrictionNotice.GiveAsync(change, restriction, ground, terms, duties, cancel);
    }

    private static void Keep(Change change, Restriction restriction, AccountNumber? before)
    {
        if (restriction.Person is null) return;
        if (before is { } old && old != restriction.Keeps) change.Tell(new ListChanged(change.NewId(), ListName.LivingAccounts, old.ToString(), false, change.Now));
        if (restriction.Keeps is { } keeps) change.Tell(new ListChanged(change.NewId(), ListName.LivingAccounts, keeps.ToString(), true, change.Now, restriction.EndsAt));
    }

    private static void TakeOff(Change change, Restriction restriction)
    {
        if (restriction.Person is { } person) change.Tell(new ListChanged(change.NewId(), ListName.RestrictedPersons, person, false, change.Now));
        if (restriction.Keeps is { } keeps) change.Tell(new ListChanged(change.NewId(), ListName.LivingAccounts, keeps.ToString(), false, change.Now));
    }

    private static async Task<RestrictionFacts> GroundAsync(Change change, CancellationToken cancel)
    {
        var members = change.Db.Set<Member>();
        var own = change.Actor.Member is { } code ? await members.SingleOrDefaultAsync(m => m.Code == code, cancel)
            : await members.Where(m => m.Sector == Sector.JointOffice).OrderBy(m => m.Code).FirstOrDefaultAsync(cancel);
        var region = own is null ? null : await change.Db.Set<Region>().FindAsync([own.Region], cancel);
        return new RestrictionFacts(own?.Code, own?.Sector ?? Sector.JointOffice, region?.Level);
    }

    private static async Task<string?> MissingAsync(Change change, ProposeRestriction command, CancellationToken cancel)
    {
        if (command.Evidence.IsDefaultOrEmpty || command.Evidence.Length > RestrictionRules.MostEvidence) return null;
        foreach (var record in command.Evidence)
        {
            var colon = record?.IndexOf(':', StringComparison.Ordinal) ?? -1;
            if (colon < 0 || !Guid.TryParseExact(record![(colon + 1)..], "D", out var id)) continue;
            var there = record[..colon] switch
            {
                "case" => await change.Db.Set<Case>().AnyAsync(c => c.Id == id, cancel),
                "finding" => await change.Db.Set<Finding>().AnyAsync(f => f.Id == id, cancel),
                "order" => await change.Db.Set<Order>().AnyAsync(o => o.Id == id, cancel),
                _ => true,
            };
            if (!there) return record;
        }
        return null;
    }

    private bool Holds(string? person, AccountNumber? keeps) => keeps is not { } account
        || (PersonToken.TryParse(person, out var who) && engine.Read(e => e.Known.Accounts.Find(account) is { } opening && opening.Person == who));

    private async Task<ImmutableArray<MemberCode>> CustomersAsync(Change change, Restriction restriction, CancellationToken cancel) =>
        [.. CustomersOf(restriction, await change.Db.Set<Member>().OrderBy(m => m.Code).ToListAsync(cancel))];

    private List<MemberCode> CustomersOf(Restriction restriction, List<Member> members)
    {
        if (!PersonToken.TryParse(restriction.Person, out var person)) return [];
        var acting = members.FindAll(m => terms.Of(m.Sector).Any()).ConvertAll(m => m.Code);
        return engine.Read(e => acting.FindAll(m => e.Known.Lines.CountOf(person, m) > 0 || e.Known.Accounts.CountOf(person, m) > 0));
    }

    private static bool Owes(Restriction restriction, MemberCode? member, Instant now) => member is { } own && restriction.At(own) is { } standing
        && (restriction.StateAt(now) == RestrictionState.InForce ? standing.AppliedAt is null : standing is { AppliedAt: not null, LetGoAt: null });

    private static bool SeesTokens(Actor actor) => actor.IsCordon || actor.Is(Roles.PoliceOfficer);

    private static bool Sees(Actor actor, Restriction restriction) =>
        Sight.SeesAll(actor) || (actor.Member is { } own && (restriction.IsOf(own) || restriction.At(own) is not null));

    private static IQueryable<Restriction> Visible(IQueryable<Restriction> found, Actor actor)
    {
        if (Sight.SeesAll(actor)) return found;
        if (actor.Member is not { } own) return found.Where(r => false);
        var part = $";{own};";
        return found.Where(r => r.Concerns.Contains(part));
    }

    private Outcome<Restriction> Told(Outcome<Restriction> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.Id);
        return outcome;
    }
}
