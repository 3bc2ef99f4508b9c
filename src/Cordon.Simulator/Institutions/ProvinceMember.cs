using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Simulator.Institutions;

/// <summary>What kind of institution a member is.</summary>
public enum ProvinceSector
{
    /// <summary>A telephone operator with a network of its own.</summary>
    Telecom,

    /// <summary>An operator on another's network (MVNO).</summary>
    VirtualOperator,

    /// <summary>A bank.</summary>
    Bank,

    /// <summary>A payment institution, with wallets and a pooled account.</summary>
    PaymentInstitution,

    /// <summary>An internet platform.</summary>
    Platform,

    /// <summary>The police.</summary>
    Police,

    /// <summary>A regulator of a sector.</summary>
    Regulator,

    /// <summary>The government of a region.</summary>
    Government,

    /// <summary>The joint office itself.</summary>
    JointOffice,
}

/// <summary>How far up a region stands.</summary>
public enum RegionLevel
{
    /// <summary>A province.</summary>
    Province,

    /// <summary>A city.</summary>
    City,

    /// <summary>A county.</summary>
    County,
}

/// <summary>A region of the tree; all names are invented.</summary>
/// <param name="Code">Its code, the parent's code first.</param>
/// <param name="Level">Province, city or county.</param>
/// <param name="Parent">The region above; null for the province.</param>
/// <param name="Name">In English.</param>
/// <param name="NameZh">In Chinese.</param>
public sealed record ProvinceRegion(string Code, RegionLevel Level, string? Parent, string Name, string NameZh);

/// <summary>A reseller or branch of a member.</summary>
/// <param name="Code">The member's own code for it, as subscriptions and openings carry it.</param>
/// <param name="Region">The county it stands in.</param>
/// <param name="Name">In English.</param>
/// <param name="NameZh">In Chinese.</param>
public sealed record ProvinceAgent(string Code, string Region, string Name, string NameZh);

/// <summary>A named responsible officer of a member.</summary>
/// <param name="Role"><c>principal</c>, <c>inCharge</c> or <c>direct</c>.</param>
/// <param name="Name">In English.</param>
/// <param name="NameZh">In Chinese.</param>
public sealed record ProvinceOfficer(string Role, string Name, string NameZh);

/// <summary>An institution of the province; all names are invented.</summary>
/// <param name="Code">Its member code.</param>
/// <param name="Sector">What it is.</param>
/// <param name="Region">Where it answers.</param>
/// <param name="Name">In English.</param>
/// <param name="NameZh">In Chinese.</param>
/// <param name="Connected">Whether it tells signals to the joint centre. What happens inside one that does not is lost from sight.</param>
/// <param name="Host">The operator whose network a virtual operator uses.</param>
/// <param name="Agents">Its resellers or branches.</param>
/// <param name="Officers">Who answers for it.</param>
public sealed record ProvinceMember(
    MemberCode Code, ProvinceSector Sector, string Region, string Name, string NameZh, bool Connected, MemberCode? Host,
    ImmutableArray<ProvinceAgent> Agents, ImmutableArray<ProvinceOfficer> Officers);
