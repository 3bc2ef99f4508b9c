using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>
/// Follows seeds by the methods that mix: it plays the accounts that stolen money reached forward in time, debit by debit,
/// and keeps for each what the victims claim of the money in it. Every minor unit of a seed is in one place: what a seed's own
/// transfer carries of other seeds' money is not new there, and what comes back into the account it was stolen from is returned.
/// </summary>
internal sealed class ReplayTrace
{
    // All accounts of a trace are laid out together: so many transfers take some 600 MB. What comes after is not followed. Ours.
    private const long MostLaidOut = 20_000_000;

    private readonly MoneyGraph graph;
    private readonly TraceBounds bounds;
    private readonly SeedSet seeds;
    private readonly FifoLines lines;
    private readonly AttributionMethod method;
    private readonly bool most;
    private readonly TraceLedger ledger;
    private readonly Dictionary<int, Holder> holders = [];
    private readonly PriorityQueue<int, long> due = new();

    // By a seed's place, how much of it is new money: found at the least end, and followed at the other too.
    private readonly long[] fresh;
    private readonly Dictionary<int, long> tainted = [];
    private long laidOut;
    private int flows;
    private bool metUnknownOpening;

    private ReplayTrace(MoneyGraph graph, TraceRequest request, SeedSet seeds, FifoLines lines, long[] fresh, bool most)
    {
        (this.graph, bounds, this.seeds, this.lines, method) = (graph, request.Bounds, seeds, lines, request.Method);
        (this.fresh, this.most) = (fresh, most);
        ledger = new TraceLedger(graph, seeds);
    }

    public static Trace Run(MoneyGraph graph, TraceRequest request, SeedSet seeds)
    {
        var lines = new FifoLines(graph, request.Until);
        var fresh = new long[seeds.Seeds.Count];
        var least = new ReplayTrace(graph, request, seeds, lines, fresh, most: false);
        var leastAnswer = least.Follow();
        var seeded = new Amount(fresh.Sum(), seeds.Currency);
        if (!least.metUnknownOpening) return new Trace(seeded, leastAnswer, leastAnswer, Exact: true) { Method = request.Method };
        var most = new ReplayTrace(graph, request, seeds, lines, fresh, most: true);
        return new Trace(seeded, leastAnswer, most.Follow(), Exact: false) { Method = request.Method };
    }

    private TraceAnswer Follow()
    {
        for (var next = 0; next < seeds.Seeds.Count || due.Count > 0;)
        {
            var at = due.TryPeek(out _, out var first) ? first : long.MaxValue;
            if (next < seeds.Seeds.Count) at = Math.Min(at, graph.Row(seeds.Seeds[next].Transfer).At);
            var instant = new ReplayInstant(this, graph, lines.Places, at);
            while (due.TryPeek(out var line, out var when) && when == at)
            {
                due.Dequeue();
                holders[line].IsDue = false;
                instant.Reach(line);
            }
            for (; next < seeds.Seeds.Count && graph.Row(seeds.Seeds[next].Transfer).At == at; next++) instant.Begin(seeds.Seeds[next].Transfer);
            instant.Play();
        }
        foreach (var (line, holder) in holders) Settle(line, holder);
        return ledger.ToAnswer(addsUp: method != AttributionMethod.Poison);
    }

    /// <summary>How many accounts may be looked at together.</summary>
    public int Width => bounds.MaxFlows;

    /// <summary>The holder of an account that a trace looks through; null where it does not.</summary>
    public Holder? HolderOf(int line)
    {
        if (holders.TryGetValue(line, out var known)) return known;
        if (line < 0 || (!lines.Places.IsOrder(line) && ledger.EndAt(line) is not null)) return null;
        if (lines.Places.TransfersAt(line) > bounds.MaxAccountTransfers || laidOut >= MostLaidOut) return null;
        var layout = lines.Of(line);
        laidOut += layout.Length;
        return holders[line] = new Holder(layout);
    }

    /// <summary>Has an account wait for its next debit, if there is anything in it to wait with.</summary>
    public void Await(int line, Holder holder)
    {
        if (holder.IsDue || holder.Claims.IsEmpty || holder.Next >= holder.Layout.DebitCount) return;
        holder.IsDue = true;
        due.Enqueue(line, holder.Layout.DebitAt(holder.Next));
    }

    /// <summary>A seed whose payer is not played: all of it is new money.</summary>
    public void Seed(int transfer) => Leave(transfer, new Claims(), layer: 1, payer: null);

    /// <summary>Plays the next debit of an account.</summary>
    public void Pay(Holder payer)
    {
        var transfer = payer.Layout.Debit(payer.Next);
        Leave(transfer, PartOf(payer), payer.Layer == int.MaxValue ? 1 : payer.Layer + 1, payer);
        payer.Played();
    }

    /// <summary>What of the claims leaves with the next debit.</summary>
    private Claims PartOf(Holder payer)
    {
        if (payer.Claims.IsEmpty) return new Claims();
        if (method == AttributionMethod.Poison) return payer.Claims.Copy();
        // Every debit is paid from an opening balance larger than all of them.
        if (most && !payer.Layout.OpeningKnown) return new Claims();
        var debit = payer.Layout.DebitMinor(payer.Next);
        // What comes round in a ring within one instant comes after the debits it was booked before: the holder then paid with money of his own.
        var available = Int128.Max(payer.Layout.Available(payer.Next), payer.Claims.Sum);
        if (method == AttributionMethod.RollingCharge) return payer.Claims.Take(debit, Int128.Max(available, debit));
        var beyondOwn = Int128.Min(debit - (available - payer.Claims.Sum), payer.Claims.Sum);
        return beyondOwn <= 0 ? new Claims() : payer.Claims.Take((long)beyondOwn, payer.Claims.Sum);
    }

    private void Leave(int transfer, Claims part, int layer, Holder? payer)
    {
        var place = seeds.PlaceOf(transfer);
        if (place >= 0)
        {
            if (!most) fresh[place] = Math.Max(0, seeds.Seeds[place].Units - (method == AttributionMethod.Poison ? 0 : part.Sum));
            // What is new was found at the least end; where more claims are here at this one, they stay, for no transfer carries more than itself.
            else if (method != AttributionMethod.Poison && payer is not null) payer.Claims.Add(part.TakeLast(part.Sum + fresh[place] - graph.MinorOf(transfer)));
            part.Add(place, fresh[place]);
            layer = 1;
        }
        if (part.IsEmpty) return;
        if (place < 0 && flows >= bounds.MaxFlows)
        {
            if (method == AttributionMethod.Poison) payer!.IsCut = true;
            else Rest(graph.Row(payer!.First).Payee, TraceOutcome.NotFollowed, part, part.Sum);
            return;
        }
        flows++;
        Arrive(transfer, part, layer);
    }

    private void Arrive(int transfer, Claims part, int layer)
    {
        ref readonly var row = ref graph.Row(transfer);
        var units = method == AttributionMethod.Poison ? Tainted(transfer, part) : part.Sum;
        ledger.Flow(transfer, units, layer);
        if (TraceLedger.ExitOf(row) is not null) return;
        ledger.Arrive(row.Payee, layer, row.At, units);
        if (RestOf(transfer, part, units) is not { IsEmpty: false } onward) return;
        var place = lines.Places.In(transfer);
        var end = ledger.EndOf(transfer, place, lines.Places) ?? (layer >= bounds.MaxDepth ? TraceOutcome.NotFollowed : null);
        var holder = end is null ? HolderOf(place) : null;
        if (holder is not null) Hold(place, holder, onward, layer, transfer);
        else Stay(transfer, end ?? TraceOutcome.NotFollowed, onward, units);
    }

    /// <summary>How much more of a transfer is tainted than before: within an instant more taint can come round to an account that has paid.</summary>
    private long Tainted(int transfer, Claims part)
    {
        var units = seeds.PlaceOf(transfer) is var place and >= 0 && part.IsOnly(place) ? seeds.Seeds[place].Units : graph.MinorOf(transfer);
        ref var told = ref CollectionsMarshal.GetValueRefOrAddDefault(tainted, transfer, out _);
        var more = units - told;
        told = units;
        return more;
    }

    /// <summary>What is not back with its victim.</summary>
    private Claims RestOf(int transfer, Claims part, long units)
    {
        var line = graph.Row(transfer).Payee;
        var onward = new Claims();
        var returned = new Claims();
        foreach (var (seed, claim) in part.All)
            (IsBack(transfer, seeds.Seeds[seed].Transfer) ? returned : onward).Add(seed, claim);
        if (!returned.IsEmpty && (onward.IsEmpty || method != AttributionMethod.Poison)) Rest(line, TraceOutcome.Returned, returned, units);
        return onward;
    }

    /// <summary>Whether a transfer brings money back to where a seed took it from: the account, or the order in a pool.</summary>
    private bool IsBack(int transfer, int seed)
    {
        var (payee, places) = (graph.Row(transfer).Payee, lines.Places);
        return payee == graph.Row(seed).Payer || (places.In(transfer) == places.Out(seed) && !places.StaysWithin(transfer));
    }

    private void Hold(int line, Holder holder, Claims part, int layer, int transfer)
    {
        var at = graph.Row(transfer).At;
        metUnknownOpening |= !holder.Layout.OpeningKnown;
        holder.SkipTo(at);
        if (method != AttributionMethod.Poison) holder.Claims.Add(part);
        // What taints an account within an instant taints all that leaves it at that instant, in a ring too.
        else if (holder.Claims.Join(part)) holder.Again(at);
        holder.Arrived(transfer, layer, graph);
        // What still pays at this instant is played by it.
        if (!holder.Pays(at)) Await(line, holder);
    }

    private void Stay(int transfer, TraceOutcome outcome, Claims part, long units)
    {
        Rest(graph.Row(transfer).Payee, outcome, part, units);
        if (outcome == TraceOutcome.Pool) ledger.Hide(transfer, method == AttributionMethod.Poison ? units : part.Sum);
    }

    private void Rest(int line, TraceOutcome outcome, Claims part, long units)
    {
        if (method == AttributionMethod.Poison) ledger.Expose(line, outcome, units);
        else foreach (var (seed, claim) in part.All) ledger.Rest(line, outcome, claim, seed);
    }

    private void Settle(int line, Holder holder)
    {
        if (holder.Claims.IsEmpty) return;
        var outcome = holder.IsCut ? TraceOutcome.NotFollowed : lines.Places.IsOrder(line) ? TraceOutcome.Pool : TraceOutcome.Held;
        var balance = holder.Layout.OpeningKnown || !most ? holder.Layout.Balance : holder.Layout.Came;
        Stay(holder.First, outcome, holder.Claims, (long)Int128.Min(balance, long.MaxValue));
    }
}
