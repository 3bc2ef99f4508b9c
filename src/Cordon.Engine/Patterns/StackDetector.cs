namespace Cordon.Engine.Patterns;

/// <summary>
/// Layers: what passed one account passes the next. Each account remembers the last money that passed it; where the transfer by
/// which that came is one by which money left an account that passed it on too, the two are layers of one stack.
/// </summary>
internal sealed class StackDetector(WatchState state)
{
    // Of transfers of one instant any may have come first, so accounts are gone through until no stack grows deeper.
    private const int Rounds = 4;
    private const int LeastDepth = 2;

    public void Look(List<AccountTrail> passed)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var grew = false;
            foreach (var trail in passed) grew |= Deepen(trail);
            if (!grew) break;
        }
        foreach (var trail in passed)
            if (trail.Passing is { Depth: >= LeastDepth } deep) Raise(trail, deep);
    }

    private bool Deepen(AccountTrail trail)
    {
        var passing = trail.Passing!;
        if (passing.Came.Payer < 0 || state.Trail(passing.Came.Payer).Passing is not { } before) return false;
        if (!before.WentBy(passing.Came) || before.Depth < passing.Depth) return false;
        if (WatchState.Before(passing.Came.At.Micros, state.Window) > before.Came.At.Micros) return false;
        trail.Passing = passing with { Before = before.AsBefore() };
        return true;
    }

    private void Raise(AccountTrail trail, Passing deep)
    {
        var draft = state.Draft.Begin(PatternKind.Stack, 0);
        draft.Add(trail.Number, PartyRole.Middle);
        for (var layer = deep; layer is not null; layer = layer.Before)
        {
            draft.Bits += layer.Bits;
            draft.Keys.Add(layer.Came.Number);
            draft.Transfers.Add(layer.Came);
            draft.Transfers.AddRange(layer.Went);
            draft.Add(layer.Came.Payer, layer.Before is null ? PartyRole.Source : PartyRole.Middle);
            foreach (var piece in layer.Went) draft.Add(piece.Payee, PartyRole.Target);
        }
        state.Desk.Raise(draft, trail.LastAt);
    }
}
