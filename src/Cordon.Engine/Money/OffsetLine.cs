using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>An account's money as the rows of its transfers hold it: nothing is laid out for the trace.</summary>
internal readonly ref struct OffsetLine : IFifoLayout
{
    private readonly MoneyGraph graph;
    private readonly ReadOnlySpan<int> debits;
    private readonly int line;
    private readonly long opening;

    /// <param name="graph">The graph.</param>
    /// <param name="line">The line, of which the graph says that its rows tell.</param>
    /// <param name="until">Debits later than this are not looked at.</param>
    /// <param name="openingKnown">Whether the opening balance was told.</param>
    /// <param name="opening">The balance told, or the least that the debits allow.</param>
    public OffsetLine(MoneyGraph graph, int line, Instant until, bool openingKnown, long opening)
    {
        (this.graph, this.line, this.opening, OpeningKnown) = (graph, line, opening, openingKnown);
        debits = graph.Debits(line);
        if (debits.Length > 0 && graph.Row(debits[^1]).At > until.Micros) debits = debits[..FirstAfter(until.Micros)];
    }

    public bool OpeningKnown { get; }

    public int DebitCount => debits.Length;

    public int Debit(int index) => debits[index];

    public Int128 DebitStart(int index) => index < debits.Length ? graph.Row(debits[index]).OutAt
        : index == 0 ? 0 : graph.Row(debits[^1]).OutAt + graph.DebitWidth(debits[^1]);

    public Int128 CreditStart(int transfer) => opening + graph.Row(transfer).InAt;

    public int FirstDebitPast(Int128 coordinate)
    {
        // What ends after a coordinate is the debit in which it lies: the last that begins at or before it, unless it lies past all.
        var (low, high) = (0, debits.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (graph.Row(debits[middle]).OutAt <= coordinate) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? 0 : low < debits.Length || coordinate < DebitStart(debits.Length) ? low - 1 : low;
    }

    public Int128 Opening => opening;

    public ReadOnlySpan<int> Credits => graph.Credits(line);

    public Int128 StartOfDebit(int transfer) => graph.Row(transfer).OutAt;

    public int FirstCreditAfter(Int128 coordinate)
    {
        var credits = Credits;
        var (low, high) = (0, credits.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (CreditStart(credits[middle]) <= coordinate) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private int FirstAfter(long micros)
    {
        var (low, high) = (0, debits.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (graph.Row(debits[middle]).At <= micros) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
