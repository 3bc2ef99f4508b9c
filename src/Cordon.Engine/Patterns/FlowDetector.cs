namespace Cordon.Engine.Patterns;

/// <summary>What came in against what went out: gathering and scattering, and rapid pass-through.</summary>
internal sealed class FlowDetector(WatchState state)
{
    private const int MostPieces = 4;

    /// <summary>
    /// Several new payers up to an instant, several new payees from it on, and about as much out as in. Of all the instants
    /// that divide the two the most surprising is taken.
    /// </summary>
    public void GatherScatter(AccountTrail trail)
    {
        var allIn = trail.In.All;
        var allOut = trail.Out.All;
        if (allIn.Length < 2 || allOut.Length < 2) return;
        var latest = Math.Max(allIn[^1].Transfer.At.Micros, allOut[^1].Transfer.At.Micros);
        var from = WatchState.Before(latest, state.Window);
        var credits = trail.In.Between(from, latest);
        var (best, bits) = (-1L, 0);
        for (var i = 1; i < credits.Length; i++)
        {
            var divide = credits[i].Transfer.At.Micros;
            if (i + 1 < credits.Length && credits[i + 1].Transfer.At.Micros == divide) continue;
            var (sources, gathered) = Fresh(credits[..(i + 1)]);
            var (targets, scattered) = Fresh(trail.Out.Between(divide, latest));
            if (sources < 2 || targets < 2 || scattered > gathered || scattered * 100m < gathered * (decimal)state.Options.PassedPercent) continue;
            // About one pair of sums in six would fit by chance; every dividing instant is another try.
            var found = ((sources + targets) * Surprise.Bit) + Surprise.Log2(6) - Surprise.Log2(credits.Length);
            if (found > bits) (best, bits) = (divide, found);
        }
        if (best < 0) return;
        var draft = state.Draft.Begin(PatternKind.GatherScatter, bits);
        draft.Keys.Add(trail.Number);
        draft.Add(trail.Number, PartyRole.Middle);
        draft.Add(trail.In.Between(from, best), freshOnly: true, payers: true);
        draft.Add(trail.Out.Between(best, latest), freshOnly: true, payers: false);
        draft.Cut = trail.In.Cut || trail.Out.Cut;
        state.Desk.Raise(draft, latest);
    }

    /// <summary>A credit, or a few in a row, of which most leaves in a few pieces. Gives the most surprising; null where nothing passed.</summary>
    public Passing? Passing(AccountTrail trail)
    {
        if (trail.In.All.IsEmpty || trail.Out.All.IsEmpty) return null;
        var latest = trail.Out.All[^1].Transfer.At.Micros;
        var credits = trail.In.Between(WatchState.Before(latest, state.Window / 2), latest);
        var best = default((int First, int Last, int Pieces, int Bits));
        for (var last = 0; last < credits.Length; last++)
        {
            var pieces = trail.Out.Between(credits[last].Transfer.At.Micros, latest);
            var tries = Surprise.Log2((long)credits.Length * pieces.Length * MostPieces);
            long came = 0;
            for (var first = last; first > last - MostPieces && first >= 0; first--)
            {
                came += credits[first].Transfer.Minor;
                var (count, closeness) = Pieces(pieces, came);
                if (closeness - tries > best.Bits) best = (first, last, count, closeness - tries);
            }
        }
        if (best.Bits == 0) return null;
        var went = trail.Out.Between(credits[best.Last].Transfer.At.Micros, latest)[..best.Pieces];
        return new Passing(Transfers(credits[best.First..(best.Last + 1)]), Transfers(went), best.Bits, null);
    }

    /// <summary>Tells of money that passed rapidly; money that passed slowly is known to <see cref="StackDetector"/> only.</summary>
    public void RaisePassThrough(AccountTrail trail, Passing passing)
    {
        if (passing.At.Went - passing.Came[0].At.Micros > state.PassWithin) return;
        var draft = state.Draft.Begin(PatternKind.PassThrough, passing.Bits);
        foreach (var credit in passing.Came)
        {
            draft.Keys.Add(credit.Number);
            draft.Transfers.Add(credit);
            draft.Add(credit.Payer, PartyRole.Source);
        }
        draft.Transfers.AddRange(passing.Went);
        draft.Add(trail.Number, PartyRole.Middle);
        foreach (var piece in passing.Went) draft.Add(piece.Payee, PartyRole.Target);
        state.Desk.Raise(draft, trail.LastAt);
    }

    // How many of the first pieces come nearest to what came, and how near.
    private (int Count, int Closeness) Pieces(ReadOnlySpan<Edge> pieces, long came)
    {
        var (gone, best) = (0L, (Count: 0, Closeness: 0));
        for (var i = 0; i < Math.Min(pieces.Length, MostPieces); i++)
        {
            gone += pieces[i].Transfer.Minor;
            if (gone > came) break;
            if (gone * 100m < came * (decimal)state.Options.PassedPercent) continue;
            var closeness = Closeness(came, gone);
            if (closeness > best.Closeness) best = (i + 1, closeness);
        }
        return best;
    }

    private static PatternTransfer[] Transfers(ReadOnlySpan<Edge> edges)
    {
        var transfers = new PatternTransfer[edges.Length];
        for (var i = 0; i < edges.Length; i++) transfers[i] = edges[i].Transfer;
        return transfers;
    }

    // The nearer what went is to what came, the less likely it is by chance; nearer than a hundredth is not told apart.
    private static int Closeness(long came, long gone) => Surprise.Log2(came) - Surprise.Log2(Math.Max(came - gone, (came / 100) + 1));

    private static (int Parties, long Minor) Fresh(ReadOnlySpan<Edge> edges)
    {
        var (parties, minor) = (0, 0L);
        foreach (ref readonly var edge in edges)
        {
            if (!edge.Fresh) continue;
            parties++;
            minor += edge.Transfer.Minor;
        }
        return (parties, minor);
    }
}
