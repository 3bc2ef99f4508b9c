namespace Cordon.Engine.Patterns;

/// <summary>Several amounts of one account just below a limit, or far below what is usual: more than its share of such amounts.</summary>
internal static class StructuringDetector
{
    // Just below: the last tenth before the limit.
    private const int Tenth = 10;

    public static void Look(WatchState state, AccountTrail trail)
    {
        Look(state, trail, ref trail.In, inwards: true);
        Look(state, trail, ref trail.Out, inwards: false);
    }

    private static void Look(WatchState state, AccountTrail trail, ref EdgeLine line, bool inwards)
    {
        if (line.All.Length < state.Options.StructuredTransfers) return;
        var latest = line.All[^1].Transfer.At.Micros;
        var recent = line.Between(WatchState.Before(latest, state.Window), latest);
        Band(state, trail, recent, inwards, 1, state.Amounts.SmallBelow(), 0);
        var band = 1;
        foreach (var limit in state.Options.Limits) Band(state, trail, recent, inwards, limit - (limit / Tenth), limit, band++);
    }

    private static void Band(WatchState state, AccountTrail trail, ReadOnlySpan<Edge> recent, bool inwards, long from, long below, int band)
    {
        var seen = 0;
        foreach (ref readonly var edge in recent) seen += edge.Transfer.Minor >= from && edge.Transfer.Minor < below ? 1 : 0;
        if (seen < state.Options.StructuredTransfers) return;
        var draft = state.Draft.Begin(PatternKind.Structuring, Surprise.Poisson(seen, state.Amounts.Expected(recent.Length, from, below)));
        // Each account, direction and band is a pattern of its own.
        draft.Keys.Add(((((long)band * 2) + (inwards ? 1 : 0)) << 32) | (uint)trail.Number);
        draft.Add(trail.Number, inwards ? PartyRole.Target : PartyRole.Source);
        foreach (ref readonly var edge in recent)
        {
            if (edge.Transfer.Minor < from || edge.Transfer.Minor >= below) continue;
            draft.Transfers.Add(edge.Transfer);
            draft.Add(inwards ? edge.Transfer.Payer : edge.Transfer.Payee, inwards ? PartyRole.Source : PartyRole.Target);
        }
        state.Desk.Raise(draft, recent[^1].Transfer.At.Micros);
    }
}
