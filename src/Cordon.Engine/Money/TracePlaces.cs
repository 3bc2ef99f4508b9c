using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>
/// Where money lies as a trace sees it. Mostly that is an account's line. In a pool it is an order: what came into the pooled accounts of a member under
/// one reference and in one currency leaves them under that reference. So each order is a small line of its own, which begins empty.
/// Orders are found as a trace meets them, because an account may be told to be a pool long after its transfers.
/// </summary>
internal sealed class TracePlaces(MoneyGraph graph)
{
    private readonly Dictionary<(int Member, int Currency, int Reference), int> numbers = [];
    private readonly List<(int Member, int Currency, int Reference)> orders = [];

    // Orders are numbered behind the lines; while a trace runs no line is added.
    private readonly int firstOrder = graph.LineCount;

    /// <summary>Where a transfer puts its money: a line, an order, or <see cref="MoneyGraph.Outside"/>.</summary>
    public int In(int transfer) => Of(transfer, graph.Row(transfer).Payee);

    /// <summary>Where a transfer takes its money from.</summary>
    public int Out(int transfer) => Of(transfer, graph.Row(transfer).Payer);

    /// <summary>Whether a place is an order in a pool.</summary>
    public bool IsOrder(int place) => place >= firstOrder;

    /// <summary>Whether a transfer moves nothing between places.</summary>
    public bool StaysWithin(int transfer) => In(transfer) == Out(transfer);

    /// <summary>How many transfers touch a place, at most.</summary>
    public int TransfersAt(int place) => IsOrder(place) ? graph.References.UsesOf(orders[place - firstOrder].Reference) : graph.TransfersOn(place);

    /// <summary>A place as two number lines.</summary>
    public FifoLine LayOut(int place, Instant until)
    {
        if (!IsOrder(place)) return new FifoLine(graph, place, until);
        List<int> credits = [], debits = [];
        foreach (var transfer in graph.References.Using(orders[place - firstOrder].Reference))
        {
            if (graph.Row(transfer).At > until.Micros || graph.IsReversed(transfer)) continue;
            var (into, from) = (In(transfer), Out(transfer));
            if (into == from) continue;
            if (into == place) credits.Add(transfer);
            if (from == place) debits.Add(transfer);
        }
        credits.Sort(graph.Compare);
        debits.Sort(graph.Compare);
        return new FifoLine(graph, [.. credits], [.. debits]);
    }

    private int Of(int transfer, int line)
    {
        if (line < 0 || graph.KindOf(line) != AccountKind.Pool) return line;
        var reference = graph.References.NumberOf(transfer);
        if (reference < 0) return line;
        var order = (graph.MemberOf(line), graph.CurrencyNumberOf(line), reference);
        if (numbers.TryGetValue(order, out var number)) return number;
        number = firstOrder + orders.Count;
        orders.Add(order);
        numbers.Add(order, number);
        return number;
    }
}
