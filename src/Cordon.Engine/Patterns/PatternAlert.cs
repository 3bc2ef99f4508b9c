using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Patterns;

/// <summary>An account of a pattern.</summary>
/// <param name="Account">The caller's number of the account.</param>
/// <param name="Role">What it does there.</param>
public readonly record struct PatternParty(int Account, PartyRole Role);

/// <summary>A pattern that was found, with the part of the graph that it is made of.</summary>
/// <param name="Number">From 1, in the order in which alerts were raised; an alert keeps its number while it grows.</param>
/// <param name="Kind">Its shape.</param>
/// <param name="First">When its earliest transfer was booked.</param>
/// <param name="Last">When its latest was.</param>
/// <param name="Minor">The sum of its transfers in minor units; a sum that passes several accounts counts once for each.</param>
/// <param name="Bits">
/// How surprising it is: the binary logarithm of the odds against meeting it by chance, given the habits of its accounts and
/// of all accounts. An integer arithmetic gives it, the same on every machine.
/// </param>
/// <param name="Parties">Its accounts by number; an account has one role.</param>
/// <param name="Transfers">Its transfers in order of time.</param>
/// <param name="Cut">Whether transfers were left out, because it has more than an alert holds or an account has more than is watched.</param>
/// <param name="Closed">Whether it has stopped growing.</param>
public sealed record PatternAlert(
    long Number, PatternKind Kind, Instant First, Instant Last, long Minor, double Bits,
    ImmutableArray<PatternParty> Parties, ImmutableArray<PatternTransfer> Transfers, bool Cut, bool Closed)
{
    /// <summary>The surprise as a number from 0 to 1: bits / (bits + 8).</summary>
    public double Score => Bits / (Bits + 8);
}
