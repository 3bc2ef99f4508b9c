using Cordon.Engine.Signals;

namespace Cordon.Engine.Patterns;

/// <summary>A transfer as the watch for patterns takes it: accounts are numbers that the caller gives out.</summary>
/// <param name="Number">The caller's number of the transfer; alerts name transfers by it.</param>
/// <param name="Payer">The account debited, from 0; <see cref="Outside"/> where it is none.</param>
/// <param name="Payee">The account credited, from 0; <see cref="Outside"/> where it is none.</param>
/// <param name="Minor">Minor units, more than nothing, of the one currency that the watch is for.</param>
/// <param name="At">When it was booked. Transfers of the same instant have no order among them.</param>
/// <param name="Cash">Whether it was paid out in cash.</param>
public readonly record struct PatternTransfer(long Number, int Payer, int Payee, long Minor, Instant At, bool Cash)
{
    /// <summary>A party that is no account: many separate ones, never one.</summary>
    public const int Outside = -1;

    /// <summary>The order in which transfers of one instant are worked off; it is not the order of arrival.</summary>
    internal static int Compare(PatternTransfer a, PatternTransfer b)
    {
        if (a.At != b.At) return a.At.CompareTo(b.At);
        if (a.Payer != b.Payer) return a.Payer.CompareTo(b.Payer);
        if (a.Payee != b.Payee) return a.Payee.CompareTo(b.Payee);
        return a.Minor != b.Minor ? a.Minor.CompareTo(b.Minor) : a.Number.CompareTo(b.Number);
    }
}
