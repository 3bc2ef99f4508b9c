using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <content>Corrections of transfers, and the order references by which money crosses pools.</content>
public sealed partial class MoneyGraph
{
    private readonly OrderReferences references = new();
    private TransferCorrections? correctionsOrNull;

    private TransferCorrections Corrections => correctionsOrNull ??= new TransferCorrections(members);

    /// <summary>
    /// Takes a correction. What it says of one thing (reversed or not, the reference) holds where it was told last by event time; at equal instants the
    /// greater id, then the greater member code. One of a transfer not told yet waits for it; one of a member that may not speak of it has no effect.
    /// </summary>
    /// <returns>Whether any of it holds now. One that waits does not.</returns>
    /// <exception cref="ArgumentException">The correction breaks the limits of its own type: it says nothing, or reverses another member's transfer.</exception>
    public bool Correct(TransferCorrection correction)
    {
        if (correction.Reversed is null && correction.OrderReference is null) throw new ArgumentException("A correction corrects something.", nameof(correction));
        if (correction.Reversed is not null && correction.Teller != correction.Member) throw new ArgumentException("A reversal is told by who told the transfer.", nameof(correction));
        if (!FieldLimits.IsVisible(correction.Transfer.Text, FieldLimits.IdLength) || !FieldLimits.IsVisible(correction.Id.Text, FieldLimits.IdLength)
            || (correction.OrderReference is { } text && !FieldLimits.IsVisible(text, FieldLimits.OrderReferenceLength)))
            throw new ArgumentException("An id and a reference have 1 to 64 visible ASCII characters.", nameof(correction));
        var by = MemberInSight(correction.Member);
        var told = new CorrectionTold(by, correction.At.Micros, correction.Id.Text, correction.Reversed, correction.OrderReference);
        if (FindTransfer(correction.Teller, correction.Transfer) is var transfer and >= 0) return Correct(transfer, told);
        Corrections.Wait(members.Intern(correction.Teller), correction.Transfer.Text, told);
        return false;
    }

    internal bool AnyReversed => correctionsOrNull?.Reversed.Count > 0;

    internal bool IsReversed(int transfer) => correctionsOrNull?.IsReversed(transfer) ?? false;

    internal OrderReferences References => references;

    internal int LineCount => lines.Count;

    /// <summary>The number of the member at which a line's account is.</summary>
    internal int MemberOf(int line) => index.MemberOf(lines[line].Account);

    internal int CurrencyNumberOf(int line) => lines[line].Currency;

    /// <summary>A transfer was put in: takes what was told of it beside its row.</summary>
    private void NoteOrder(int number, int teller, Transfer transfer)
    {
        if (transfer.OrderReference is { } reference) references.Add(number, reference);
        Watch?.TouchReference(references.NumberOf(number));
        if (correctionsOrNull is not { AnyWaiting: true } corrections) return;
        foreach (var told in corrections.TakeWaiting(teller, transfer.Id.Text)) Correct(number, told);
    }

    private bool Correct(int transfer, CorrectionTold told)
    {
        var isTeller = told.By == transferNames.MemberOf(transfer);
        var holds = told.Reversed is not null && isTeller && Corrections.Reverse(transfer, told);
        if (holds) Unsettle(transfer);
        Touch(Row(transfer));
        Watch?.TouchReference(references.NumberOf(transfer));
        if (told.Reference is not { } reference || !(isTeller || IsPartyTo(transfer, told.By)) || !Corrections.Refer(transfer, told)) return holds;
        references.Correct(transfer, reference);
        Watch?.TouchReference(references.NumberOf(transfer));
        return true;
    }

    private bool IsPartyTo(int transfer, int member)
    {
        ref readonly var row = ref Row(transfer);
        return (row.Payee >= 0 && MemberOf(row.Payee) == member) || (row.Payer >= 0 && MemberOf(row.Payer) == member);
    }

    private void SaveOrders(SnapshotWriter to)
    {
        references.Save(to);
        Corrections.Save(to);
    }

    private void LoadOrders(ref SnapshotReader from)
    {
        references.Load(ref from, transfers.Count);
        Corrections.Load(ref from, transfers.Count, references);
        foreach (var transfer in Corrections.Reversed) Unsettle(transfer);
    }
}
