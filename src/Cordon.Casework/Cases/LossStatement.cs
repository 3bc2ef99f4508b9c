using System.Collections.Immutable;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases;

/// <summary>
/// Where the money of a case is, to the last minor unit. Every unit of <see cref="Reported"/> is in exactly
/// one of the other places.
/// </summary>
/// <param name="Reported">What was stolen by transfers that the signals show.</param>
/// <param name="HeldFree">In accounts of members in sight, not stopped: can still move.</param>
/// <param name="HeldStopped">In accounts of members in sight, held under an order.</param>
/// <param name="InPool">In a payment institution's pool, its way on awaiting an answer.</param>
/// <param name="CashedOut">Taken out as cash.</param>
/// <param name="Spent">Paid to a merchant or another third party that gave something for it.</param>
/// <param name="LostFromSight">Gone to a member not connected, an unnamed party or abroad, turned into virtual currency, or beyond a bound of the trace.</param>
/// <param name="Returned">Back with the victim.</param>
public sealed record LossPlaces(
    long Reported, long HeldFree, long HeldStopped, long InPool, long CashedOut, long Spent, long LostFromSight, long Returned)
{
    /// <summary>Nothing anywhere.</summary>
    public static LossPlaces Empty { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The sum of all places; equal to <see cref="Reported"/>, or there is a bug.</summary>
    public long Sum => HeldFree + HeldStopped + InPool + CashedOut + Spent + LostFromSight + Returned;

    /// <summary>Place by place.</summary>
    public static LossPlaces operator +(LossPlaces a, LossPlaces b) => new(
        a.Reported + b.Reported, a.HeldFree + b.HeldFree, a.HeldStopped + b.HeldStopped, a.InPool + b.InPool,
        a.CashedOut + b.CashedOut, a.Spent + b.Spent, a.LostFromSight + b.LostFromSight, a.Returned + b.Returned);
}

/// <summary>Where the money of a case is, for both ends of a trace.</summary>
/// <param name="Least">With unknown opening balances as small as they can be.</param>
/// <param name="Most">With unknown opening balances larger than all payments.</param>
/// <param name="Exact">Whether both are the same because no unknown opening lies on the way.</param>
/// <param name="Cut">Whether a bound of the trace was met; what lies beyond it counts as lost from sight.</param>
public sealed record LossStatement(LossPlaces Least, LossPlaces Most, bool Exact, bool Cut)
{
    /// <summary>No money.</summary>
    public static LossStatement Empty { get; } = new(LossPlaces.Empty, LossPlaces.Empty, true, false);

    /// <summary>Sorts a trace's money by place.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="held">What is held under orders by account, minor units, as far as it is this case's to count.</param>
    public static LossStatement From(Trace trace, IReadOnlyDictionary<AccountNumber, long> held) =>
        new(Places(trace.Seeded.Minor, trace.Least, held), Places(trace.Seeded.Minor, trace.Most, held), trace.Exact, trace.Least.Cut || trace.Most.Cut);

    private static LossPlaces Places(long seeded, TraceAnswer answer, IReadOnlyDictionary<AccountNumber, long> held)
    {
        // A hold also stops the holder's own money: only what the trace finds in the account counts as stolen and stopped.
        var stopped = answer.Accounts
            .Where(a => a.Outcome == TraceOutcome.Held)
            .Sum(a => Math.Min(a.Remains, held.GetValueOrDefault(a.Account)));
        long Total(TraceOutcome outcome) => answer.Totals.GetValueOrDefault(outcome);
        return new LossPlaces(
            seeded, Total(TraceOutcome.Held) - stopped, stopped, Total(TraceOutcome.Pool), Total(TraceOutcome.CashedOut),
            Total(TraceOutcome.Spent), Total(TraceOutcome.LostFromSight) + Total(TraceOutcome.NotFollowed) + Total(TraceOutcome.VirtualCurrency), Total(TraceOutcome.Returned));
    }
}
