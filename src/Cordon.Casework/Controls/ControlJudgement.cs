namespace Cordon.Casework.Controls;

/// <summary>
/// Tells a member that errs as often as a control allows from one that errs more. With few occasions a single fault is
/// a high rate and says nothing, so the question is never how high the rate is but how unlikely it would be by chance:
/// the Chernoff bound of the binomial tail, n·KL(observed ‖ allowed) ≥ bar, holds for all sizes and needs no table.
/// </summary>
internal static class ControlJudgement
{
    /// <summary>
    /// A member that errs exactly as often as allowed is called upon by chance in one reading of nine million
    /// (e^-16): hundreds of subjects are read each hour over years. Ours.
    /// </summary>
    public const double AlertBar = 16;

    /// <summary>One reading asked for on purpose, as after a mending, may err once in a thousand (e^-7). Ours.</summary>
    public const double RecheckBar = 7;

    /// <summary>A loophole still open at half its old rate passes for mended once in eight thousand (e^-9). Ours.</summary>
    public const double MendedBar = 9;

    /// <summary>A fault more than this many times as frequent as allowed must have had its chance to show before a control is said to be kept. Ours.</summary>
    public const double Noticeable = 5;

    /// <summary>The chance, 1 in 100 (e^-4.6), that a noticeable loophole stays unseen in a reading that is said to be kept. Ours.</summary>
    public const double KeptBar = 4.6;

    public static ControlVerdict Of(FaultSum sum, double allowed, double bar)
    {
        if (Exceeds(sum, allowed, bar)) return ControlVerdict.Burnt;
        return sum.Occasions * allowed * Noticeable >= KeptBar ? ControlVerdict.Kept : ControlVerdict.TooFew;
    }

    /// <summary>Whether a claim to have mended shows: the faults are within what is allowed, and the old rate would have shown.</summary>
    /// <param name="after">What was counted after the claim.</param>
    /// <param name="before">What was counted when the loophole was found.</param>
    /// <param name="allowed">The allowed rate.</param>
    /// <param name="bar">From when on it is still open.</param>
    public static ControlVerdict OfRecheck(FaultSum after, FaultSum before, double allowed, double bar)
    {
        if (Exceeds(after, allowed, bar)) return ControlVerdict.Burnt;
        // Half the old rate is the least that may be taken for it: a rate found in a bad week tends to overstate.
        var old = Math.Max(before.Rate / 2, allowed);
        return after.Rate < old && after.Occasions * Divergence(after.Rate, old) >= MendedBar ? ControlVerdict.Kept : ControlVerdict.TooFew;
    }

    /// <summary>Whether the rest of a member plainly errs less than half as often as some of its units.</summary>
    public static bool IsOther(FaultSum rest, FaultSum units) =>
        rest.Rate < units.Rate / 2 && rest.Occasions * Divergence(rest.Rate, Math.Min(units.Rate, 1) / 2) >= KeptBar;

    /// <summary>Whether faults are more frequent than a rate, beyond chance.</summary>
    public static bool Exceeds(FaultSum sum, double rate, double bar) => sum.Rate > rate && sum.Occasions * Divergence(Math.Min(sum.Rate, 1), rate) >= bar;

    // Occasions may lag behind faults within a day (cards for things): a rate above one counts as one.
    private static double Divergence(double p, double q) =>
        (p == 0 ? 0 : p * Math.Log(p / q)) + (p == 1 ? 0 : (1 - p) * Math.Log((1 - p) / (1 - q)));
}
