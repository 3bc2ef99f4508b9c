using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Members;

/// <summary>
/// What an officer answers for. The ladder and the veto name the unit and these three: who heads it, who is in charge of
/// the field, who is directly responsible.
/// </summary>
public enum OfficerRank
{
    /// <summary>Heads the member.</summary>
    Principal,

    /// <summary>Is in charge of work against fraud.</summary>
    InCharge,

    /// <summary>Is directly responsible for it.</summary>
    Direct,
}

/// <summary>A responsible officer of a member, by name.</summary>
/// <param name="Rank">What the officer answers for.</param>
/// <param name="NameZh">The name in Chinese, 1 to 100 characters.</param>
/// <param name="NameEn">The name in English, 1 to 100 characters.</param>
public sealed record Officer(OfficerRank Rank, string NameZh, string NameEn);

/// <summary>A member named its responsible officers; those named before are no longer.</summary>
/// <param name="At">When.</param>
/// <param name="Count">How many.</param>
/// <param name="Officers">All of them.</param>
[EventName("member.officers-named")]
public sealed record OfficersNamed(Instant At, int Count, [property: Personal] IReadOnlyList<Officer> Officers) : MemberEvent(At);

/// <summary>The guards of officers.</summary>
internal static class OfficerRules
{
    private const int Most = 50;
    private const int MostName = 100;

    public static ImmutableArray<Officer> InOrder(IEnumerable<Officer> officers) => [.. officers.OrderBy(o => o.Rank).ThenBy(o => o.NameZh, StringComparer.Ordinal)];

    public static Refusal? Fault(IReadOnlyList<Officer> officers)
    {
        if (officers.Count is 0 or > Most || officers.Count(o => o.Rank == OfficerRank.Principal) != 1) return MemberRefusal.BadOfficers;
        if (officers.DistinctBy(o => (o.Rank, o.NameZh)).Count() != officers.Count) return MemberRefusal.BadOfficers;
        return officers.Any(o => o.NameZh.Trim().Length is 0 or > MostName || o.NameEn.Trim().Length is 0 or > MostName) ? MemberRefusal.BadOfficerName : null;
    }
}
