namespace Cordon.Engine.Patterns;

/// <summary>Fan-in and fan-out: more new counterparties within a window than this account, and accounts altogether, are used to.</summary>
internal static class FanDetector
{
    public static void Look(WatchState state, AccountTrail trail)
    {
        Look(state, trail, ref trail.In, inwards: true, trail.Payers);
        Look(state, trail, ref trail.Out, inwards: false, trail.Payees);
    }

    private static void Look(WatchState state, AccountTrail trail, ref EdgeLine line, bool inwards, int counterparties)
    {
        if (counterparties < state.Options.FanParties || line.All.IsEmpty) return;
        var latest = line.All[^1].Transfer.At.Micros;
        var from = WatchState.Before(latest, state.Window);
        var recent = line.Between(from, latest);
        var fresh = 0;
        foreach (ref readonly var edge in recent) fresh += edge.Fresh ? 1 : 0;
        if (fresh < state.Options.FanParties) return;
        // Where an account has more than is remembered, what is remembered covers less than a window.
        var cut = line.Cut && recent.Length == line.All.Length;
        if (cut) from = recent[0].Transfer.At.Micros;
        var usual = Math.Max(state.FreshPerWindow, OwnHabit(state, trail, counterparties - fresh, from));
        var expected = Math.Max(Surprise.Bit / 2, (long)((Int128)usual * (latest - from) / state.Window));
        var draft = state.Draft.Begin(inwards ? PatternKind.FanIn : PatternKind.FanOut, Surprise.Poisson(fresh, expected));
        draft.Cut = cut;
        draft.Keys.Add(trail.Number);
        draft.Add(trail.Number, inwards ? PartyRole.Target : PartyRole.Source);
        draft.Add(recent, freshOnly: true, payers: inwards);
        state.Desk.Raise(draft, latest);
    }

    /// <summary>How many new ones the account itself had a window before this one, in 1,024ths.</summary>
    private static long OwnHabit(WatchState state, AccountTrail trail, int before, long from)
    {
        if (before <= 0) return 0;
        var age = Math.Max(state.Window, from - trail.FirstAt);
        return (long)((Int128)before * Surprise.Bit * state.Window / age);
    }
}
