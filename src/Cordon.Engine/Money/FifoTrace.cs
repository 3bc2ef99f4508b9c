using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>
/// Follows seeds through the graph, once for each end of the answer.
/// <para>
/// FIFO pairs every unit that leaves an account with one unit that came in, so no two lots ever run together and the
/// only units a lot can meet again are those of a seed. Two rules make every minor unit count exactly once:
/// </para>
/// <list type="number">
/// <item>Money that comes back into the account it was stolen from is returned, and its way ends there.</item>
/// <item>Money that flows into a seed's transfer is not new money there: the seed is entered as one more transfer on the
/// way (again at layer 1), and only the rest of it is traced on its own.</item>
/// </list>
/// <para>
/// Seeds are taken in order of time, so those upstream come first. At one instant that order can be wrong: money then
/// flows into units taken before it. The trace begins again and takes those units last, when what feeds them has run.
/// </para>
/// </summary>
internal sealed class FifoTrace
{
    // Each beginning learns of all units it took too early, so a chain told backwards takes two; more are for knots.
    private const int MaxBeginnings = 8;
    private const int Ahead = 3;

    private readonly MoneyGraph graph;
    private readonly TraceBounds bounds;
    private readonly SeedSet seeds;
    private readonly FifoLines lines;
    private readonly Instant until;
    private readonly bool most;
    private readonly TraceLedger ledger;
    private readonly UnitSet[] covered;
    private readonly UnitSet[] alreadyCounted;
    private readonly List<Lot> lots = [];
    private readonly NumberTable<int> lastLots;
    private readonly bool joins;
    private int arrived;
    private readonly List<UnitSpan> parts = [];
    private readonly UnitSet[] takenTooEarly;
    private bool metTaken;
    private int seed;
    private int flows;
    private bool metUnknownOpening;

    private FifoTrace(MoneyGraph graph, TraceRequest request, SeedSet seeds, FifoLines lines, bool most)
    {
        (this.graph, this.seeds, this.lines, this.most) = (graph, seeds, lines, most);
        (bounds, until) = (request.Bounds, request.Until);
        ledger = new TraceLedger(graph, seeds);
        // Which unit of which seed a unit was matters only where money of one seed may run into another.
        joins = seeds.Seeds.Count == 1;
        lastLots = graph.EmptyLots();
        covered = [.. seeds.Seeds.Select(_ => new UnitSet())];
        takenTooEarly = [.. seeds.Seeds.Select(_ => new UnitSet())];
        alreadyCounted = [.. seeds.Seeds.Select(_ => new UnitSet())];
    }

    public static TraceRefusal? Check(TraceBounds bounds) =>
        bounds.MaxDepth is < 1 or > 1000 || bounds.MaxFlows is < 1 or > 10_000_000 || bounds.MaxAccountTransfers < 1
            ? TraceRefusal.BadBounds : null;

    public static Trace Run(MoneyGraph graph, TraceRequest request, SeedSet seeds)
    {
        var lines = new FifoLines(graph, request.Until);
        var tooEarly = new List<UnitSet[]>();
        var least = new FifoTrace(graph, request, seeds, lines, most: false);
        var roots = least.FollowAll(tooEarly);
        while (least.metTaken && tooEarly.Count < MaxBeginnings - 1)
        {
            tooEarly.Add(least.takenTooEarly);
            least = new FifoTrace(graph, request, seeds, lines, most: false);
            roots = least.FollowAll(tooEarly);
        }
        var leastAnswer = least.ToAnswer(roots, request.Method);
        var seeded = new Amount(roots.Sum(r => r.Units.Length), seeds.Currency);
        if (!least.metUnknownOpening) return new Trace(seeded, leastAnswer, leastAnswer, Exact: true) { Method = request.Method };
        var most = new FifoTrace(graph, request, seeds, lines, most: true);
        most.FollowRoots(roots);
        return new Trace(seeded, leastAnswer, most.ToAnswer(roots, request.Method), Exact: false) { Method = request.Method };
    }

    private TraceAnswer ToAnswer(List<Root> roots, AttributionMethod method)
    {
        if (method == AttributionMethod.PariPassu)
        {
            var losses = new long[seeds.Seeds.Count];
            foreach (var root in roots) losses[root.Seed] += root.Units.Length;
            ledger.ShareOut(losses);
        }
        return ledger.ToAnswer();
    }

    /// <summary>The least end: finds which units of the seeds are distinct money, and follows them.</summary>
    /// <param name="tooEarly">By beginning, the units that must wait; those found last wait longest.</param>
    /// <returns>The distinct units: the other end starts from the same, so that both count the same money.</returns>
    private List<Root> FollowAll(List<UnitSet[]> tooEarly)
    {
        var started = new List<Root>();
        for (var round = 0; round <= tooEarly.Count; round++)
            for (seed = 0; seed < seeds.Seeds.Count; seed++)
            {
                var fresh = covered[seed].Sift([new UnitSpan(0, seeds.Seeds[seed].Units, false)], inSet: false);
                if (round > 0) fresh = tooEarly[round - 1][seed].Sift(fresh, inSet: true);
                for (var later = round; later < tooEarly.Count; later++) fresh = tooEarly[later][seed].Sift(fresh, inSet: false);
                foreach (var span in fresh)
                {
                    started.Add(new Root(seed, span));
                    Start(span);
                }
                Drain();
            }
        var roots = new List<Root>();
        foreach (var root in started)
            foreach (var span in alreadyCounted[root.Seed].Sift([root.Units], inSet: false))
                roots.Add(root with { Units = span });
        return roots;
    }

    /// <summary>The most end, from the units that the least end found distinct.</summary>
    private void FollowRoots(List<Root> roots)
    {
        foreach (var root in roots) covered[root.Seed].Add(root.Units.From, root.Units.To);
        foreach (var root in roots)
        {
            seed = root.Seed;
            Enqueue(new Lot(seeds.Seeds[seed].Transfer, root.Units.From, root.Units.Length, 1, root.Units.From));
            Drain();
        }
    }

    private void Start(UnitSpan span)
    {
        covered[seed].Add(span.From, span.To);
        Enqueue(new Lot(seeds.Seeds[seed].Transfer, span.From, span.Length, 1, span.From));
    }

    private void Enqueue(in Lot lot)
    {
        if (joins && JoinsWaiting(lot)) return;
        flows++;
        lots.Add(lot);
        graph.LookAheadToLine(graph.Row(lot.Transfer).Payee);
    }

    /// <summary>
    /// Money that is spent together goes on together: a lot beside one that waits in the same transfer, at the same layer, runs together with it.
    /// Without this a mule with some money of its own would make two lots of each that it passes on, and the next mule four.
    /// </summary>
    private bool JoinsWaiting(in Lot lot)
    {
        ref var last = ref lastLots.At(lot.Transfer, out var known);
        if (known && last > arrived && lots[last] is var waiting && waiting.Layer == lot.Layer)
        {
            var isBehind = waiting.From + waiting.Length == lot.From;
            if (isBehind || lot.From + lot.Length == waiting.From)
            {
                lots[last] = waiting with { From = isBehind ? waiting.From : lot.From, Length = waiting.Length + lot.Length };
                return true;
            }
        }
        last = lots.Count;
        return false;
    }

    private void Drain()
    {
        for (; arrived < lots.Count; arrived++)
        {
            // Where the next lots go lies anywhere in memory: it is fetched while those before them are followed.
            if (arrived + (2 * Ahead) < lots.Count) graph.LookAheadToAccount(graph.Row(lots[arrived + (2 * Ahead)].Transfer).Payee);
            if (arrived + Ahead < lots.Count) graph.LookAheadToDebits(graph.Row(lots[arrived + Ahead].Transfer).Payee);
            Arrive(lots[arrived]);
        }
        lots.Clear();
        lastLots.Clear();
        arrived = 0;
    }

    private void Arrive(in Lot lot)
    {
        ref readonly var row = ref graph.Row(lot.Transfer);
        ledger.Flow(lot.Transfer, lot.Length, lot.Layer);
        if (TraceLedger.ExitOf(row) is not null) return;
        ledger.Arrive(row.Payee, lot.Layer, row.At, lot.Length);
        ledger.Reach(row.Payee, seed);
        var place = lines.Places.In(lot.Transfer);
        if (row.Payee == graph.Row(seeds.Seeds[seed].Transfer).Payer) ledger.Rest(row.Payee, TraceOutcome.Returned, lot.Length, seed);
        else if (ledger.EndOf(lot.Transfer, place, lines.Places) is { } end) Stay(lot, row.Payee, end, lot.Length);
        // An order has no victim: what is paid out of one and comes into it again, by whichever pooled account, is back.
        else if (place == lines.Places.Out(seeds.Seeds[seed].Transfer)) ledger.Rest(row.Payee, TraceOutcome.Returned, lot.Length, seed);
        else if (lot.Layer >= bounds.MaxDepth || lines.Places.TransfersAt(place) > bounds.MaxAccountTransfers)
            ledger.Rest(row.Payee, TraceOutcome.NotFollowed, lot.Length, seed);
        else PassThrough(lot, row.Payee, place);
    }

    private void Stay(in Lot lot, int line, TraceOutcome outcome, long units)
    {
        ledger.Rest(line, outcome, units, seed);
        if (outcome == TraceOutcome.Pool) ledger.Hide(lot.Transfer, units);
    }

    private void PassThrough(in Lot lot, int line, int place)
    {
        if (!lines.Places.IsOrder(place) && graph.TryGetOffsets(place, until, out var openingKnown, out var opening))
            PassThrough(lot, line, place, new OffsetLine(graph, place, until, openingKnown, opening));
        else PassThrough(lot, line, place, lines.Of(place));
    }

    private void PassThrough<TLayout>(in Lot lot, int line, int place, TLayout layout)
        where TLayout : IFifoLayout, allows ref struct
    {
        if (!layout.OpeningKnown)
        {
            metUnknownOpening = true;
            if (most)
            {
                // Every debit is paid from the opening balance, so what came later is all still there.
                ledger.Rest(line, TraceOutcome.Held, lot.Length, seed);
                return;
            }
        }
        var begin = layout.CreditStart(lot.Transfer) + lot.From;
        var end = begin + lot.Length;
        var at = begin;
        for (var debit = layout.FirstDebitPast(at); at < end && debit < layout.DebitCount; debit++)
        {
            var upTo = Int128.Min(end, layout.DebitStart(debit + 1));
            // One that was reversed takes nothing.
            if (upTo == at) continue;
            var from = (long)(at - layout.DebitStart(debit));
            Leave(new Lot(layout.Debit(debit), from, (long)(upTo - at), lot.Layer + 1, lot.Root + (long)(at - begin)), line);
            at = upTo;
        }
        if (at < end) Stay(lot, line, lines.Places.IsOrder(place) ? TraceOutcome.Pool : TraceOutcome.Held, (long)(end - at));
    }

    /// <summary>Sends a lot on by a debit of an account, cut where the debit is a seed's own money.</summary>
    private void Leave(in Lot lot, int line)
    {
        var place = seeds.PlaceOf(lot.Transfer);
        var own = place < 0 ? 0 : Math.Clamp(seeds.Seeds[place].Units - lot.From, 0, lot.Length);
        if (own > 0)
        {
            covered[place].Split(lot.From, lot.From + own, parts);
            foreach (var part in parts) Enter(place, part, lot, line);
        }
        if (own == lot.Length) return;
        if (flows < bounds.MaxFlows) Enqueue(lot.Part(own, lot.Length - own, lot.Layer));
        else ledger.Rest(line, TraceOutcome.NotFollowed, lot.Length - own, seed);
    }

    private void Enter(int place, UnitSpan part, in Lot lot, int line)
    {
        var here = lot.Part(part.From - lot.From, part.Length, layer: 1);
        if (!part.InSet)
        {
            // A seed is always entered, whatever the bound on flows: else its money would be traced a second time.
            covered[place].Add(part.From, part.To);
            Enqueue(here);
        }
        else if (most) ledger.Rest(line, TraceOutcome.NotFollowed, part.Length, seed);
        else
        {
            // Counted where it was taken, unless a new beginning finds an order without such a meeting.
            metTaken = true;
            takenTooEarly[place].Add(part.From, part.To);
            alreadyCounted[seed].Add(here.Root, here.Root + here.Length);
        }
    }

    /// <summary>Units of one transfer, one after another, that were units of the seed now followed.</summary>
    /// <param name="Transfer">The transfer they are in.</param>
    /// <param name="From">The first of them, counted from the transfer's first unit.</param>
    /// <param name="Length">How many.</param>
    /// <param name="Layer">Transfers since the last seed, it among them.</param>
    /// <param name="Root">Which unit of the seed the first of them was.</param>
    private readonly record struct Lot(int Transfer, long From, long Length, int Layer, long Root)
    {
        public Lot Part(long skip, long length, int layer) => new(Transfer, From + skip, length, layer, Root + skip);
    }

    private readonly record struct Root(int Seed, UnitSpan Units);
}
