using System.Collections.Immutable;
using Cordon.Casework.Reports;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases;

/// <summary>Finds the transfers that a victim tells of among the signals.</summary>
public static class LossMatch
{
    /// <summary>How far a victim's memory of the time may be off where there is no receipt number. Ours.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(12);

    /// <summary>The transfers found, each with the index of its loss. A transfer is given to one loss only.</summary>
    /// <param name="graph">The transfers.</param>
    /// <param name="losses">What the victim tells.</param>
    /// <param name="others">Transfers of other reports that a clerk said are not meant here; a receipt number stands against that. Null for none.</param>
    public static ImmutableArray<(int Loss, TransferFacts Transfer)> Find(MoneyGraph graph, ImmutableArray<ReportedLoss> losses, IEnumerable<(MemberCode Member, SignalId Id)>? others = null)
    {
        var found = ImmutableArray.CreateBuilder<(int, TransferFacts)>();
        HashSet<(MemberCode, SignalId)> taken = [.. others ?? []];
        for (var i = 0; i < losses.Length; i++)
        {
            // What a clerk ruled out for memory is no hindrance to a receipt; what another loss of the report has is.
            if ((ByReceipt(graph, losses[i]) ?? ByMemory(graph, losses[i], taken)) is not { } transfer || found.Any(f => (f.Item2.Member, f.Item2.Id) == (transfer.Member, transfer.Id))) continue;
            found.Add((i, transfer));
            taken.Add((transfer.Member, transfer.Id));
        }
        return found.ToImmutable();
    }

    private static TransferFacts? ByReceipt(MoneyGraph graph, ReportedLoss loss)
    {
        if (loss.Transfer is not { } id || (loss.Member ?? loss.Payer?.Member) is not { } member) return null;
        // A receipt number with another amount is a slip of the pen or a trick: a clerk has to look, so it does not match by itself.
        return graph.TryGetTransfer(member, id, out var transfer) && transfer.Amount == loss.Amount ? transfer : null;
    }

    private static TransferFacts? ByMemory(MoneyGraph graph, ReportedLoss loss, HashSet<(MemberCode, SignalId)> taken)
    {
        if (loss.Payer is not { } payer) return null;
        TransferFacts? nearest = null;
        foreach (var transfer in graph.TransfersOf(payer, loss.Amount.Currency, 0, TransferPage.MaxTake))
        {
            if (transfer.Payer != payer || transfer.Amount != loss.Amount || (loss.Payee is { } payee && transfer.Payee != payee)) continue;
            var off = (transfer.At - loss.At).Duration();
            if (off > Memory || taken.Contains((transfer.Member, transfer.Id))) continue;
            if (nearest is not { } best || off < (best.At - loss.At).Duration()) nearest = transfer;
        }
        return nearest;
    }
}
