using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>What a member has many of.</summary>
internal enum Holding
{
    Line,
    Account,
}

/// <summary>How many lines and accounts members have told of, by when each was told of first. It is how large a member is, for figures by ten thousand.</summary>
/// <param name="offset">The jurisdiction's clock.</param>
internal sealed class HoldingCount(TimeSpan offset)
{
    private readonly Dictionary<(Holding Of, MemberCode Member), FaultCount> counts = [];

    public void Add(Holding of, MemberCode member, Instant at)
    {
        if (!counts.TryGetValue((of, member), out var count)) counts.Add((of, member), count = new FaultCount(offset));
        count.Add(at, 1, 0, null);
    }

    public ImmutableSortedDictionary<MemberCode, long> Before(Holding of, Instant before) => counts.Where(c => c.Key.Of == of)
        .ToImmutableSortedDictionary(c => c.Key.Member, c => c.Value.Sum(Instant.Min, before).Occasions, Comparer<MemberCode>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString())));

    public void Fold(Instant now)
    {
        foreach (var count in counts.Values) count.Fold(now);
    }
}

/// <summary>What was counted of a member under a duty in a span.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="Control">What measures it.</param>
/// <param name="Member">The member.</param>
/// <param name="Occasions">Occasions.</param>
/// <param name="Faults">Faults.</param>
/// <param name="Records">Records of the faults, the oldest first; of many, the first of them.</param>
/// <param name="Unit">The reseller or branch; null for the member as a whole.</param>
internal sealed record ControlCount(string Duty, DutyControl Control, MemberCode Member, long Occasions, long Faults, ImmutableArray<string> Records, string? Unit = null);

/// <summary>What was counted in a period.</summary>
/// <param name="Counts">By duty and member.</param>
/// <param name="Units">By duty, member and unit.</param>
/// <param name="Lines">Lines each member had told of before the period's end.</param>
/// <param name="Accounts">Accounts each member had told of before the period's end, pools apart.</param>
/// <param name="Sequence">The journal's sequence up to which signals are counted.</param>
/// <param name="Behind">Records of the journal that are not counted yet.</param>
internal sealed record ControlPeriod(
    ImmutableArray<ControlCount> Counts, ImmutableArray<ControlCount> Units, ImmutableSortedDictionary<MemberCode, long> Lines, ImmutableSortedDictionary<MemberCode, long> Accounts, long Sequence, long Behind);
