using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>
/// Follows seeds backwards, once for each end of the answer: what left an account as [a, b) of what went out came into it as [a, b) of what
/// came in, so the way back is the way there read from its end.
/// </summary>
internal sealed class FifoBackTrace
{
    private readonly MoneyGraph graph;
    private readonly TraceRequest request;
    private readonly FifoLines lines;
    private readonly bool most;
    private readonly TraceLedger ledger;
    private readonly Dictionary<(int Line, TraceOrigin Origin), long> sources = [];
    private readonly Queue<Lot> lots = new();
    private int flows;
    private bool metUnknownOpening;
    private bool cut;

    private FifoBackTrace(MoneyGraph graph, TraceRequest request, SeedSet seeds, FifoLines lines, bool most)
    {
        (this.graph, this.request, this.lines, this.most) = (graph, request, lines, most);
        ledger = new TraceLedger(graph, seeds);
    }

    public static BackTrace Run(MoneyGraph graph, TraceRequest request, SeedSet seeds)
    {
        var lines = new FifoLines(graph, request.Until);
        var traced = new Amount(seeds.Seeds.Sum(static seed => seed.Units), seeds.Currency);
        var least = new FifoBackTrace(graph, request, seeds, lines, most: false);
        var answer = least.Follow(seeds);
        if (!least.metUnknownOpening) return new BackTrace(traced, answer, answer, Exact: true);
        return new BackTrace(traced, answer, new FifoBackTrace(graph, request, seeds, lines, most: true).Follow(seeds), Exact: false);
    }

    private BackTraceAnswer Follow(SeedSet seeds)
    {
        foreach (var seed in seeds.Seeds) lots.Enqueue(new Lot(seed.Transfer, 0, seed.Units, 1));
        flows = seeds.Seeds.Count;
        while (lots.TryDequeue(out var lot)) Leave(lot);
        var rows = sources.Select(source => new TraceSource(source.Key.Line < 0 ? null : graph.AccountOf(source.Key.Line), source.Key.Origin, source.Value)).ToList();
        rows.Sort(static (a, b) => string.CompareOrdinal(a.Account?.ToString(), b.Account?.ToString()) is var byAccount and not 0 ? byAccount : a.Origin.CompareTo(b.Origin));
        return new BackTraceAnswer(ledger.ToFlows(), [.. rows], cut);
    }

    private void Leave(in Lot lot)
    {
        ref readonly var row = ref graph.Row(lot.Transfer);
        ledger.Flow(lot.Transfer, lot.Length, lot.Layer);
        // What left the country or was drawn as cash is not followed on, and so not back either; a seed is asked about itself.
        if (lot.Layer > 1 && TraceLedger.ExitOf(row) is { } exit) End(row.Payer, exit == TraceOutcome.CashedOut ? TraceOrigin.Cash : TraceOrigin.OutOfSight, lot.Length);
        else if (row.Payer < 0) End(row.Payer, row.Means == TransferMeans.CashDeposit ? TraceOrigin.Cash : TraceOrigin.OutOfSight, lot.Length);
        else LeavePlace(lot, row.Payer, lines.Places.Out(lot.Transfer));
    }

    private void LeavePlace(in Lot lot, int line, int place)
    {
        var isOrder = lines.Places.IsOrder(place);
        if (!isOrder && OriginAt(line) is { } origin) End(line, origin, lot.Length);
        // What stays within an order does not say which money it moved.
        else if (lines.Places.StaysWithin(lot.Transfer)) End(line, isOrder ? TraceOrigin.Pool : TraceOrigin.NotFollowed, lot.Length);
        else if (lot.Layer >= request.Bounds.MaxDepth || lines.Places.TransfersAt(place) > request.Bounds.MaxAccountTransfers)
            End(line, TraceOrigin.NotFollowed, lot.Length);
        else if (!isOrder && graph.TryGetOffsets(line, request.Until, out var openingKnown, out var opening))
            PassBack(lot, line, new OffsetLine(graph, line, request.Until, openingKnown, opening));
        else PassBack(lot, line, lines.Of(place));
    }

    private TraceOrigin? OriginAt(int line) => graph.KindOf(line) switch
    {
        AccountKind.Merchant => TraceOrigin.Merchant,
        AccountKind.Pool => TraceOrigin.Pool,
        _ => graph.IsInSight(line) ? null : TraceOrigin.OutOfSight,
    };

    private void PassBack<TLayout>(in Lot lot, int line, TLayout layout)
        where TLayout : IFifoLayout, allows ref struct
    {
        metUnknownOpening |= !layout.OpeningKnown;
        if (most && !layout.OpeningKnown)
        {
            // Every debit was paid from the opening balance.
            End(line, TraceOrigin.OpeningBalance, lot.Length);
            return;
        }
        var at = layout.StartOfDebit(lot.Transfer) + lot.From;
        var end = at + lot.Length;
        if (at < layout.Opening)
        {
            var own = Int128.Min(end, layout.Opening) - at;
            End(line, TraceOrigin.OpeningBalance, (long)own);
            at += own;
        }
        var credits = layout.Credits;
        for (var next = layout.FirstCreditAfter(at); at < end; next++)
        {
            // What lies between two credits came unseen.
            if (next > 0) at = Came(lot, layout, credits[next - 1], at, end, line);
            var gap = (next < credits.Length ? Int128.Min(end, layout.CreditStart(credits[next])) : end) - at;
            if (gap <= 0) continue;
            End(line, TraceOrigin.Unexplained, (long)gap);
            at += gap;
        }
    }

    /// <summary>Follows what a credit paid of a lot, and tells how far it reached.</summary>
    private Int128 Came<TLayout>(in Lot lot, TLayout layout, int credit, Int128 at, Int128 end, int line)
        where TLayout : IFifoLayout, allows ref struct
    {
        var start = layout.CreditStart(credit);
        var upTo = Int128.Min(end, start + graph.CreditWidth(credit));
        if (upTo <= at) return at;
        var came = new Lot(credit, (long)(at - start), (long)(upTo - at), lot.Layer + 1);
        if (flows++ < request.Bounds.MaxFlows) lots.Enqueue(came);
        else End(line, TraceOrigin.NotFollowed, came.Length);
        return upTo;
    }

    private void End(int line, TraceOrigin origin, long units)
    {
        cut |= origin == TraceOrigin.NotFollowed;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sources, (line, origin), out _);
        sum += units;
    }

    /// <summary>Units of one transfer, one after another, that fed the seeds.</summary>
    private readonly record struct Lot(int Transfer, long From, long Length, int Layer);
}
