using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <content>
/// The lines: each account's credits and debits in order, with where each begins, so that what a credit paid for is found by a binary search.
/// A transfer told in order costs a few steps. A late one is put last and the line owes its order; the next reader pays, once for all of them.
/// </content>
public sealed partial class MoneyGraph
{
    /// <summary>The credits of a line in order, one within the line among them.</summary>
    internal ReadOnlySpan<int> Credits(int line)
    {
        if (line < 0) return [];
        if ((lines[line].Debt & LineDebt.In) != 0) PutInOrder(line, credits: true);
        return lists.Of(lines[line].In);
    }

    /// <summary>The debits of a line in order.</summary>
    internal ReadOnlySpan<int> Debits(int line)
    {
        if (line < 0) return [];
        if ((lines[line].Debt & LineDebt.Out) != 0) PutInOrder(line, credits: false);
        return lists.Of(lines[line].Out);
    }

    /// <summary>
    /// A line as its rows hold it: where what came in begins once the opening balance is laid before it. False where rows do not say:
    /// the sums are too wide, more went out than was there with the balance told, or an unknown balance is asked for before the last debit.
    /// </summary>
    internal bool TryGetOffsets(int line, Instant until, out bool openingKnown, out long opening)
    {
        (openingKnown, opening) = (false, 0);
        ref var row = ref lines[line];
        if ((row.Debt & LineDebt.Wide) != 0) return false;
        if (row.Debt != LineDebt.None) Settle(line);
        if ((row.Debt & LineDebt.Wide) != 0) return false;
        var told = OpeningOf(line);
        openingKnown = told is not null;
        opening = told ?? row.Shortfall.Value;
        if (openingKnown) return opening >= row.Shortfall.Value && opening <= Int48.Max;
        return row.Out.Count == 0 || Row(lists.Of(row.Out)[^1]).At <= until.Micros;
    }

    private void Put(in TransferRow row, long minor)
    {
        var number = transfers.Add(row);
        if (row.SmallMinor == TransferRow.LargeMinor) largeAmounts.Add(number, minor);
        if (row.Payee >= 0) AddCredit(row.Payee, number);
        if (row.Payer >= 0 && !row.WithinOneLine) AddDebit(row.Payer, number);
        Touch(row);
    }

    private void Touch(in TransferRow row)
    {
        if (Watch is not { } watch) return;
        watch.TouchLine(row.Payer);
        watch.TouchLine(row.Payee);
    }

    // Where an account becomes a pool, or is none any more, the orders that its transfers name are others.
    private void Touch(int line, bool orders)
    {
        if (Watch is not { } watch) return;
        watch.TouchLine(line);
        if (!orders || references.IsEmpty) return;
        foreach (var transfer in lists.Of(lines[line].In)) watch.TouchReference(references.NumberOf(transfer));
        foreach (var transfer in lists.Of(lines[line].Out)) watch.TouchReference(references.NumberOf(transfer));
    }

    private void AddCredit(int lineNumber, int transfer)
    {
        ref var line = ref lines[lineNumber];
        ref var row = ref transfers[transfer];
        if (line.In.Count > 0 && (line.Debt & LineDebt.In) == 0)
        {
            var before = lists.Of(line.In)[^1];
            if (Compare(before, transfer) > 0) line.Debt |= LineDebt.In | LineDebt.Shortfall;
            else row.InAt = Offset(ref line, Row(before).InAt, CreditWidth(before));
        }
        if (line.Out.Count > 0 && (line.Debt & LineDebt.Shortfall) == 0 && row.At <= Row(lists.Of(line.Out)[^1]).At) line.Debt |= LineDebt.Shortfall;
        Offset(ref line, row.InAt, CreditWidth(transfer));
        lists.Add(ref line.In, transfer);
    }

    private void AddDebit(int lineNumber, int transfer)
    {
        ref var line = ref lines[lineNumber];
        ref var row = ref transfers[transfer];
        if (line.Out.Count > 0 && (line.Debt & LineDebt.Out) == 0)
        {
            var before = lists.Of(line.Out)[^1];
            if (Compare(before, transfer) > 0) line.Debt |= LineDebt.Out | LineDebt.Shortfall;
            else row.OutAt = Offset(ref line, Row(before).OutAt, DebitWidth(before));
        }
        var went = Offset(ref line, row.OutAt, DebitWidth(transfer));
        lists.Add(ref line.Out, transfer);
        if (line.Debt != LineDebt.None) line.Debt |= LineDebt.Shortfall;
        else if (line.In.Count == 0) line.Shortfall = new Int48(went);
        else if (lists.Of(line.In)[^1] is var last && Row(last).At > row.At) line.Debt |= LineDebt.Shortfall;
        else line.Shortfall = new Int48(Math.Max(line.Shortfall.Value, went - Row(last).InAt - CreditWidth(last)));
    }

    /// <summary>What a transfer adds to its payee's line: nothing where it never left it or was reversed.</summary>
    internal long CreditWidth(int transfer) => Row(transfer).WithinOneLine ? 0 : DebitWidth(transfer);

    /// <summary>What a transfer takes from its payer's line: nothing where it was reversed.</summary>
    internal long DebitWidth(int transfer) => IsReversed(transfer) ? 0 : MinorOf(transfer);

    /// <summary>What a transfer moves is no longer what it was: where things begin on its lines is found anew.</summary>
    private void Unsettle(int transfer)
    {
        ref readonly var row = ref Row(transfer);
        if (row.Payee >= 0) lines[row.Payee].Debt |= LineDebt.In | LineDebt.Shortfall;
        if (row.Payer >= 0 && !row.WithinOneLine) lines[row.Payer].Debt |= LineDebt.Out | LineDebt.Shortfall;
    }

    private ReadOnlySpan<int> Unreversed(ReadOnlySpan<int> transfers)
    {
        if (!AnyReversed) return transfers;
        var kept = new List<int>(transfers.Length);
        foreach (var transfer in transfers)
            if (!IsReversed(transfer)) kept.Add(transfer);
        return kept.ToArray();
    }

    // No offset is ever wrong: a line whose sums do not fit is marked, and its offsets are not read.
    private static long Offset(ref LineRow line, long start, long width)
    {
        if (width <= Int48.Max && start + width <= Int48.Max) return start + width;
        line.Debt |= LineDebt.Wide;
        return 0;
    }

    private void Settle(int line)
    {
        if ((lines[line].Debt & LineDebt.In) != 0) PutInOrder(line, credits: true);
        if ((lines[line].Debt & LineDebt.Out) != 0) PutInOrder(line, credits: false);
        if (lines[line].Debt == LineDebt.Shortfall) FindShortfall(ref lines[line]);
    }

    /// <summary>Sorts what came late in among the rest, which is in order already, and says anew where each begins.</summary>
    private void PutInOrder(int lineNumber, bool credits)
    {
        ref var line = ref lines[lineNumber];
        var numbers = lists.Of(credits ? line.In : line.Out);
        var ordered = 1;
        while (ordered < numbers.Length && Compare(numbers[ordered - 1], numbers[ordered]) < 0) ordered++;
        numbers[ordered..].Sort(Compare);
        Merge(numbers, ordered);
        long at = 0;
        foreach (var number in numbers)
        {
            ref var row = ref transfers[number];
            if (credits) row.InAt = at;
            else row.OutAt = at;
            at = Offset(ref line, at, credits ? CreditWidth(number) : DebitWidth(number));
        }
        line.Debt &= credits ? ~LineDebt.In : ~LineDebt.Out;
    }

    // From behind, so that only the late ones need room of their own.
    private void Merge(Span<int> numbers, int ordered)
    {
        var late = numbers[ordered..].ToArray();
        int left = ordered - 1, right = late.Length - 1;
        for (var place = numbers.Length - 1; right >= 0; place--)
            numbers[place] = left >= 0 && Compare(numbers[left], late[right]) > 0 ? numbers[left--] : late[right--];
    }

    private void FindShortfall(ref LineRow line)
    {
        var credits = lists.Of(line.In);
        var debits = lists.Of(line.Out);
        long came = 0, most = 0;
        var credit = 0;
        foreach (var debit in debits)
        {
            ref readonly var row = ref Row(debit);
            for (; credit < credits.Length && Row(credits[credit]).At <= row.At; credit++) came += CreditWidth(credits[credit]);
            most = Math.Max(most, row.OutAt + DebitWidth(debit) - came);
        }
        line.Shortfall = new Int48(most);
        line.Debt = LineDebt.None;
    }

    /// <summary>First of three looks ahead at where a trace goes on: the line.</summary>
    internal void LookAheadToLine(int line) => lines.LookAheadTo(line);

    /// <summary>Second: what the line leads to.</summary>
    internal void LookAheadToAccount(int line)
    {
        if (line < 0) return;
        ref readonly var row = ref lines[line];
        accounts.LookAheadTo(row.Account);
        index.LookAheadToKey(row.Account);
        lists.LookAheadTo(row.Out);
    }

    /// <summary>Third: its first debits, among which the one that is looked for mostly is, and the account's facts.</summary>
    internal void LookAheadToDebits(int line)
    {
        if (line < 0) return;
        ref readonly var row = ref lines[line];
        facts.LookAheadTo(accounts[row.Account].Facts);
        var debits = lists.Of(row.Out);
        foreach (var debit in debits[..Math.Min(debits.Length, 8)]) transfers.LookAheadTo(debit);
    }

    /// <summary>First of two looks ahead at a transfer's name.</summary>
    internal void LookAheadToName(int transfer) => transferNames.LookAheadToKeyOf(transfer);

    /// <summary>Second.</summary>
    internal void LookAheadToNameText(int transfer) => transferNames.LookAheadToText(transfer);

    /// <summary>Asks for the text of a line's account.</summary>
    internal void LookAheadToAccountText(int line) => index.LookAheadToText(lines[line].Account);

    // What a transfer is put behind: the last credits and debits of both its lines.
    private void LookAheadToEnds(in LineRow line)
    {
        lists.LookAheadToEnd(line.In);
        lists.LookAheadToEnd(line.Out);
    }

    private void LookAheadToLast(in LineRow line)
    {
        if (line.In.Count > 0) transfers.LookAheadTo(lists.Of(line.In)[^1]);
        if (line.Out.Count > 0) transfers.LookAheadTo(lists.Of(line.Out)[^1]);
    }
}
