namespace Cordon.Engine.Patterns;

/// <summary>
/// A transfer that closes a cycle: a way back from its payer to its payee, against the direction of the money, on which
/// every transfer is no later than the next and none is older than a window.
/// </summary>
internal sealed class CycleDetector(WatchState state)
{
    private const int LeastAccounts = 3;

    // Breadth first: a reached account, by which transfer it was left towards the closing one, and from which entry.
    private readonly List<(int Account, long Until, PatternTransfer By, int From)> reached = [];

    public void Look(PatternTransfer closing)
    {
        var found = Search(closing);
        if (found < 0) return;
        var draft = state.Draft.Begin(PatternKind.Cycle, Math.Max(0, state.AccountBits - Surprise.Log2(reached.Count)));
        draft.Transfers.Add(closing);
        for (var i = found; i > 0; i = reached[i].From) draft.Transfers.Add(reached[i].By);
        foreach (var transfer in draft.Transfers) draft.Add(transfer.Payer, PartyRole.Middle);
        draft.Keys.Add(KeyOf(draft.Transfers));
        state.Desk.Raise(draft, closing.At.Micros);
    }

    /// <summary>Where the payee was reached, at the end of the shortest way; below zero where it was not.</summary>
    private int Search(PatternTransfer closing)
    {
        reached.Clear();
        var mark = state.NewMark();
        var from = WatchState.Before(closing.At.Micros, state.Window);
        Reach(closing.Payer, closing.At.Micros, default, -1, mark);
        var (next, steps) = (0, state.Options.StepsPerSearch);
        for (var length = 1; length < state.Options.CycleAccounts; length++)
        {
            for (var end = reached.Count; next < end; next++)
            {
                var (account, until, _, _) = reached[next];
                foreach (ref readonly var edge in state.Trail(account).In.Between(from, until))
                {
                    if (steps-- <= 0) return -1;
                    if (!edge.Fresh || edge.Transfer.Payer == PatternTransfer.Outside) continue;
                    var isBack = edge.Transfer.Payer == closing.Payee;
                    if (isBack && length + 1 < LeastAccounts) continue;
                    if (!Reach(edge.Transfer.Payer, edge.Transfer.At.Micros, edge.Transfer, next, mark)) continue;
                    if (isBack) return reached.Count - 1;
                }
            }
        }
        return -1;
    }

    // An account reached once more is worth going on from only where more of its past is open than before.
    private bool Reach(int account, long until, PatternTransfer by, int from, long mark)
    {
        var trail = state.Trail(account);
        if (trail.Mark == mark && trail.MarkedUntil >= until) return false;
        (trail.Mark, trail.MarkedUntil) = (mark, until);
        reached.Add((account, until, by, from));
        return true;
    }

    // The same cycle closed by another of its transfers of the same instant has the same key.
    private static long KeyOf(List<PatternTransfer> transfers)
    {
        unchecked
        {
            long key = 0;
            foreach (var transfer in transfers) key += (long)PairTable.Mix((ulong)transfer.Number + 0x9e3779b97f4a7c15);
            return key;
        }
    }
}
