using System.Collections.Immutable;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases;

/// <summary>Stolen money in an account of a member that can stop it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Minor">How much, minor units; where the trace is an interval, its larger end.</param>
public readonly record struct StoppableMoney(AccountNumber Account, long Minor)
{
    /// <summary>Sums below this are not worth a stop, 100.00 in currencies of two digits. Ours.</summary>
    public const long Least = 100_00;

    /// <summary>Where a trace finds money that an order can stop, the largest sum first.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="keepsMoney">Whether a member is a bank or payment institution.</param>
    public static ImmutableArray<StoppableMoney> In(Trace trace, Func<MemberCode, bool> keepsMoney) =>
    [
        .. trace.Least.Accounts.Concat(trace.Most.Accounts)
            .Where(a => a.Outcome == TraceOutcome.Held && keepsMoney(a.Account.Member))
            // Where the answer is an interval, the larger end is stopped: a stop is for hours and the receipt tells what was there.
            .GroupBy(a => a.Account).Select(g => new StoppableMoney(g.Key, g.Max(a => a.Remains)))
            .Where(a => a.Minor >= Least)
            .OrderByDescending(a => a.Minor).ThenBy(a => a.Account.ToString(), StringComparer.Ordinal),
    ];
}
