using System.Collections.Immutable;
using Cordon.Engine.Money;

namespace Cordon.Casework.Restitution;

/// <summary>By which rule held money is divided among victims.</summary>
public enum DivisionMethod
{
    /// <summary>To each what the times of the transfers show to be his, because every way of following it says the same.</summary>
    Direct,

    /// <summary>In proportion to the verified losses, to nobody more than his loss.</summary>
    ProRata,

    /// <summary>As first in, first out follows the money; for comparison.</summary>
    Fifo,

    /// <summary>As the rolling charge follows it; for comparison.</summary>
    RollingCharge,

    /// <summary>As the lowest intermediate balance follows it; for comparison.</summary>
    LowestIntermediateBalance,
}

/// <summary>A victim's claim on a held sum. Amounts are minor units of the ledger's currency.</summary>
/// <param name="Report">The victim's report: one victim, one report in a ledger.</param>
/// <param name="Case">Its case.</param>
/// <param name="LossMinor">The verified loss, above zero: what of the report was found among the signals, less what came back to the victim.</param>
/// <param name="Followed">How much of it lies in the account, by each method of following money.</param>
/// <param name="PaidMinor">How much the victim got back from this sum before.</param>
public sealed record VictimClaim(Guid Report, Guid Case, long LossMinor, ImmutableArray<FollowedMoney> Followed, long PaidMinor);

/// <summary>What one method of following money says of a claim.</summary>
/// <param name="Method">The method.</param>
/// <param name="Minor">How much of the loss lies in the account.</param>
/// <param name="Exact">False where the answer is an interval, because an opening balance on the way is unknown; it then is the end at which money went furthest.</param>
public sealed record FollowedMoney(AttributionMethod Method, long Minor, bool Exact);

/// <summary>What a victim gets.</summary>
/// <param name="Report">The victim's report.</param>
/// <param name="Minor">How much, minor units, 0 or more.</param>
public sealed record VictimShare(Guid Report, long Minor);

/// <summary>A held sum, divided.</summary>
/// <param name="Method">By which rule.</param>
/// <param name="Shares">What each victim gets now, in the order of the claims.</param>
/// <param name="RemainderMinor">What nobody gets: it stays frozen.</param>
/// <param name="Why">Why the method is, or is not, the legal one.</param>
/// <param name="Legal">Whether it is the one that the rules prescribe for these claims.</param>
public sealed record Division(DivisionMethod Method, ImmutableArray<VictimShare> Shares, long RemainderMinor, DivisionReason Why, bool Legal);

/// <summary>Why a method of division applies or does not.</summary>
public enum DivisionReason
{
    /// <summary>Every way of following the money gives every victim the same: rules 41 of 2016, art. 8, items 1 and 2 (S): returned in full. What counts as shown by the times is ours.</summary>
    TimesShowWhose,

    /// <summary>The ways of following it differ, or one of them is an interval, so it is divided in proportion: art. 8, item 3 (S). That nobody gets more than he lost is ours.</summary>
    TimesDoNotShowWhose,

    /// <summary>A direct return is not possible: the ways of following the money differ.</summary>
    NotShownByTimes,

    /// <summary>A proportion is for money of which the times do not show whose it is.</summary>
    ShownByTimes,

    /// <summary>No rule of this jurisdiction prescribes the method; it shows who would gain or lose by it.</summary>
    ForComparison,
}

/// <summary>
/// Divides a held sum among victims by every method, side by side. Pure, exact to the minor unit: shares and remainder add up to the sum.
/// Victims who were paid before keep that; what is due to them now is what their share of the whole exceeds it.
/// </summary>
public static class Divisions
{
    /// <summary>All divisions, the legal one first.</summary>
    /// <param name="heldMinor">What is held now, 0 or more.</param>
    /// <param name="claims">The claims, one a report, in an order that only facts decide.</param>
    /// <exception cref="ArgumentException">A claim has no loss, was paid a negative sum, or stands twice.</exception>
    public static ImmutableArray<Division> Of(long heldMinor, ImmutableArray<VictimClaim> claims)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(heldMinor);
        if (claims.Any(c => c.LossMinor <= 0 || c.PaidMinor < 0) || claims.DistinctBy(c => c.Report).Count() != claims.Length)
            throw new ArgumentException("A victim claims once, a loss above zero.", nameof(claims));
        var shown = !claims.IsEmpty && claims.All(IsShown);
        return
        [
            .. Enum.GetValues<DivisionMethod>().Select(method => Divide(method, heldMinor, claims, shown)).OrderByDescending(d => d.Legal).ThenBy(d => d.Method),
        ];
    }

    /// <summary>Whether every way of following the money says the same of a claim.</summary>
    public static bool IsShown(VictimClaim claim) =>
        claim.Followed.Length > 0 && claim.Followed.All(f => f.Exact && f.Minor == claim.Followed[0].Minor);

    private static Division Divide(DivisionMethod method, long held, ImmutableArray<VictimClaim> claims, bool shown)
    {
        var (legal, why) = method switch
        {
            DivisionMethod.Direct => (shown, shown ? DivisionReason.TimesShowWhose : DivisionReason.NotShownByTimes),
            DivisionMethod.ProRata => (!shown, shown ? DivisionReason.ShownByTimes : DivisionReason.TimesDoNotShowWhose),
            _ => (false, DivisionReason.ForComparison),
        };
        var whole = claims.Aggregate((Int128)held, (sum, c) => sum + c.PaidMinor);
        var wanted = claims.Select(c => Wanted(method, c)).ToArray();
        var due = Share(whole, wanted).Zip(claims, (share, c) => Math.Max(0, share - c.PaidMinor)).ToArray();
        var shares = Share(held, due);
        return new Division(
            method, [.. claims.Zip(shares, (c, minor) => new VictimShare(c.Report, minor))], held - shares.Sum(), why, legal);
    }

    private static long Wanted(DivisionMethod method, VictimClaim claim) => method switch
    {
        DivisionMethod.ProRata => claim.LossMinor,
        DivisionMethod.Direct => Math.Min(claim.LossMinor, claim.Followed.Select(f => f.Minor).DefaultIfEmpty(0).Min()),
        DivisionMethod.Fifo => FollowedBy(claim, AttributionMethod.Fifo),
        DivisionMethod.RollingCharge => FollowedBy(claim, AttributionMethod.RollingCharge),
        _ => FollowedBy(claim, AttributionMethod.LowestIntermediateBalance),
    };

    private static long FollowedBy(VictimClaim claim, AttributionMethod method) =>
        Math.Min(claim.LossMinor, claim.Followed.Where(f => f.Method == method).Select(f => f.Minor).FirstOrDefault());

    /// <summary>
    /// Gives each what is wanted where the sum is enough, else a proportion of the sum: whole units, those left over to the largest remainders,
    /// at equal ones to the earlier. Nobody gets more than is wanted.
    /// </summary>
    internal static long[] Share(Int128 sum, IReadOnlyList<long> wanted)
    {
        Int128 all = 0;
        foreach (var want in wanted) all += want;
        return all <= sum ? [.. wanted] : LargestRemainder.Divide(sum, wanted);
    }
}
