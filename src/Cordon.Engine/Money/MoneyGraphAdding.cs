using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <content>
/// Putting transfers in. One costs a dozen places anywhere in memory: the slots, names and texts by which its id and its accounts are found,
/// their rows, the ends of their lists, the transfers there. In a group, each step asks for all of one kind before the next needs them.
/// </content>
public sealed partial class MoneyGraph
{
    private const int Together = 32;

    private readonly Arriving[] arriving = new Arriving[Together];

    /// <summary>Puts transfers in, as one by one, and faster: while one is put in, what the next will need is fetched.</summary>
    /// <returns>How many are new.</returns>
    /// <exception cref="ArgumentException">A transfer breaks the limits of its own type; those before it are in.</exception>
    public int Add(ReadOnlySpan<Transfer> told)
    {
        var added = 0;
        for (var first = 0; first < told.Length; first += Together)
        {
            var group = told.Slice(first, Math.Min(Together, told.Length - first));
            for (var i = 0; i < group.Length; i++) Prepare(group[i], ref arriving[i]);
            LookAhead(arriving.AsSpan(0, group.Length));
            for (var i = 0; i < group.Length; i++)
                if (arriving[i].Prepared ? Add(group[i], arriving[i]) : Add(group[i])) added++;
        }
        return added;
    }

    /// <summary>Puts a transfer in. One with the same member and id as another changes nothing, whatever its values.</summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="ArgumentException">The transfer breaks the limits of its own type: no amount, no account on either side.</exception>
    public bool Add(Transfer transfer)
    {
        if (transfer.Amount.Minor <= 0) throw new ArgumentException("A transfer moves more than nothing.", nameof(transfer));
        if (transfer.Payer?.Number is "" || transfer.Payee?.Number is "") throw new ArgumentException("An account has a number.", nameof(transfer));
        if (transfer.Payer is null && transfer.Payee is null) throw new ArgumentException("A transfer touches an account.", nameof(transfer));
        if (transfer.At < Instant.Min || transfer.At > Instant.Max) throw new ArgumentException("A transfer is at an instant that a calendar shows.", nameof(transfer));
        var member = MemberInSight(transfer.Member);
        var number = transferNames.Intern(member, transfer.Id.Text, out var added);
        if (!added) return false;
        var currency = CurrencyNumber(transfer.Amount.Currency);
        Put(new TransferRow(
            transfer.Payer is { } payer ? LineNumber(AccountNumberOf(payer), currency) : Outside,
            transfer.Payee is { } payee ? LineNumber(AccountNumberOf(payee), currency) : Outside,
            transfer.At, transfer.Means, transfer.Amount.Minor), transfer.Amount.Minor);
        NoteOrder(number, member, transfer);
        return true;
    }

    private bool Add(Transfer transfer, in Arriving prepared)
    {
        var number = transferNames.Intern(prepared.Id, out var added);
        if (!added) return false;
        var currency = CurrencyNumber(transfer.Amount.Currency);
        Put(new TransferRow(
            transfer.Payer is null ? Outside : LineNumber(prepared.Payer, prepared.PayerNumber, currency),
            transfer.Payee is null ? Outside : LineNumber(prepared.Payee, prepared.PayeeNumber, currency),
            transfer.At, transfer.Means, transfer.Amount.Minor), transfer.Amount.Minor);
        NoteOrder(number, prepared.Id.Member, transfer);
        return true;
    }

    // One that may have come with the group is looked for again.
    private int LineNumber(in PreparedName name, int account, int currency) =>
        LineNumber(account >= 0 ? account : Known(index.Intern(name)), currency);

    // What is not the common case is left to the way of one by one: a member not heard of before, what is to be refused.
    private void Prepare(Transfer transfer, ref Arriving to)
    {
        to.Prepared = transfer.Amount.Minor > 0 && transfer.At >= Instant.Min && transfer.At <= Instant.Max
            && members.Find(transfer.Member) is var member and >= 0 && member < inSight.Count && inSight[member]
            && to.Id.TryPrepare(member, transfer.Id.Text) && (transfer.Payer is not null || transfer.Payee is not null)
            && (transfer.Payer is not { } payer || to.Payer.TryPrepare(MemberOf(payer, transfer, member), payer.Number))
            && (transfer.Payee is not { } payee || to.Payee.TryPrepare(MemberOf(payee, transfer, member), payee.Number));
        (to.PayerNumber, to.PayeeNumber) = (-1, -1);
        if (!to.Prepared) return;
        transferNames.LookAheadTo(to.Id.Hash);
        to.HasPayer = transfer.Payer is not null;
        to.HasPayee = transfer.Payee is not null;
        if (to.HasPayer) index.LookAheadTo(to.Payer);
        if (to.HasPayee) index.LookAheadTo(to.Payee);
    }

    private int MemberOf(in AccountNumber account, Transfer transfer, int teller) =>
        ReferenceEquals(account.Member.ToString(), transfer.Member.ToString()) ? teller : members.Find(account.Member);

    private void LookAhead(Span<Arriving> group)
    {
        foreach (ref var one in group)
        {
            if (!one.Prepared) continue;
            if (one.HasPayer) one.PayerNumber = index.LookAheadToKey(one.Payer);
            if (one.HasPayee) one.PayeeNumber = index.LookAheadToKey(one.Payee);
        }
        foreach (ref var one in group)
        {
            LookAheadToAccount(ref one.PayerNumber);
            LookAheadToAccount(ref one.PayeeNumber);
        }
        foreach (ref var one in group)
        {
            one.PayerLine = LookAheadToLineOf(one.Payer, ref one.PayerNumber);
            one.PayeeLine = LookAheadToLineOf(one.Payee, ref one.PayeeNumber);
        }
        foreach (ref var one in group)
        {
            if (one.PayerLine >= 0) LookAheadToEnds(lines[one.PayerLine]);
            if (one.PayeeLine >= 0) LookAheadToEnds(lines[one.PayeeLine]);
        }
        foreach (ref var one in group)
        {
            if (one.PayerLine >= 0) LookAheadToLast(lines[one.PayerLine]);
            if (one.PayeeLine >= 0) LookAheadToLast(lines[one.PayeeLine]);
        }
    }

    private void LookAheadToAccount(ref int account)
    {
        if (account < 0) return;
        index.LookAheadToText(account);
        if (account < accounts.Count) accounts.LookAheadTo(account);
    }

    // Only now is it said for certain which account it is.
    private int LookAheadToLineOf(in PreparedName name, ref int account)
    {
        if (account < 0) return -1;
        account = index.Find(name);
        if (account < 0 || account >= accounts.Count) return -1;
        var line = accounts[account].FirstLine;
        lines.LookAheadTo(line);
        return line;
    }

    /// <summary>A transfer on its way in: its names made ready, and what was found of them.</summary>
    private struct Arriving
    {
        public PreparedName Id;
        public PreparedName Payer;
        public PreparedName Payee;
        public int PayerNumber;
        public int PayeeNumber;
        public int PayerLine;
        public int PayeeLine;
        public bool Prepared;
        public bool HasPayer;
        public bool HasPayee;
    }
}
