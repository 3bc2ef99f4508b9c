using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>
/// All that a statement of liability is judged by. What nobody told is absent, and absent means unknown, never no.
/// The order of payments, members, answers and records is without meaning.
/// </summary>
public sealed record LiabilityFacts
{
    /// <summary>The case, as people name it.</summary>
    public required string Case { get; init; }

    /// <summary>The instant of judging: questions are due from it, clocks that ran out by it have run out.</summary>
    public required Instant At { get; init; }

    /// <summary>The victim's payments; their sum is the loss.</summary>
    public required ImmutableArray<VictimPayment> Payments { get; init; }

    /// <summary>Who had a part in it, with what is known of their duties.</summary>
    public ImmutableArray<LiableMember> Members { get; init; } = [];

    /// <summary>When the customer told the institution.</summary>
    public ToldAt? Reported { get; init; }

    /// <summary>When the customer's papers were there.</summary>
    public ToldAt? Papers { get; init; }

    /// <summary>Whether the customer ordered the payments.</summary>
    public ShownFact? Authorised { get; init; }

    /// <summary>Whether malicious software made them.</summary>
    public ShownFact? Malware { get; init; }

    /// <summary>Whether the customer took part in the fraud.</summary>
    public ShownFact? FirstPartyFraud { get; init; }

    /// <summary>Whether the customer was grossly negligent.</summary>
    public ShownFact? GrossNegligence { get; init; }

    /// <summary>Whether the customer is vulnerable.</summary>
    public ShownFact? Vulnerable { get; init; }

    /// <summary>What the sending institution leaves with the customer; absent where it leaves nothing.</summary>
    public ShownSum? Excess { get; init; }

    /// <summary>What was won back of the loss; absent where nothing was.</summary>
    public ShownSum? Recovered { get; init; }

    /// <summary>Times in which the clock of the reimbursement was stopped.</summary>
    public ImmutableArray<ClockStop> ClockStops { get; init; } = [];

    /// <summary>Days besides Saturdays and Sundays on which no business is done.</summary>
    public ImmutableArray<DateOnly> Holidays { get; init; } = [];
}

/// <summary>A payment of the victim.</summary>
public sealed record VictimPayment
{
    /// <summary>Its id within the facts.</summary>
    public required string Id { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>How much; more than nothing.</summary>
    public required Amount Amount { get; init; }

    /// <summary>The institution that the victim paid from.</summary>
    public MemberCode? Sending { get; init; }

    /// <summary>The institution that the payment went to.</summary>
    public MemberCode? Receiving { get; init; }

    /// <summary>The records that show it.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];
}

/// <summary>A member with a part in the case.</summary>
public sealed record LiableMember
{
    /// <summary>Its code.</summary>
    public required MemberCode Member { get; init; }

    /// <summary>Its sector.</summary>
    public required Sector Sector { get; init; }

    /// <summary>What is known of its duties; a duty without an answer is unknown.</summary>
    public ImmutableArray<DutyAnswer> Answers { get; init; } = [];
}

/// <summary>Whether a member kept a duty.</summary>
public sealed record DutyAnswer
{
    /// <summary>The duty's id in the pack.</summary>
    public required string Duty { get; init; }

    /// <summary>Kept, breached or unknown.</summary>
    public required Standing Standing { get; init; }

    /// <summary>The moment whose law applies; absent for that of the last payment.</summary>
    public Instant? At { get; init; }

    /// <summary>The link of the chain, where the answer is of one.</summary>
    public string? Link { get; init; }

    /// <summary>What the records show, in a sentence.</summary>
    public Wording? Shows { get; init; }

    /// <summary>The records; needed unless unknown.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];
}

/// <summary>That something is so, or is not.</summary>
public sealed record ShownFact
{
    /// <summary>Whether it is so.</summary>
    public required bool Is { get; init; }

    /// <summary>The records that show it.</summary>
    public required ImmutableArray<string> Evidence { get; init; }
}

/// <summary>When something was told.</summary>
public sealed record ToldAt
{
    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>The records that show it.</summary>
    public required ImmutableArray<string> Evidence { get; init; }
}

/// <summary>A sum and what shows it.</summary>
public sealed record ShownSum
{
    /// <summary>How much.</summary>
    public required Amount Amount { get; init; }

    /// <summary>The records that show it.</summary>
    public required ImmutableArray<string> Evidence { get; init; }
}

/// <summary>A time in which the clock of a reimbursement was stopped, to wait for an answer.</summary>
public sealed record ClockStop
{
    /// <summary>The first day on which it did not run.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The first day on which it ran again; absent while it is stopped.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The records that show it.</summary>
    public required ImmutableArray<string> Evidence { get; init; }
}
