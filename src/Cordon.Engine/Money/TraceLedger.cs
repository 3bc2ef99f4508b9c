using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>Keeps what a trace finds by transfer and account, and writes the answer in its order.</summary>
internal sealed class TraceLedger(MoneyGraph graph, SeedSet seeds)
{
    private readonly Dictionary<int, FlowEntry> flows = [];
    private readonly Dictionary<int, AccountEntry> accounts = [];

    // By account and seed: what of the rest is whose. An entry without money tells that some came by.
    private readonly Dictionary<(int Line, int Seed), long> claims = [];
    private readonly Dictionary<int, long> hidden = [];
    private bool cut;

    /// <summary>What money counts as that leaves the graph by a transfer; null where it arrives in an account.</summary>
    public static TraceOutcome? ExitOf(in TransferRow row) => row switch
    {
        { Means: TransferMeans.CashWithdrawal } => TraceOutcome.CashedOut,
        { Means: TransferMeans.CrossBorder } => TraceOutcome.LostFromSight,
        { Means: TransferMeans.VirtualCurrency } => TraceOutcome.VirtualCurrency,
        { Payee: MoneyGraph.Outside, Means: TransferMeans.Purchase } => TraceOutcome.Spent,
        { Payee: MoneyGraph.Outside } => TraceOutcome.LostFromSight,
        _ => null,
    };

    /// <summary>What money counts as in an account that no trace looks through; null where it looks.</summary>
    public TraceOutcome? EndAt(int line) => graph.KindOf(line) switch
    {
        AccountKind.Merchant => TraceOutcome.Spent,
        AccountKind.Pool => TraceOutcome.Pool,
        _ => graph.IsInSight(line) ? null : TraceOutcome.LostFromSight,
    };

    /// <summary>
    /// What money counts as where a transfer brought it, where no trace looks through; null where it looks. An order in a pool is looked through,
    /// but a transfer that stays within it does not say which money it moved.
    /// </summary>
    public TraceOutcome? EndOf(int transfer, int place, TracePlaces places) =>
        !places.IsOrder(place) ? EndAt(place) : places.Out(transfer) == place ? TraceOutcome.Pool : null;

    /// <summary>Money that a transfer brought into a pool has not been seen to leave.</summary>
    public void Hide(int transfer, long units) => hidden[transfer] = hidden.GetValueOrDefault(transfer) + units;

    public void Flow(int transfer, long units, int layer)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(flows, transfer, out var known);
        entry.Stolen += units;
        entry.Layer = known ? Math.Min(entry.Layer, layer) : layer;
    }

    public void Arrive(int line, int layer, long at, long units)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(accounts, line, out var known);
        entry.Arrived += units;
        entry.Layer = known ? Math.Min(entry.Layer, layer) : layer;
        entry.FirstArrival = known ? Math.Min(entry.FirstArrival, at) : at;
    }

    /// <summary>Money of a seed came by, whether or not it stays.</summary>
    public void Reach(int line, int seed) => claims.TryAdd((line, seed), 0);

    /// <summary>Money of a seed stays in an account.</summary>
    public void Rest(int line, TraceOutcome outcome, long units, int seed)
    {
        Expose(line, outcome, units);
        claims[(line, seed)] = claims.GetValueOrDefault((line, seed)) + units;
    }

    /// <summary>
    /// Gives what is left in each account to all seeds that reached it, in proportion to how much each lost. What is back with a victim is his alone.
    /// </summary>
    /// <param name="losses">By a seed's place, minor units.</param>
    public void ShareOut(IReadOnlyList<long> losses)
    {
        foreach (var reached in claims.Keys.GroupBy(static key => key.Line, static key => key.Seed).ToList())
        {
            if (accounts[reached.Key].Returned) continue;
            var sum = reached.Sum(seed => claims[(reached.Key, seed)]);
            var weights = reached.Where(seed => losses[seed] > 0).Order().Select(seed => KeyValuePair.Create(seed, losses[seed])).ToList();
            if (sum == 0 || weights.Count == 0) continue;
            var shares = Claims.Divide(sum, weights);
            foreach (var seed in reached) claims[(reached.Key, seed)] = shares.Of(seed);
        }
    }

    /// <summary>So much in an account counts as an outcome.</summary>
    public void Expose(int line, TraceOutcome outcome, long units)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(accounts, line, out _);
        entry.Remains += units;
        entry.Returned |= outcome == TraceOutcome.Returned;
        entry.NotFollowed |= outcome == TraceOutcome.NotFollowed;
        cut |= outcome == TraceOutcome.NotFollowed;
    }

    /// <param name="addsUp">Whether amounts of different accounts and exits may be added up.</param>
    public TraceAnswer ToAnswer(bool addsUp = true)
    {
        var (flowRows, exits) = WriteFlows();
        var accountRows = WriteAccounts();
        var totals = ImmutableSortedDictionary.CreateBuilder<TraceOutcome, long>();
        if (addsUp) AddUp(accountRows, exits, totals);
        return new TraceAnswer(flowRows, accountRows, exits, totals.ToImmutable(), cut) { Claims = WriteClaims(), Hidden = WriteHidden() };
    }

    private static void AddUp(ImmutableArray<TraceAccount> accounts, ImmutableArray<TraceExit> exits, ImmutableSortedDictionary<TraceOutcome, long>.Builder totals)
    {
        foreach (var account in accounts)
            if (account.Remains > 0) totals[account.Outcome] = totals.GetValueOrDefault(account.Outcome) + account.Remains;
        foreach (var exit in exits) totals[exit.Outcome] = totals.GetValueOrDefault(exit.Outcome) + exit.Flow.Stolen;
    }

    private ImmutableArray<TraceHidden> WriteHidden()
    {
        var order = hidden.Keys.ToArray();
        Array.Sort(order, graph.Compare);
        return
        [
            .. order.Where(transfer => hidden[transfer] > 0).Select(transfer => (Facts: graph.FactsOf(transfer), Units: hidden[transfer]))
                .Select(one => new TraceHidden(one.Facts.Payee!.Value, one.Facts.Member, one.Facts.Id, one.Facts.OrderReference, one.Units))
                .OrderBy(static one => one.Pool.ToString(), StringComparer.Ordinal),
        ];
    }

    private ImmutableArray<TraceClaim> WriteClaims() =>
    [
        .. claims.Where(static claim => claim.Value > 0)
            .Select(claim => (claim.Key.Seed, Account: graph.AccountOf(claim.Key.Line), Units: claim.Value))
            .OrderBy(static claim => claim.Seed).ThenBy(static claim => claim.Account.ToString(), StringComparer.Ordinal)
            .Select(claim => WriteClaim(claim.Seed, claim.Account, claim.Units)),
    ];

    private TraceClaim WriteClaim(int seed, AccountNumber account, long units)
    {
        var facts = graph.FactsOf(seeds.Seeds[seed].Transfer);
        return new TraceClaim(facts.Member, facts.Id, account, units);
    }

    private (ImmutableArray<TraceFlow> Flows, ImmutableArray<TraceExit> Exits) WriteFlows()
    {
        var order = flows.Keys.ToArray();
        Array.Sort(order, (a, b) => flows[a].Layer != flows[b].Layer ? flows[a].Layer.CompareTo(flows[b].Layer) : graph.Compare(a, b));
        var rows = ImmutableArray.CreateBuilder<TraceFlow>(order.Length);
        var exits = ImmutableArray.CreateBuilder<TraceExit>();
        foreach (var transfer in order)
        {
            var (facts, entry) = (graph.FactsOf(transfer), flows[transfer]);
            var flow = new TraceFlow(
                facts.Member, facts.Id, facts.Payer, facts.Payee, facts.At, facts.Means, facts.Amount, entry.Stolen, entry.Layer);
            rows.Add(flow);
            if (ExitOf(graph.Row(transfer)) is { } outcome) exits.Add(new TraceExit(flow, outcome));
        }
        return (rows.MoveToImmutable(), exits.ToImmutable());
    }

    private ImmutableArray<TraceAccount> WriteAccounts()
    {
        var rows = new List<TraceAccount>(accounts.Count);
        foreach (var (line, entry) in accounts)
            rows.Add(new TraceAccount(
                graph.AccountOf(line), graph.KindOf(line), entry.Layer, new Instant(entry.FirstArrival),
                (long)Int128.Min(entry.Arrived, long.MaxValue), entry.Remains, OutcomeOf(line, entry)));
        rows.Sort((a, b) => a.Layer != b.Layer ? a.Layer.CompareTo(b.Layer)
            : a.FirstArrival != b.FirstArrival ? a.FirstArrival.CompareTo(b.FirstArrival)
            : string.CompareOrdinal(a.Account.ToString(), b.Account.ToString()));
        return [.. rows];
    }

    /// <summary>
    /// The rest in an account counts as one thing. A victim's account that got money back counts as returned; one that
    /// a bound kept from being looked into for any part counts as not followed for all.
    /// </summary>
    private TraceOutcome OutcomeOf(int line, in AccountEntry entry) =>
        entry.Returned ? TraceOutcome.Returned : entry.NotFollowed ? TraceOutcome.NotFollowed : EndAt(line) ?? TraceOutcome.Held;

    private struct FlowEntry
    {
        public long Stolen;
        public int Layer;
    }

    private struct AccountEntry
    {
        // Money that goes round is counted each time it comes: more than any one sum can be.
        public Int128 Arrived;
        public long Remains;
        public long FirstArrival;
        public int Layer;
        public bool Returned;
        public bool NotFollowed;
    }
}
