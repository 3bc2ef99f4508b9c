using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>What of a report is compared with others.</summary>
/// <param name="Id">The report.</param>
/// <param name="Phone">The victim's number.</param>
/// <param name="Losses">The payments told of.</param>
/// <param name="Memory">How far the times told may be off; see <see cref="ReportDuplicates.UsualMemory"/>.</param>
public sealed record ToldLosses(Guid Id, PhoneNumber? Phone, ImmutableArray<ReportedLoss> Losses, TimeSpan Memory)
{
    /// <summary>Takes them from a report.</summary>
    public static ToldLosses Of(Report report) => new(report.Id, report.Phone, report.Losses, ReportDuplicates.UsualMemory);
}

/// <summary>Why two payments told of in two reports are held for one.</summary>
public enum DuplicateReason
{
    /// <summary>Both name the same transfer of the same member.</summary>
    SameTransfer,

    /// <summary>Both victims have one telephone number; amount and time fit.</summary>
    SamePhone,

    /// <summary>Both were paid from one account; amount and time fit.</summary>
    SamePayer,
}

/// <summary>Two payments, of two reports, that are one loss.</summary>
/// <param name="Other">The other report.</param>
/// <param name="Loss">Which payment of this report, from 0.</param>
/// <param name="OtherLoss">Which of the other, from 0.</param>
/// <param name="Reasons">Why, the strongest first.</param>
/// <param name="Apart">How far the two times told lie apart.</param>
public sealed record DuplicateLoss(Guid Other, int Loss, int OtherLoss, ImmutableArray<DuplicateReason> Reasons, TimeSpan Apart);

/// <summary>Finds losses that were reported twice: by the victim again, by a relative, by the bank. It proposes; it merges nothing.</summary>
public static class ReportDuplicates
{
    /// <summary>How far a victim's memory of a time may be off where nothing else is known. Ours, as for the matching of losses.</summary>
    public static readonly TimeSpan UsualMemory = TimeSpan.FromHours(12);

    /// <summary>
    /// The payments of a report that others tell of too, by report in the order given. A payment is paired with one of another
    /// report at most, so that two equal payments of one day reported twice are two losses and not one.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="others">Reports to compare with; the report itself among them is passed over.</param>
    public static ImmutableArray<DuplicateLoss> Of(ToldLosses report, IEnumerable<ToldLosses> others)
    {
        var found = ImmutableArray.CreateBuilder<DuplicateLoss>();
        foreach (var other in others)
            if (other.Id != report.Id) found.AddRange(Pairs(report, other));
        return found.ToImmutable();
    }

    private static IEnumerable<DuplicateLoss> Pairs(ToldLosses report, ToldLosses other)
    {
        var samePhone = report.Phone is { } phone && other.Phone == phone;
        var memory = report.Memory > other.Memory ? report.Memory : other.Memory;
        var possible = new List<DuplicateLoss>();
        for (var i = 0; i < report.Losses.Length; i++)
            for (var j = 0; j < other.Losses.Length; j++)
            {
                var (mine, theirs) = (report.Losses[i], other.Losses[j]);
                var reasons = Reasons(mine, theirs, samePhone, memory);
                if (!reasons.IsEmpty) possible.Add(new DuplicateLoss(other.Id, i, j, reasons, (mine.At - theirs.At).Duration()));
            }
        var (used, usedOther) = (new HashSet<int>(), new HashSet<int>());
        return possible.OrderBy(p => p.Reasons[0] != DuplicateReason.SameTransfer).ThenBy(p => p.Apart).ThenBy(p => p.Loss).ThenBy(p => p.OtherLoss)
            .Where(p => !usedOther.Contains(p.OtherLoss) && used.Add(p.Loss) && usedOther.Add(p.OtherLoss)).ToList().OrderBy(p => p.Loss);
    }

    private static ImmutableArray<DuplicateReason> Reasons(ReportedLoss mine, ReportedLoss theirs, bool samePhone, TimeSpan memory)
    {
        var reasons = ImmutableArray.CreateBuilder<DuplicateReason>();
        var (receipt, otherReceipt) = (Receipt(mine), Receipt(theirs));
        if (receipt is not null && receipt == otherReceipt) reasons.Add(DuplicateReason.SameTransfer);
        // Two receipts are two payments, and so are two payees, however much else is alike.
        else if ((receipt is not null && otherReceipt is not null && receipt.Value.Member == otherReceipt.Value.Member)
            || (mine.Payee is { } payee && theirs.Payee is { } otherPayee && payee != otherPayee)
            || (mine.Payer is { } from && theirs.Payer is { } otherFrom && from != otherFrom)) return [];
        if (mine.Amount != theirs.Amount || (mine.At - theirs.At).Duration() > memory) return reasons.ToImmutable();
        if (samePhone) reasons.Add(DuplicateReason.SamePhone);
        if (mine.Payer is { } payer && theirs.Payer == payer) reasons.Add(DuplicateReason.SamePayer);
        return reasons.ToImmutable();
    }

    private static (MemberCode Member, SignalId Id)? Receipt(ReportedLoss loss) =>
        loss.Transfer is { } id && (loss.Member ?? loss.Payer?.Member) is { } member ? (member, id) : null;
}
