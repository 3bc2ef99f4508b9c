namespace Cordon.Engine.Patterns;

/// <summary>
/// Patterns of two hops around a new transfer: several middles between one source and one target (scatter-gather), and
/// several payers with the same payees (two full layers).
/// </summary>
internal sealed class LayerDetector(WatchState state)
{
    private const int MostNeighbours = 32;
    private readonly Dictionary<int, (int Middles, int Bits)> sources = [];
    private readonly List<PatternTransfer> shared = [];

    public void Look(PatternTransfer arrival)
    {
        ScatterGather(arrival);
        Bipartite(arrival);
    }

    private void ScatterGather(PatternTransfer arrival)
    {
        var (at, from) = (arrival.At.Micros, WatchState.Before(arrival.At.Micros, state.Window));
        var target = state.Trail(arrival.Payee);
        var others = Newest(target.In.Between(from, at));
        if (others.Length < 2) return;
        sources.Clear();
        foreach (ref readonly var edge in state.Trail(arrival.Payer).In.Between(from, at))
            if (edge.Fresh && edge.Transfer.Payer >= 0 && edge.Transfer.Payer != arrival.Payee) sources.TryAdd(edge.Transfer.Payer, (1, 0));
        if (sources.Count == 0) return;
        var many = Surprise.Log2(sources.Count) + Surprise.Log2(others.Length);
        foreach (ref readonly var other in others)
        {
            if (!other.Fresh || other.Transfer.Payer < 0 || other.Transfer.Payer == arrival.Payer) continue;
            var before = state.Trail(other.Transfer.Payer).In.Between(from, other.Transfer.At.Micros);
            foreach (ref readonly var edge in before)
            {
                if (!edge.Fresh || !sources.TryGetValue(edge.Transfer.Payer, out var so)) continue;
                sources[edge.Transfer.Payer] = (so.Middles + 1, so.Bits + Math.Max(0, state.AccountBits - Surprise.Log2(before.Length) - many));
            }
        }
        var (best, found) = (-1, (Middles: 1, Bits: 0));
        foreach (var (source, so) in sources)
            if (so.Middles > found.Middles || (so.Middles == found.Middles && best >= 0 && source < best)) (best, found) = (source, so);
        if (best >= 0) Raise(best, arrival.Payee, found.Bits, from, at);
    }

    private void Raise(int source, int target, int bits, long from, long at)
    {
        var draft = state.Draft.Begin(PatternKind.ScatterGather, bits);
        draft.Keys.Add(((long)source << 32) | (uint)target);
        draft.Add(source, PartyRole.Source);
        draft.Add(target, PartyRole.Target);
        foreach (ref readonly var second in state.Trail(target).In.Between(from, at))
        {
            if (!second.Fresh || second.Transfer.Payer < 0) continue;
            foreach (ref readonly var first in state.Trail(second.Transfer.Payer).In.Between(from, second.Transfer.At.Micros))
            {
                if (!first.Fresh || first.Transfer.Payer != source) continue;
                draft.Transfers.Add(first.Transfer);
                draft.Transfers.Add(second.Transfer);
                draft.Add(second.Transfer.Payer, PartyRole.Middle);
            }
        }
        state.Desk.Raise(draft, at);
    }

    private void Bipartite(PatternTransfer arrival)
    {
        var (at, from) = (arrival.At.Micros, WatchState.Before(arrival.At.Micros, state.Window));
        var own = state.Trail(arrival.Payer).Out.Between(from, at);
        var others = Newest(state.Trail(arrival.Payee).In.Between(from, at));
        if (own.Length < 2 || others.Length < 2) return;
        var mark = state.NewMark();
        foreach (ref readonly var edge in own)
            if (edge.Fresh && edge.Transfer.Payee >= 0) state.Trail(edge.Transfer.Payee).Mark = mark;
        shared.Clear();
        var bits = 0;
        foreach (ref readonly var other in others)
        {
            if (!other.Fresh || other.Transfer.Payer < 0 || other.Transfer.Payer == arrival.Payer) continue;
            var theirs = state.Trail(other.Transfer.Payer).Out.Between(from, at);
            var before = shared.Count;
            foreach (ref readonly var edge in theirs)
                if (edge.Fresh && edge.Transfer.Payee >= 0 && state.Trail(edge.Transfer.Payee).Mark == mark) shared.Add(edge.Transfer);
            // One payee in common is how the two were found; every further one is the surprise.
            var further = shared.Count - before - 1;
            if (further < 1) shared.RemoveRange(before, shared.Count - before);
            else bits += further * Math.Max(0, state.AccountBits - Surprise.Log2(own.Length) - Surprise.Log2(theirs.Length));
        }
        if (shared.Count == 0) return;
        Raise(arrival, own, bits, at);
    }

    private void Raise(PatternTransfer arrival, ReadOnlySpan<Edge> own, int bits, long at)
    {
        var draft = state.Draft.Begin(PatternKind.Bipartite, bits);
        var common = state.NewMark();
        foreach (var transfer in shared)
        {
            state.Trail(transfer.Payee).Mark = common;
            draft.Transfers.Add(transfer);
        }
        foreach (ref readonly var edge in own)
            if (edge.Fresh && edge.Transfer.Payee >= 0 && state.Trail(edge.Transfer.Payee).Mark == common) draft.Transfers.Add(edge.Transfer);
        if (draft.Transfers.Count < state.Options.BipartiteTransfers) return;
        draft.Keys.Add(arrival.Payer);
        foreach (var transfer in draft.Transfers)
        {
            if (!draft.Keys.Contains(transfer.Payer)) draft.Keys.Add(transfer.Payer);
            draft.Add(transfer.Payer, PartyRole.Source);
            draft.Add(transfer.Payee, PartyRole.Target);
        }
        state.Desk.Raise(draft, at);
    }

    private static ReadOnlySpan<Edge> Newest(ReadOnlySpan<Edge> edges) => edges.Length > MostNeighbours ? edges[^MostNeighbours..] : edges;
}
