using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>Keeps what a trace finds by transfer and account, and writes the answer in its order. A graph has one at a time: a new one takes the room of that before.</summary>
internal sealed class TraceLedger(MoneyGraph graph, SeedSet seeds)
{
    private readonly NumberTable<FlowEntry> flows = graph.EmptyFlows();
    private readonly NumberTable<AccountEntry> accounts = graph.EmptyAccounts();

    // By account and seed: what of the rest is whose. An entry without money tells that some came by. With one seed, all is its.
    private readonly Dictionary<(int Line, int Seed), long> claims = [];
    private readonly bool oneSeed = seeds.Seeds.Count == 1;
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
        ref var entry = ref flows.At(transfer, out var known);
        // Backwards, money that came round is counted each time, and so can be more than any one sum.
        entry.Stolen = units > long.MaxValue - entry.Stolen ? long.MaxValue : entry.Stolen + units;
        entry.Layer = known ? Math.Min(entry.Layer, layer) : layer;
    }

    public void Arrive(int line, int layer, long at, long units)
    {
        ref var entry = ref accounts.At(line, out var known);
        (entry.Reached, known) = (true, known && entry.Reached);
        entry.Arrived += units;
        entry.Layer = known ? Math.Min(entry.Layer, layer) : layer;
        entry.FirstArrival = known ? Math.Min(entry.FirstArrival, at) : at;
    }

    /// <summary>Money of a seed came by, whether or not it stays.</summary>
    public void Reach(int line, int seed)
    {
        if (!oneSeed) claims.TryAdd((line, seed), 0);
    }

    /// <summary>Money of a seed stays in an account.</summary>
    public void Rest(int line, TraceOutcome outcome, long units, int seed)
    {
        Expose(line, outcome, units);
        if (!oneSeed) claims[(line, seed)] = claims.GetValueOrDefault((line, seed)) + units;
    }

    /// <summary>
    /// Gives what is left in each account to all seeds that reached it, in proportion to how much each lost. What is back with a victim is his alone.
    /// </summary>
    /// <param name="losses">By a seed's place, minor units.</param>
    public void ShareOut(IReadOnlyList<long> losses)
    {
        foreach (var reached in claims.Keys.GroupBy(static key => key.Line, static key => key.Seed).ToList())
        {
            if (accounts.At(reached.Key, out _).Returned) continue;
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
        ref var entry = ref accounts.At(line, out _);
        entry.Reached = true;
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
        return new TraceAnswer(flowRows, accountRows, exits, totals.ToImmutable(), cut) { Claims = addsUp ? WriteClaims() : [], Hidden = WriteHidden() };
    }

    /// <summary>The transfers alone.</summary>
    public ImmutableArray<TraceFlow> ToFlows() => WriteFlows().Flows;

    private static void AddUp(ImmutableArray<TraceAccount> accounts, ImmutableArray<TraceExit> exits, ImmutableSortedDictionary<TraceOutcome, long>.Builder totals)
    {
        foreach (var account in accounts)
            if (account.Remains > 0) totals[account.Outcome] = totals.GetValueOrDefault(account.Outcome) + account.Remains;
        foreach (var exit in exits) totals[exit.Outcome] = totals.GetValueOrDefault(exit.Outcome) + exit.Flow.Stolen;
    }

    private ImmutableArray<TraceClaim> WriteClaims()
    {
        var rows = new List<(int Seed, AccountNumber Account, long Units)>();
        if (oneSeed)
            for (var i = 0; i < accounts.Count; i++) rows.Add((0, accounts.Entries[i].Name ?? NameOf(accounts.Keys[i]), accounts.Entries[i].Remains));
        foreach (var ((line, seed), units) in claims) rows.Add((seed, NameOf(line), units));
        rows.RemoveAll(static row => row.Units <= 0);
        rows.Sort(static (a, b) => a.Seed != b.Seed ? a.Seed.CompareTo(b.Seed) : AccountNumber.CompareTexts(a.Account, b.Account));
        return [.. rows.Select(claim => WriteClaim(claim.Seed, claim.Account, claim.Units))];
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

    private TraceClaim WriteClaim(int seed, AccountNumber account, long units)
    {
        var (member, id) = graph.NameOf(seeds.Seeds[seed].Transfer);
        return new TraceClaim(member, id, account, units);
    }

    // An account is in several flows; its text is made once.
    private AccountNumber NameOf(int line) => accounts.At(line, out _) is { Name: { } name } ? name : (accounts.At(line, out _).Name = graph.AccountOf(line)).Value;

    private (ImmutableArray<TraceFlow> Flows, ImmutableArray<TraceExit> Exits) WriteFlows()
    {
        var order = new (int Layer, long At, int Transfer, long Stolen)[flows.Count];
        for (var i = 0; i < order.Length; i++)
        {
            var (transfer, entry) = (flows.Keys[i], flows.Entries[i]);
            order[i] = (entry.Layer, graph.Row(transfer).At, transfer, entry.Stolen);
        }
        foreach (var transfer in flows.Keys) graph.LookAheadToName(transfer);
        foreach (var line in accounts.Keys) graph.LookAheadToAccountText(line);
        foreach (var transfer in flows.Keys) graph.LookAheadToNameText(transfer);
        order.AsSpan().Sort((a, b) => a.Layer != b.Layer ? a.Layer.CompareTo(b.Layer) : a.At != b.At ? a.At.CompareTo(b.At) : graph.Compare(a.Transfer, b.Transfer));
        var rows = ImmutableArray.CreateBuilder<TraceFlow>(order.Length);
        var exits = ImmutableArray.CreateBuilder<TraceExit>();
        foreach (var (layer, _, transfer, stolen) in order)
        {
            var flow = WriteFlow(transfer, stolen, layer);
            rows.Add(flow);
            if (ExitOf(graph.Row(transfer)) is { } outcome) exits.Add(new TraceExit(flow, outcome));
        }
        return (rows.MoveToImmutable(), exits.ToImmutable());
    }

    private TraceFlow WriteFlow(int transfer, long stolen, int layer)
    {
        ref readonly var row = ref graph.Row(transfer);
        var (member, id) = graph.NameOf(transfer);
        return new TraceFlow(
            member, id, row.Payer >= 0 ? NameOf(row.Payer) : null, row.Payee >= 0 ? NameOf(row.Payee) : null, new Instant(row.At), row.Means,
            new Amount(graph.MinorOf(transfer), seeds.Currency), stolen, layer);
    }

    private ImmutableArray<TraceAccount> WriteAccounts()
    {
        var rows = new List<TraceAccount>(accounts.Count);
        for (var i = 0; i < accounts.Count; i++)
        {
            var (line, entry) = (accounts.Keys[i], accounts.Entries[i]);
            if (!entry.Reached) continue;
            rows.Add(new TraceAccount(
                NameOf(line), graph.KindOf(line), entry.Layer, new Instant(entry.FirstArrival),
                (long)Int128.Min(entry.Arrived, long.MaxValue), entry.Remains, OutcomeOf(line, entry)));
        }
        rows.Sort((a, b) => a.Layer != b.Layer ? a.Layer.CompareTo(b.Layer)
            : a.FirstArrival != b.FirstArrival ? a.FirstArrival.CompareTo(b.FirstArrival)
            : AccountNumber.CompareTexts(a.Account, b.Account));
        return [.. rows];
    }

    /// <summary>
    /// The rest in an account counts as one thing. A victim's account that got money back counts as returned; one that
    /// a bound kept from being looked into for any part counts as not followed for all.
    /// </summary>
    private TraceOutcome OutcomeOf(int line, in AccountEntry entry) =>
        entry.Returned ? TraceOutcome.Returned : entry.NotFollowed ? TraceOutcome.NotFollowed : EndAt(line) ?? TraceOutcome.Held;
}

/// <summary>What a trace found of a transfer.</summary>
internal struct FlowEntry
{
    public long Stolen;
    public int Layer;
}

/// <summary>What a trace found of an account.</summary>
internal struct AccountEntry
{
    // Money that goes round is counted each time it comes: more than any one sum can be.
    public Int128 Arrived;
    public long Remains;
    public long FirstArrival;
    public int Layer;

    /// <summary>Whether money came here; an account may be here for its name alone.</summary>
    public bool Reached;
    public bool Returned;
    public bool NotFollowed;
    public AccountNumber? Name;
}
