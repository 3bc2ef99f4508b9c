using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Members;

/// <summary>The façade of the module: who takes part.</summary>
/// <param name="store">The database.</param>
public sealed class MemberRegister(CaseworkStore store)
{
    /// <summary>Enrols a member, or tells its standing facts again; the same facts again change nothing.</summary>
    public Task<Outcome<MemberCode>> EnrolAsync(Actor actor, MemberFacts facts, CancellationToken cancel = default) =>
        store.ChangeAsync<MemberCode>(actor, async change =>
        {
            if (facts.NameEn.Length is 0 or > 200 || facts.NameZh.Length is 0 or > 200) return MemberRefusal.BadName;
            if (await change.Db.Set<Region>().FindAsync([facts.Region], cancel) is null) return MemberRefusal.NoRegion;
            // What the engine cannot take must not get into the outbox, where it would hold up all that comes behind it.
            if (facts.Region.Length is 0 or > 32 || facts.Region.Any(c => c is < '!' or > '~')) return MemberRefusal.BadRegion;
            var member = await change.Db.Set<Member>().FindAsync([facts.Code], cancel);
            // Parameters of rules may differ by region, so screening is told where a member is.
            if (member?.Region != facts.Region) change.Tell(new MemberPlaced(change.NewId(), facts.Code, facts.Region, change.Now));
            var enrolled = new MemberEnrolled(change.Now, facts.Code, facts.NameZh, facts.NameEn, facts.Sector, facts.Region, facts.Connected, facts.Agents);
            if (member is null) change.Begin(new Member(), enrolled);
            else if (!facts.Same(member)) change.Record(member, enrolled);
            return facts.Code;
        }, cancel);

    /// <summary>Names who answers for a member; those named before are no longer. The same names again change nothing.</summary>
    public Task<Outcome<MemberCode>> NameOfficersAsync(Actor actor, MemberCode code, IReadOnlyList<Officer> officers, CancellationToken cancel = default) =>
        store.ChangeAsync<MemberCode>(actor, async change =>
        {
            if (OfficerRules.Fault(officers) is { } fault) return fault;
            var member = await change.Db.Set<Member>().FindAsync([code], cancel);
            if (member is null) return MemberRefusal.NotFound;
            if (!member.Officers.SequenceEqual(OfficerRules.InOrder(officers))) change.Record(member, new OfficersNamed(change.Now, officers.Count, officers));
            return code;
        }, cancel);

    /// <summary>Who answers for a member: for the centre, regulators and administrators, and for the member's own clerks. Null for others and where none has that code.</summary>
    public async Task<IReadOnlyList<Officer>?> OfficersAsync(Actor actor, MemberCode code)
    {
        var sees = Roles.Centre.Any(actor.Is) || actor.Is(Roles.Regulator) || actor.Is(Roles.Administrator) || (actor.Is(Roles.MemberClerk) && actor.Member == code);
        return sees && await FindAsync(code) is { } member ? member.Officers : null;
    }

    /// <summary>All members by sector, then code.</summary>
    public Task<List<Member>> ListAsync() =>
        store.ReadAsync(db => db.Set<Member>().OrderBy(m => m.Sector).ThenBy(m => m.Code).ToListAsync());

    /// <summary>One member; null where none has that code.</summary>
    public Task<Member?> FindAsync(MemberCode code) => store.ReadAsync(db => db.Set<Member>().SingleOrDefaultAsync(m => m.Code == code));
}

/// <summary>The standing facts of a member, as enrolled.</summary>
/// <param name="Code">Its code.</param>
/// <param name="NameZh">Its name in Chinese, 1 to 200 characters.</param>
/// <param name="NameEn">Its name in English, 1 to 200 characters.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="Region">Its region's code in the tree.</param>
/// <param name="Connected">Whether it is connected.</param>
/// <param name="Agents">Its resellers and branches.</param>
public sealed record MemberFacts(
    MemberCode Code, string NameZh, string NameEn, Sector Sector, string Region, bool Connected, IReadOnlyList<Agent> Agents)
{
    internal bool Same(Member m) => (m.NameZh, m.NameEn, m.Sector, m.Region, m.Connected) == (NameZh, NameEn, Sector, Region, Connected)
        && m.Agents.OrderBy(a => a.Code, StringComparer.Ordinal).SequenceEqual(Agents.OrderBy(a => a.Code, StringComparer.Ordinal));
}

internal static class MemberRefusal
{
    public static readonly Refusal NotFound = new("member/not-found", RefusalKind.NotFound, "There is no member with that code.", "List the members.");

    public static readonly Refusal TooManyAgents = new("member/too-many-agents", RefusalKind.Invalid, "A member has at most 10,000 agents.", "Send the agents that sell or open accounts now.");

    public static readonly Refusal NoRegion = new("member/no-region", RefusalKind.AgainstRule, "No region of the tree has that code.", "Tell the region first: POST /regions.");

    public static readonly Refusal BadOfficers = new("member/bad-officers", RefusalKind.Invalid, "A member names 1 to 50 officers, one principal among them, nobody twice at one rank.", "Send all officers, the principal too.");

    public static readonly Refusal BadOfficerName = new("member/bad-officer-name", RefusalKind.Invalid, "An officer has a name in Chinese and in English, 1 to 100 characters each.", "Send both names.");

    public static readonly Refusal BadName = new("member/bad-name", RefusalKind.Invalid, "A member has a name in Chinese and in English, 1 to 200 characters each.", "Send both names.");

    public static readonly Refusal BadRegion = new("member/bad-region", RefusalKind.Invalid, "A member's region is a code of 1 to 32 visible ASCII characters.", "Send region, for example cn-33.");
}
