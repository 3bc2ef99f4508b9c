using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Cordon.Simulator.Institutions;

namespace Cordon.Simulator.Year;

/// <summary>An institution of the simulated year.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Sector">What kind of institution it is.</param>
/// <param name="Region">The code of the province it stands in.</param>
/// <param name="Units">Its resellers or branches, by the member's own codes; empty where it has none.</param>
public sealed record YearMember(MemberCode Code, ProvinceSector Sector, string Region, ImmutableArray<string> Units);

/// <summary>What a member does once it is called upon to mend.</summary>
public enum YearManner
{
    /// <summary>It mends, then says so.</summary>
    Mends,

    /// <summary>It says so on paper first, and mends after it was refuted.</summary>
    PaperFirst,

    /// <summary>It says so on paper again and again, and never mends.</summary>
    PaperOnly,

    /// <summary>It says nothing until more than a first demand is made.</summary>
    Neglects,

    /// <summary>It mends, and weeks later the loophole is open again; then it mends for good.</summary>
    Relapses,
}

/// <summary>A loophole planted in the year.</summary>
/// <param name="Duty">The duty that fails, by its id in the pack.</param>
/// <param name="Member">Whose loophole.</param>
/// <param name="Unit">The reseller or branch where it is; null where all of the member is open.</param>
/// <param name="FaultsPerMille">How often the duty fails while it is open, for each thousand occasions.</param>
/// <param name="FromDay">The day on which it opens, from 0.</param>
/// <param name="Manner">What the member does about it.</param>
public sealed record YearLoophole(string Duty, MemberCode Member, string? Unit, int FaultsPerMille, int FromDay, YearManner Manner);

/// <summary>Days in which a loophole was open.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The first on which it was mended; null while it is not.</param>
public sealed record YearSpan(int From, int? To);

/// <summary>What an order of the year asks.</summary>
public enum YearOrderKind
{
    /// <summary>To stop an account.</summary>
    Stop,

    /// <summary>To answer where money went in a pool.</summary>
    Enquiry,

    /// <summary>To pay money back.</summary>
    Return,
}

/// <summary>An order with its answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it asks.</param>
/// <param name="Member">Who was ordered.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="DueAt">By when it had to be answered.</param>
/// <param name="AnsweredAt">When it was; null where never.</param>
/// <param name="EndedAt">When it was withdrawn before anything was owed; null where it was not.</param>
public sealed record YearOrder(string Id, YearOrderKind Kind, MemberCode Member, Instant IssuedAt, Instant DueAt, Instant? AnsweredAt, Instant? EndedAt);

/// <summary>What happened on one day.</summary>
/// <param name="From">The day's first instant.</param>
/// <param name="Signals">What members told, in the order of telling.</param>
/// <param name="Orders">The orders whose answer is known by the day's end, or that are overdue.</param>
public sealed record YearDay(Instant From, ImmutableArray<Signal> Signals, ImmutableArray<YearOrder> Orders);
