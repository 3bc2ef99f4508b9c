using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// The order of signals of one kind by what they tell: event time, then member, then id.
/// It does not depend on arrival, so neither do the registers that use it.
/// </summary>
internal static class SignalOrder
{
    public static int Compare(Signal left, Signal right)
    {
        var byTime = left.At.CompareTo(right.At);
        if (byTime != 0) return byTime;
        var byMember = string.CompareOrdinal(left.Member.ToString(), right.Member.ToString());
        return byMember != 0 ? byMember : string.CompareOrdinal(left.Id.Text, right.Id.Text);
    }
}
