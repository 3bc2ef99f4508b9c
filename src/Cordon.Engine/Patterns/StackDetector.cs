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
        foreach (var credit in passing.Came)
        {
            if (credit.Payer < 0 || state.Trail(credit.Payer).Passing is not { } before) continue;
            if (!before.WentBy(credit) || before.Depth < passing.Depth) continue;
            if (WatchState.Before(credit.At.Micros, state.Window) > before.At.Came) continue;
            trail.Passing = passing with { Before = before.AsBefore() };
            return true;
        }
        return false;
    }

    private void Raise(AccountTrail trail, Passing deep)
    {
        var draft = state.Draft.Begin(PatternKind.Stack, 0);
        for (var layer = deep; layer is not null; layer = layer.Before)
        {
            draft.Bits += layer.Bits;
            foreach (var credit in layer.Came)
            {
                draft.Keys.Add(credit.Number);
                draft.Transfers.Add(credit);
                draft.Add(credit.Payer, PartyRole.Source);
                draft.Add(credit.Payee, PartyRole.Middle);
            }
            draft.Transfers.AddRange(layer.Went);
            foreach (var piece in layer.Went) draft.Add(piece.Payee, PartyRole.Target);
        }
        state.Desk.Raise(draft, trail.LastAt);
    }
}
