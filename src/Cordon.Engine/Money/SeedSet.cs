using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>A transfer that seeds name: its first units, all of them but for the last credit of an account seed.</summary>
internal readonly record struct SeedTransfer(int Transfer, long Units);

/// <summary>The transfers that the seeds of a request name, each once, in the order of <see cref="MoneyGraph.Compare"/>.</summary>
internal sealed class SeedSet
{
    private readonly Dictionary<int, int> places = [];

    private SeedSet(List<SeedTransfer> seeds, Currency currency)
    {
        Seeds = seeds;
        Currency = currency;
        for (var i = 0; i < seeds.Count; i++) places.Add(seeds[i].Transfer, i);
    }

    public IReadOnlyList<SeedTransfer> Seeds { get; }

    public Currency Currency { get; }

    /// <summary>The place of a transfer among the seeds, or -1.</summary>
    public int PlaceOf(int transfer) => places.GetValueOrDefault(transfer, -1);

    public static TraceRefusal? Resolve(MoneyGraph graph, TraceRequest request, out SeedSet seeds)
    {
        seeds = new SeedSet([], default);
        if (request.Seeds.IsDefaultOrEmpty) return TraceRefusal.NoSeed;
        var units = new Dictionary<int, long>();
        foreach (var seed in request.Seeds)
            if ((seed is TransferSeed transfer ? AddTransfer(graph, transfer, request.Until, units)
                : AddAccount(graph, (AccountSeed)seed, request.Until, units)) is { } refusal)
                return refusal;
        if (units.Count == 0) return TraceRefusal.Reversed;
        var found = new List<SeedTransfer>(units.Count);
        Int128 sum = 0;
        foreach (var (number, count) in units)
        {
            found.Add(new SeedTransfer(number, count));
            sum += count;
        }
        var currency = graph.CurrencyOf(found[0].Transfer);
        if (found.Exists(s => graph.CurrencyOf(s.Transfer) != currency)) return TraceRefusal.MixedCurrencies;
        if (sum > long.MaxValue) return TraceRefusal.TooLarge;
        found.Sort((a, b) => graph.Compare(a.Transfer, b.Transfer));
        seeds = new SeedSet(found, currency);
        return null;
    }

    private static TraceRefusal? AddTransfer(MoneyGraph graph, TransferSeed seed, Instant until, Dictionary<int, long> units)
    {
        var transfer = graph.FindTransfer(seed.Member, seed.Transfer);
        if (transfer < 0 || graph.Row(transfer).At > until.Micros) return TraceRefusal.UnknownTransfer;
        // What was reversed was never stolen; other seeds still were.
        if (!graph.IsReversed(transfer)) units[transfer] = graph.MinorOf(transfer);
        return null;
    }

    private static TraceRefusal? AddAccount(MoneyGraph graph, AccountSeed seed, Instant until, Dictionary<int, long> units)
    {
        var line = graph.FindLine(seed.Account, seed.Amount.Currency);
        if (line < 0) return TraceRefusal.UnknownAccount;
        var credits = new List<int>();
        foreach (var credit in graph.Credits(line))
            if (graph.Row(credit) is var row && row.At >= seed.At.Micros && row.At <= until.Micros && !row.WithinOneLine && !graph.IsReversed(credit)) credits.Add(credit);
        var wanted = seed.Amount.Minor;
        if (credits.Count == 0 || wanted <= 0) return TraceRefusal.UnknownAccount;
        foreach (var credit in credits)
        {
            var taken = Math.Min(wanted, graph.MinorOf(credit));
            if (taken == 0) break;
            units[credit] = Math.Max(taken, units.GetValueOrDefault(credit));
            wanted -= taken;
        }
        return null;
    }
}
