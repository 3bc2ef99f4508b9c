using Cordon.Casework.Duties;
using Cordon.Casework.Restrictions;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>
/// Measures how restrictions on people are applied and explained. An opening for a restricted person is an occasion; it is a fault where it is none
/// of those that stay for living and the line or account was used afterwards: what a member asked screening for and then refused is never used.
/// A restriction is told whole each time something of it changed.
/// </summary>
/// <param name="tally">Where it is counted.</param>
internal sealed class RestrictionMeter(ControlTally tally)
{
    private readonly Dictionary<Guid, Told> restrictions = [];
    private readonly Dictionary<PersonToken, List<Told>> ofPerson = [];
    private readonly Dictionary<PhoneNumber, Opening> lines = [];
    private readonly Dictionary<AccountNumber, Opening> accounts = [];
    private readonly PriorityQueue<Guid, Instant> waiting = new();

    /// <summary>Takes a restriction as it stands at an instant.</summary>
    public void Take(RestrictionFact fact, Instant now)
    {
        if (!restrictions.TryGetValue(fact.Id, out var told))
        {
            restrictions.Add(fact.Id, told = new Told(fact));
            if (fact.Person is { } person) Of(person).Add(told);
        }
        told.Fact = fact;
        if (fact.Wrongful) Forget(told);
        Explain(told, now);
    }

    /// <summary>The clock moved: what had to be told by now and was not is a fault.</summary>
    public void Advance(Instant now)
    {
        while (waiting.TryPeek(out var id, out var due) && due < now)
        {
            waiting.Dequeue();
            Explain(restrictions[id], now);
        }
    }

    /// <summary>A line was opened, or came into other hands.</summary>
    /// <param name="told">The fact.</param>
    /// <param name="unit">The reseller.</param>
    /// <param name="held">How many mobile lines the person holds with it, at all operators.</param>
    public void Opened(Subscription told, string? unit, int held)
    {
        lines.Remove(told.Line);
        if (told.Person is not { } person || Running(person, told.At) is not { } under) return;
        var forbidden = told.LineKind switch
        {
            LineKind.Iot or LineKind.Fixed => true,
            LineKind.Broadband => false,
            _ => held > under.Fact.KeptLines,
        };
        if (Count(under, told.Member, unit, told, forbidden) is { } opening) lines[told.Line] = opening;
    }

    /// <summary>An account was opened, or came into other hands.</summary>
    public void Opened(AccountOpening told, string? unit)
    {
        accounts.Remove(told.Account);
        if (told.Person is not { } person || told.AccountKind == AccountKind.Pool || Running(person, told.At) is not { } under) return;
        // Of limited functions a personal account may be; signals do not tell functions, so none of them is a fault.
        var forbidden = told.Account != under.Fact.Keeps && told.AccountKind is not (AccountKind.Personal or AccountKind.Unknown);
        if (Count(under, told.Account.Member, unit, told, forbidden) is { } opening) accounts[told.Account] = opening;
    }

    /// <summary>A line was used, or its facts were told again.</summary>
    public void Used(PhoneNumber line, Instant at)
    {
        if (lines.Count > 0 && lines.TryGetValue(line, out var opening) && Stands(opening, at)) lines.Remove(line);
    }

    /// <summary>An account was used, or its facts were told again.</summary>
    public void Used(AccountNumber account, Instant at)
    {
        if (accounts.Count > 0 && accounts.TryGetValue(account, out var opening) && Stands(opening, at)) accounts.Remove(account);
    }

    private Opening? Count(Told under, MemberCode member, string? unit, Signal told, bool forbidden)
    {
        var places = new List<FaultCount>();
        foreach (var measure in tally.Of(DutyControl.SellerMeasuresBounded))
            if (measure.At(told.At) is { } duty && tally.Place(measure, duty, member, unit) is { } place)
            {
                place.Add(told.At, 1, 0, null);
                places.Add(place);
            }
        if (places.Count == 0) return null;
        var opening = new Opening(under, told.At, ControlTally.RecordOf(told), places);
        under.Openings.Add(opening);
        return forbidden ? opening : null;
    }

    // The fault lies where the account was opened, so that no span has more faults than occasions.
    private static bool Stands(Opening opening, Instant at)
    {
        if (at <= opening.At || at >= opening.Under.Fact.End || opening.Under.Fact.Wrongful) return false;
        opening.Fault = true;
        foreach (var place in opening.Places) place.Add(opening.At, 0, 1, opening.Record);
        return true;
    }

    private static void Forget(Told told)
    {
        foreach (var opening in told.Openings)
            foreach (var place in opening.Places)
                place.Remove(opening.At, 1, opening.Fault ? 1 : 0, opening.Fault ? opening.Record : null);
        told.Openings.Clear();
    }

    private void Explain(Told told, Instant now)
    {
        var record = $"restriction:{told.Fact.Id}";
        foreach (var (place, at, fault) in told.Explained) place.Remove(at, 1, fault ? 1 : 0, fault ? record : null);
        told.Explained.Clear();
        var fact = told.Fact;
        // What was lifted before the notice was due needs none any more.
        Judge(told, fact.Authority, fact.From, fact.From + fact.ServeWithin, fact.ServedAt, fact.LiftedAt, now, record);
        if (fact.LiftedAt is not { } lifted) return;
        foreach (var member in fact.Members)
            if (member.AppliedAt is not null) Judge(told, member.Member, lifted, lifted + fact.ApplyWithin, member.LetGoAt, null, now, record);
    }

    private void Judge(Told told, MemberCode member, Instant at, Instant due, Instant? done, Instant? spared, Instant now, string record)
    {
        bool? fault = done is { } when && when <= now ? when > due : spared <= due && spared <= now ? null : now > due ? true : null;
        if (fault is null && now <= due) waiting.Enqueue(told.Fact.Id, due);
        if (fault is not { } isFault) return;
        foreach (var measure in tally.Of(DutyControl.RestrictionsExplained))
            if (measure.At(at) is { } duty && tally.Place(measure, duty, member, null) is { } place)
            {
                place.Add(at, 1, isFault ? 1 : 0, isFault ? record : null);
                told.Explained.Add((place, at, isFault));
            }
    }

    // Members have their time to apply it before an opening counts.
    private Told? Running(PersonToken person, Instant at) => !ofPerson.TryGetValue(person, out var all) ? null
        : all.Find(t => !t.Fact.Wrongful && at >= t.Fact.From + t.Fact.ApplyWithin && at < t.Fact.End);

    private List<Told> Of(PersonToken person)
    {
        if (!ofPerson.TryGetValue(person, out var all)) ofPerson.Add(person, all = []);
        return all;
    }

    private sealed class Told(RestrictionFact fact)
    {
        public RestrictionFact Fact { get; set; } = fact;

        public List<Opening> Openings { get; } = [];

        public List<(FaultCount Place, Instant At, bool Fault)> Explained { get; } = [];
    }

    private sealed class Opening(Told under, Instant at, string record, List<FaultCount> places)
    {
        public Told Under => under;

        public Instant At => at;

        public string Record => record;

        public List<FaultCount> Places => places;

        public bool Fault { get; set; }
    }
}
