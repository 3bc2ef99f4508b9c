namespace Cordon.Engine.Money;

/// <summary>
/// What happens at one instant of a replay. Credits come before debits, so an account pays only when all have paid that pay it at this instant.
/// In a ring of accounts none is the first: the one whose debit is first by id begins, and what comes round to it leaves with a later debit.
/// </summary>
internal sealed class ReplayInstant(ReplayTrace trace, MoneyGraph graph, TracePlaces places, long at)
{
    private readonly Dictionary<int, Holder> reached = [];
    private readonly Dictionary<int, int> awaited = [];
    private readonly Queue<int> unseen = new();
    private readonly List<int> began = [];
    private readonly SortedSet<int> waiting = new(Comparer<int>.Create(graph.Compare));
    private readonly SortedSet<int> ready = new(Comparer<int>.Create(graph.Compare));

    /// <summary>An account may pay with claimed money at this instant.</summary>
    public void Reach(int line)
    {
        if (line < 0 || reached.ContainsKey(line) || trace.HolderOf(line) is not { } holder) return;
        holder.SkipTo(at);
        if (!holder.Pays(at)) return;
        if (reached.Count >= trace.Width)
        {
            holder.IsCut = true;
            return;
        }
        reached.Add(line, holder);
        unseen.Enqueue(line);
    }

    /// <summary>A seed begins at this instant.</summary>
    public void Begin(int transfer)
    {
        began.Add(transfer);
        Reach(places.In(transfer));
    }

    public void Play()
    {
        LookOnward();
        foreach (var transfer in began)
            if (places.StaysWithin(transfer) || !reached.ContainsKey(places.Out(transfer))) trace.Seed(transfer);
        foreach (var (line, holder) in reached) (awaited.GetValueOrDefault(line) == 0 ? ready : waiting).Add(holder.Layout.Debit(holder.Next));
        while (ready.Count + waiting.Count > 0)
        {
            var first = ready.Count > 0 ? ready.Min : waiting.Min;
            ready.Remove(first);
            waiting.Remove(first);
            PlayOut(places.Out(first));
        }
    }

    /// <summary>Finds the accounts that money could pass on to within this instant, and how many debits each waits for.</summary>
    private void LookOnward()
    {
        while (unseen.TryDequeue(out var line))
        {
            var layout = reached[line].Layout;
            for (var debit = reached[line].Next; debit < layout.DebitCount && layout.DebitAt(debit) == at; debit++)
            {
                var payee = places.In(layout.Debit(debit));
                if (payee < 0) continue;
                awaited[payee] = awaited.GetValueOrDefault(payee) + 1;
                Reach(payee);
            }
        }
    }

    private void PlayOut(int line)
    {
        var holder = reached[line];
        while (holder.Pays(at))
        {
            var payee = places.In(holder.Layout.Debit(holder.Next));
            trace.Pay(holder);
            if (payee >= 0) awaited[payee]--;
            if (payee < 0 || awaited[payee] > 0 || !reached.TryGetValue(payee, out var next) || !next.Pays(at)) continue;
            var debit = next.Layout.Debit(next.Next);
            waiting.Remove(debit);
            ready.Add(debit);
        }
        trace.Await(line, holder);
    }
}
