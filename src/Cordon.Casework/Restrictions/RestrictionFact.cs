using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restrictions;

/// <summary>What controls know of a restriction that came into force.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Person">The person; null where that was erased.</param>
/// <param name="Authority">The authority of its first ground.</param>
/// <param name="From">Since when it is in force.</param>
/// <param name="End">From when on it binds nobody, by time or lifted.</param>
/// <param name="LiftedAt">When it was lifted; null where it was not.</param>
/// <param name="Wrongful">Whether it was lifted on appeal: nobody can be blamed then for having served the person.</param>
/// <param name="Keeps">The account that stays for living.</param>
/// <param name="KeptLines">So many mobile lines stay.</param>
/// <param name="Members">The members that apply it.</param>
/// <param name="ServedAt">When the notice was handed over.</param>
/// <param name="ServeWithin">The time there is for that.</param>
/// <param name="ApplyWithin">The time members have to apply it, or to let go.</param>
internal sealed record RestrictionFact(
    Guid Id, PersonToken? Person, MemberCode Authority, Instant From, Instant End, Instant? LiftedAt, bool Wrongful, AccountNumber? Keeps, int KeptLines,
    ImmutableArray<ReachedMember> Members, Instant? ServedAt, TimeSpan ServeWithin, TimeSpan ApplyWithin)
{
    /// <summary>The fact of a restriction; null of one that never was in force.</summary>
    public static RestrictionFact? Of(Restriction r, RestrictionTerms terms) => r.BeginsAt is not { } from ? null : new RestrictionFact(
        r.Id, PersonToken.TryParse(r.Person, out var person) ? person : null, r.Grounds.First(g => g.ApprovedAt is not null).Authority, from, r.EndedAt!.Value, r.LiftedAt, r.Appeal is not null, r.Keeps,
        terms.Living.Lines, r.Members, r.ServedAt, TimeSpan.FromDays(terms.NoticeDays), TimeSpan.FromHours(terms.ApplyHours));
}
