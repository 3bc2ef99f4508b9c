using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>Where money that is followed backwards came from in the end.</summary>
public enum TraceOrigin
{
    /// <summary>It lay in the account before its first transfer told of.</summary>
    OpeningBalance,

    /// <summary>More left the account than was told to have come in.</summary>
    Unexplained,

    /// <summary>Paid in as cash.</summary>
    Cash,

    /// <summary>From a merchant's takings.</summary>
    Merchant,

    /// <summary>From a payment institution's pooled account.</summary>
    Pool,

    /// <summary>From a member that is not connected, from an unnamed party or from abroad.</summary>
    OutOfSight,

    /// <summary>From an account where a bound of the trace was met.</summary>
    NotFollowed,
}

/// <summary>Money of a backward trace that goes no further back.</summary>
/// <param name="Account">Where it came from; null from outside.</param>
/// <param name="Origin">As what.</param>
/// <param name="Units">How much, minor units, above zero.</param>
public sealed record TraceSource(AccountNumber? Account, TraceOrigin Origin, long Units);

/// <summary>One answer of a backward trace. The sources add up to what was traced.</summary>
/// <param name="Flows">Every transfer that fed the seeds, by layer, then time, then id; <see cref="TraceFlow.Stolen"/> is how much of it did. Layer 1 are the seeds.</param>
/// <param name="Sources">Where the money came from in the end, by account, then origin.</param>
/// <param name="Cut">Whether a bound was met.</param>
public sealed record BackTraceAnswer(ImmutableArray<TraceFlow> Flows, ImmutableArray<TraceSource> Sources, bool Cut);

/// <summary>
/// Who paid into an account, and who paid them, by FIFO. Where an account's opening balance is unknown the answer is an interval as that of a forward trace.
/// Money that came round in a ring is counted each time it came.
/// </summary>
/// <param name="Traced">How much was traced: the seeds.</param>
/// <param name="Least">The end with the least money of the holders' own: it came from furthest.</param>
/// <param name="Most">The end with the most: it came out of the first opening balance that is unknown.</param>
/// <param name="Exact">Whether both ends are the same.</param>
public sealed record BackTrace(Amount Traced, BackTraceAnswer Least, BackTraceAnswer Most, bool Exact);
