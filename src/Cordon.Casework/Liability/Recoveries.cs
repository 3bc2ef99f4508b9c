using Cordon.Casework.Duties;

namespace Cordon.Casework.Liability;

/// <summary>What was won back of a loss.</summary>
internal static class Recoveries
{
    /// <summary>Says how it is shared.</summary>
    /// <returns>How much was won back, minor units.</returns>
    public static long Say(LiabilityDraft draft, string zh, string en, DutySource source)
    {
        if (draft.Facts.Recovered is not { Amount.Minor: > 0 } recovered) return 0;
        draft.Say($"已追回{recovered.Amount}，{zh}。", $"{recovered.Amount} was won back; it is {en}.", [source], ["facts:recovered", .. recovered.Evidence]);
        return recovered.Amount.Minor;
    }
}
