using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>What following money by FIFO asks of an account's money laid out on two number lines, in minor units.</summary>
internal interface IFifoLayout
{
    /// <summary>Whether the opening balance was told; where not, the layout is that with the least one.</summary>
    bool OpeningKnown { get; }

    int DebitCount { get; }

    int Debit(int index);

    /// <summary>Where a debit begins on the line of what went out; one past the last, where the last ends.</summary>
    Int128 DebitStart(int index);

    /// <summary>Where a credit begins on the line of what came in.</summary>
    Int128 CreditStart(int transfer);

    /// <summary>The first debit that ends after a coordinate; <see cref="DebitCount"/> where none does.</summary>
    int FirstDebitPast(Int128 coordinate);

    /// <summary>What lay in the account before its first credit.</summary>
    Int128 Opening { get; }

    /// <summary>The credits in order; one within the account may be among them.</summary>
    ReadOnlySpan<int> Credits { get; }

    /// <summary>Where a debit begins on the line of what went out.</summary>
    Int128 StartOfDebit(int transfer);

    /// <summary>The first credit that begins after a coordinate; how many there are where none does.</summary>
    int FirstCreditAfter(Int128 coordinate);
}

/// <summary>
/// The money of one account laid out on two number lines, in minor units. On the line of what came in lie the opening
/// balance, then each credit in order; on the line of what went out lies each debit in order. First in, first out
/// (Clayton's case, 1816) then says no more than this: the debit at [a, b) is paid by what came in at [a, b).
/// A stolen lot is an interval, and to follow it is a binary search.
/// <para>
/// The order within an account is by time; at one instant credits come before debits, so that money can pass through
/// in data whose times are days; then by id. A transfer of the account to itself moves nothing and is on neither line.
/// </para>
/// <para>
/// Where debits exceed what is known to have come in, money came in unseen. With a known opening balance it is laid in
/// just before the debit it is wanted for, so that no debit is ever paid by a later credit. With an unknown one it is
/// taken as opening balance: the least with which the account never falls below zero.
/// </para>
/// </summary>
internal sealed class FifoLine : IFifoLayout
{
    private readonly MoneyGraph graph;
    private readonly int[] credits;
    private readonly int[] debits;

    // 128 bits: two sums of 64 bits each may meet on one line, and a line must not fail for what members write.
    private readonly Int128 opening;
    private readonly Int128[] creditStarts;
    private readonly Int128[] debitStarts;

    public FifoLine(MoneyGraph graph, int line, Instant until)
    {
        this.graph = graph;
        credits = InOrder(graph, line, until, isCredit: true);
        debits = InOrder(graph, line, until, isCredit: false);
        creditStarts = new Int128[credits.Length];
        debitStarts = new Int128[debits.Length + 1];
        var told = graph.OpeningOf(line);
        OpeningKnown = told is not null;
        opening = told ?? LeastOpening();
        LayOut(opening);
    }

    /// <summary>A line of these transfers, in order, which begins empty: an order in a pool.</summary>
    public FifoLine(MoneyGraph graph, int[] credits, int[] debits)
    {
        (this.graph, this.credits, this.debits, OpeningKnown) = (graph, credits, debits, true);
        creditStarts = new Int128[credits.Length];
        debitStarts = new Int128[debits.Length + 1];
        LayOut(opening);
    }

    public bool OpeningKnown { get; }

    /// <summary>How many transfers are laid out.</summary>
    public int Length => credits.Length + debits.Length;

    public int DebitCount => debits.Length;

    public int Debit(int index) => debits[index];

    public Int128 DebitStart(int index) => debitStarts[index];

    /// <summary>When a debit was booked.</summary>
    public long DebitAt(int index) => graph.Row(debits[index]).At;

    /// <summary>How much a debit is.</summary>
    public long DebitMinor(int index) => graph.MinorOf(debits[index]);

    /// <summary>All that came in by transfers.</summary>
    public Int128 Came => credits.Aggregate((Int128)0, (sum, credit) => sum + graph.MinorOf(credit));

    /// <summary>What is left at the end.</summary>
    public Int128 Balance => Int128.Max(credits.Length == 0 ? opening : creditStarts[^1] + graph.MinorOf(credits[^1]), debitStarts[^1]) - debitStarts[^1];

    /// <summary>What lay in the account just before a debit, what came unseen for it among it; never less than the debit.</summary>
    public Int128 Available(int index)
    {
        var at = DebitAt(index);
        var (low, high) = (0, credits.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (graph.Row(credits[middle]).At <= at) low = middle + 1;
            else high = middle;
        }
        var came = low == 0 ? opening : creditStarts[low - 1] + graph.MinorOf(credits[low - 1]);
        return Int128.Max(came, debitStarts[index + 1]) - debitStarts[index];
    }

    /// <summary>The first debit at or after an instant; <see cref="DebitCount"/> where none is.</summary>
    public int FirstDebitFrom(long at)
    {
        var (low, high) = (0, debits.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (DebitAt(middle) < at) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    public Int128 Opening => opening;

    public ReadOnlySpan<int> Credits => credits;

    public Int128 CreditStart(int transfer) => creditStarts[PlaceOf(transfer, credits)];

    public Int128 StartOfDebit(int transfer) => debitStarts[PlaceOf(transfer, debits)];

    public int FirstDebitPast(Int128 coordinate)
    {
        var (low, high) = (0, debits.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (debitStarts[middle + 1] <= coordinate) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    public int FirstCreditAfter(Int128 coordinate)
    {
        var (low, high) = (0, credits.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (creditStarts[middle] <= coordinate) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private int PlaceOf(int transfer, int[] among)
    {
        var (low, high) = (0, among.Length - 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (graph.Compare(among[middle], transfer) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static int[] InOrder(MoneyGraph graph, int line, Instant until, bool isCredit)
    {
        var found = new List<int>();
        foreach (var transfer in isCredit ? graph.Credits(line) : graph.Debits(line))
        {
            if (graph.Row(transfer).At > until.Micros) break;
            if (!graph.Row(transfer).WithinOneLine && !graph.IsReversed(transfer)) found.Add(transfer);
        }
        return [.. found];
    }

    /// <summary>The least opening balance with which the account never falls below zero.</summary>
    private Int128 LeastOpening()
    {
        Int128 balance = 0, lowest = 0;
        var credit = 0;
        foreach (var debit in debits)
        {
            while (credit < credits.Length && graph.Row(credits[credit]).At <= graph.Row(debit).At)
                balance += graph.MinorOf(credits[credit++]);
            balance -= graph.MinorOf(debit);
            lowest = Int128.Min(lowest, balance);
        }
        return -lowest;
    }

    private void LayOut(Int128 opening)
    {
        Int128 came = opening, went = 0;
        var debit = 0;
        for (var credit = 0; credit < credits.Length; credit++)
        {
            ref readonly var row = ref graph.Row(credits[credit]);
            for (; debit < debits.Length && graph.Row(debits[debit]).At < row.At; debit++)
            {
                debitStarts[debit] = went;
                went += graph.MinorOf(debits[debit]);
                came = Int128.Max(came, went);
            }
            creditStarts[credit] = came;
            came += graph.MinorOf(credits[credit]);
        }
        for (; debit < debits.Length; debit++)
        {
            debitStarts[debit] = went;
            went += graph.MinorOf(debits[debit]);
        }
        debitStarts[debits.Length] = went;
    }
}

/// <summary>The layouts that one trace needs again and again, bounded by the transfers they hold.</summary>
internal sealed class FifoLines(MoneyGraph graph, Instant until)
{
    private const int MaxLength = 4_000_000;

    private readonly Dictionary<int, FifoLine> laidOut = [];
    private int length;

    /// <summary>Where money lies.</summary>
    public TracePlaces Places { get; } = new(graph);

    public FifoLine Of(int place)
    {
        if (laidOut.TryGetValue(place, out var found)) return found;
        var made = Places.LayOut(place, until);
        if (length + made.Length > MaxLength)
        {
            laidOut.Clear();
            length = 0;
        }
        laidOut.Add(place, made);
        length += made.Length;
        return made;
    }
}
