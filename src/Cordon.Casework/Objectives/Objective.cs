using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Objectives;

/// <summary>What kind of unit answers for an objective; in the order of levels from the top.</summary>
public enum OwnerKind
{
    /// <summary>The centre.</summary>
    Centre,

    /// <summary>A region; its government answers.</summary>
    Region,

    /// <summary>A member.</summary>
    Member,

    /// <summary>A reseller or branch of a member.</summary>
    Unit,
}

/// <summary>Who answers for an objective.</summary>
/// <param name="Kind">What kind of unit.</param>
/// <param name="Code">The region's or member's code; empty for the centre.</param>
/// <param name="Unit">The member's own code of the reseller or branch; null for other kinds.</param>
public sealed record ObjectiveOwner(OwnerKind Kind, string Code, string? Unit)
{
    private const string RegionPrefix = "region:";
    private const string MemberPrefix = "member:";
    private const string UnitPrefix = "unit:";
    private const int MostCode = 64;

    /// <summary>The centre.</summary>
    public static ObjectiveOwner Centre { get; } = new(OwnerKind.Centre, "", null);

    /// <summary>The member that answers, of a member or one of its units; null for others.</summary>
    public MemberCode? Member => Kind is OwnerKind.Member or OwnerKind.Unit ? MemberCode.Parse(Code) : null;

    /// <summary>Who acts for it: a reseller or branch has no clerks of its own, its member answers.</summary>
    public (OwnerKind Kind, string Code) Party => (Kind == OwnerKind.Unit ? OwnerKind.Member : Kind, Code);

    /// <summary>Reads <c>centre</c>, <c>region:33</c>, <c>member:bank-a</c> or <c>unit:bank-a/b7</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ObjectiveOwner? owner)
    {
        owner = null;
        if (text is null) return false;
        if (text == "centre") owner = Centre;
        else if (text.StartsWith(RegionPrefix, StringComparison.Ordinal) && text[RegionPrefix.Length..] is { Length: >= 1 and <= MostCode } region) owner = new ObjectiveOwner(OwnerKind.Region, region, null);
        else if (text.StartsWith(MemberPrefix, StringComparison.Ordinal) && MemberCode.TryParse(text.AsSpan(MemberPrefix.Length), out var member)) owner = new ObjectiveOwner(OwnerKind.Member, member.ToString(), null);
        else if (text.StartsWith(UnitPrefix, StringComparison.Ordinal) && text[UnitPrefix.Length..].Split('/', 2) is [var of, { Length: >= 1 and <= MostCode } unit] && MemberCode.TryParse(of, out var parent))
            owner = new ObjectiveOwner(OwnerKind.Unit, parent.ToString(), unit);
        return owner is not null;
    }

    /// <summary>As it is read.</summary>
    public override string ToString() => Kind switch
    {
        OwnerKind.Centre => "centre",
        OwnerKind.Region => RegionPrefix + Code,
        OwnerKind.Member => MemberPrefix + Code,
        _ => $"{UnitPrefix}{Code}/{Unit}",
    };
}

/// <summary>Through which levels an objective is decomposed by itself.</summary>
/// <param name="Regions">Whether each province in which somebody is to keep it gets a part.</param>
/// <param name="Cities">Whether each city does, below its province.</param>
/// <param name="Sector">Whose members get the parts below.</param>
/// <param name="Units">Whether each reseller or branch of a member gets a part of the member's.</param>
public sealed record Decomposition(bool Regions, bool Cities, Members.Sector Sector, bool Units);

/// <summary>One objective of a plan.</summary>
/// <param name="Id">Its id in the plan; parts that were made by themselves are <c>parent/owner</c>.</param>
/// <param name="Parent">The objective above; null for the one at the top.</param>
/// <param name="Title">What is to be reached.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Weight">Its share in the objective above, per mille; the parts of one objective are 1,000 together. 1,000 at the top.</param>
/// <param name="Due">The first instant after the day by which it is to be reached.</param>
/// <param name="Measure">What measures it; null where its parts do.</param>
/// <param name="AtLeastPerMillion">Of a share: what is to be kept at least, parts of a million.</param>
/// <param name="AtMost">Of a count: how often at most.</param>
/// <param name="Each">How it is decomposed by itself; null where it is not.</param>
/// <param name="Duties">The duties of the pack that it carries.</param>
public sealed record Objective(
    string Id, string? Parent, Wording Title, ObjectiveOwner Owner, int Weight, Instant Due, string? Measure, int? AtLeastPerMillion, long? AtMost, Decomposition? Each,
    ImmutableArray<string> Duties);

/// <summary>Days of delay and of answers; each cites its source in the pack.</summary>
/// <param name="RemindDays">Days before the due day on which the owner is reminded.</param>
/// <param name="EscalateDays">Days after it on which the level above is told.</param>
/// <param name="AgendaDays">Days after it on which it is on the agenda of the conference; not before it was escalated.</param>
/// <param name="AnswerDays">Days that each level has to answer a difficulty.</param>
/// <param name="LeastOccasions">A share of fewer occasions says nothing.</param>
public sealed record ObjectiveTerms(int RemindDays, int EscalateDays, int AgendaDays, int AnswerDays, int LeastOccasions);
