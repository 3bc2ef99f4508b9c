using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>Where a trace begins.</summary>
public abstract record TraceSeed;

/// <summary>The money of one transfer that is in the graph.</summary>
/// <param name="Member">The member that told of the transfer.</param>
/// <param name="Transfer">Its id.</param>
public sealed record TransferSeed(MemberCode Member, SignalId Transfer) : TraceSeed;

/// <summary>The first money that came into an account at or after an instant, up to an amount: for reports that name no transfer.</summary>
/// <param name="Account">The account that received it.</param>
/// <param name="At">From when on.</param>
/// <param name="Amount">How much of it was stolen.</param>
public sealed record AccountSeed(AccountNumber Account, Instant At, Amount Amount) : TraceSeed;

/// <summary>How far a trace may go. Where a bound is met the result says so and the money there is counted as not followed.</summary>
/// <param name="MaxDepth">Transfers one after another, 1 to 1,000.</param>
/// <param name="MaxFlows">Flows in all, 1 to 10,000,000; a transfer that stolen money enters in several pieces counts once a piece. Seeds are always followed.</param>
/// <param name="MaxAccountTransfers">Transfers of one account, later ones included; an account with more is a hub and is not looked into.</param>
public sealed record TraceBounds(int MaxDepth = 32, int MaxFlows = 200_000, int MaxAccountTransfers = 1_000_000)
{
    /// <summary>The bounds used where none are asked for.</summary>
    public static TraceBounds Default { get; } = new();
}

/// <summary>What to trace.</summary>
/// <param name="Seeds">Where from; all in one currency. A transfer named twice counts once.</param>
/// <param name="Until">Transfers later than this are not looked at.</param>
/// <param name="Bounds">How far.</param>
/// <param name="Method">By which rule mixed money is told apart.</param>
public sealed record TraceRequest(
    ImmutableArray<TraceSeed> Seeds, Instant Until, TraceBounds Bounds, AttributionMethod Method = AttributionMethod.Fifo);

/// <summary>Where money is at the end of a trace. Every minor unit of the seeds is in exactly one.</summary>
public enum TraceOutcome
{
    /// <summary>In an account of a member in sight.</summary>
    Held,

    /// <summary>In a payment institution's pooled account: without a reference, or not seen to leave under it.</summary>
    Pool,

    /// <summary>Taken out as cash.</summary>
    CashedOut,

    /// <summary>Paid to a merchant or other third party that gave something for it.</summary>
    Spent,

    /// <summary>Gone to a member that is not connected, to an unnamed party, or abroad.</summary>
    LostFromSight,

    /// <summary>Back in the account it was stolen from.</summary>
    Returned,

    /// <summary>In an account where a bound of the trace was met.</summary>
    NotFollowed,

    /// <summary>Turned into virtual currency.</summary>
    VirtualCurrency,
}

/// <summary>Stolen money inside one transfer.</summary>
/// <param name="Member">The member that told of the transfer.</param>
/// <param name="Transfer">Its id.</param>
/// <param name="From">The account debited; null from outside.</param>
/// <param name="To">The account credited; null to outside.</param>
/// <param name="At">When.</param>
/// <param name="Means">How.</param>
/// <param name="Amount">The whole transfer.</param>
/// <param name="Stolen">How much of it is the seeds' money, minor units, above zero.</param>
/// <param name="Layer">1 for the seeds, 2 for transfers out of the accounts they reached, and so on: the smallest that applies.</param>
public sealed record TraceFlow(
    MemberCode Member, SignalId Transfer, AccountNumber? From, AccountNumber? To, Instant At, TransferMeans Means,
    Amount Amount, long Stolen, int Layer);

/// <summary>An account that stolen money reached.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kind">What it is for, as its member told.</param>
/// <param name="Layer">The smallest layer by which money arrived, from 1.</param>
/// <param name="FirstArrival">When the first of it came.</param>
/// <param name="Arrived">How much came in, minor units, money that came round again counted again.</param>
/// <param name="Remains">How much is still there, minor units.</param>
/// <param name="Outcome">What that rest counts as.</param>
public sealed record TraceAccount(
    AccountNumber Account, AccountKind Kind, int Layer, Instant FirstArrival, long Arrived, long Remains, TraceOutcome Outcome);

/// <summary>Money that left the graph by one transfer.</summary>
/// <param name="Flow">The transfer and how much of it was stolen.</param>
/// <param name="Outcome">What that counts as.</param>
public sealed record TraceExit(TraceFlow Flow, TraceOutcome Outcome);

/// <summary>Money that a pool hides: what of a transfer into it has not been seen to leave.</summary>
/// <param name="Pool">The pooled account.</param>
/// <param name="Member">The member that told of the transfer.</param>
/// <param name="Transfer">Its id.</param>
/// <param name="Reference">The order reference of the transfer; null where it has none, and then nothing of it can be seen to leave.</param>
/// <param name="Units">
/// How much, minor units, above zero. By methods that mix, what lies under one reference is told of the first transfer by which stolen money came.
/// </param>
public sealed record TraceHidden(AccountNumber Pool, MemberCode Member, SignalId Transfer, string? Reference, long Units);

/// <summary>What is left of one seed's money in one account.</summary>
/// <param name="Member">The member that told of the seed's transfer.</param>
/// <param name="Transfer">Its id.</param>
/// <param name="Account">Where it is.</param>
/// <param name="Units">How much, minor units, above zero.</param>
public sealed record TraceClaim(MemberCode Member, SignalId Transfer, AccountNumber Account, long Units);

/// <summary>
/// One answer of a trace. The sum over <see cref="Totals"/> is exactly <see cref="Trace.Seeded"/>, and so is that of
/// what remains in the accounts and what left by the exits. By <see cref="AttributionMethod.Poison"/> amounts overlap, and there are no totals.
/// </summary>
/// <param name="Flows">Every transfer with stolen money in it, by layer, then time, then id.</param>
/// <param name="Accounts">Every account reached, by layer, then first arrival, then account.</param>
/// <param name="Exits">Where it left the graph, in the order of the flows.</param>
/// <param name="Totals">Minor units by outcome; an outcome without money is absent.</param>
/// <param name="Cut">Whether a bound was met.</param>
public sealed record TraceAnswer(
    ImmutableArray<TraceFlow> Flows, ImmutableArray<TraceAccount> Accounts, ImmutableArray<TraceExit> Exits,
    ImmutableSortedDictionary<TraceOutcome, long> Totals, bool Cut)
{
    /// <summary>Whose the rests in the accounts are, by seed in the order of the seeds, then account; none by <see cref="AttributionMethod.Poison"/>.</summary>
    public ImmutableArray<TraceClaim> Claims { get; init; } = [];

    /// <summary>What pools hide, by account, then in the order of transfers.</summary>
    public ImmutableArray<TraceHidden> Hidden { get; init; } = [];
}

/// <summary>
/// The flow of stolen money by one method of attribution. Where an account's opening balance is unknown the answer is an interval, given by its two ends:
/// each unknown opening taken as small as its payments allow, and as larger than all of them.
/// </summary>
/// <param name="Seeded">How much was traced: the seeds' distinct minor units, those that flow from one seed into another counted once.</param>
/// <param name="Least">The end with the least money of the holders' own: stolen money goes furthest.</param>
/// <param name="Most">The end with the most: stolen money stays in the first account whose opening is unknown.</param>
/// <param name="Exact">Whether both ends are the same, because no account on the way had an unknown opening.</param>
public sealed record Trace(Amount Seeded, TraceAnswer Least, TraceAnswer Most, bool Exact)
{
    /// <summary>By which rule mixed money was told apart.</summary>
    public AttributionMethod Method { get; init; }
}

/// <summary>Why a trace cannot be made.</summary>
public enum TraceRefusal
{
    /// <summary>No seed was given.</summary>
    NoSeed,

    /// <summary>A seed's transfer is not in the graph.</summary>
    UnknownTransfer,

    /// <summary>A seed's account is not in the graph, or no money came into it at that time.</summary>
    UnknownAccount,

    /// <summary>The seeds are in more than one currency.</summary>
    MixedCurrencies,

    /// <summary>A bound lies outside its limits.</summary>
    BadBounds,

    /// <summary>Every seed's transfer was reversed.</summary>
    Reversed,

    /// <summary>The seeds together are more minor units than 64 bits hold.</summary>
    TooLarge,

    /// <summary>Where money came from is told by FIFO alone: the methods that mix do not say which money left.</summary>
    BackwardByFifoOnly,
}
