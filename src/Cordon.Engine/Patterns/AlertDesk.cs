namespace Cordon.Engine.Patterns;

/// <summary>Keeps the alerts that grow, tells of new and of closed ones, and notes them on their accounts.</summary>
internal sealed class AlertDesk(PatternOptions options, Func<int, AccountTrail> trailOf, Action<PatternAlert> told)
{
    private readonly long window = options.Window.Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly Dictionary<(PatternKind Kind, long Key), OpenAlert> byKey = [];
    private readonly List<OpenAlert> open = [];
    private readonly List<int> newcomers = [];
    private long sweptAt = long.MinValue;
    private long numbers;

    /// <summary>How many alerts were raised.</summary>
    public long Raised => numbers;

    /// <summary>How many were not, because too many were growing.</summary>
    public long Dropped { get; private set; }

    /// <summary>Raises an alert, or lets the one grow that it is part of.</summary>
    /// <param name="draft">The pattern; its bits are at least the least.</param>
    /// <param name="at">The instant at which it was found.</param>
    public void Raise(AlertDraft draft, long at)
    {
        if (draft.Bits < options.LeastBits * Surprise.Bit) return;
        var alert = Find(draft);
        var isNew = alert is null;
        if (alert is null)
        {
            if (open.Count >= options.OpenAlerts)
            {
                Dropped++;
                return;
            }
            alert = new OpenAlert(++numbers, draft.Kind, options.TransfersPerAlert);
            open.Add(alert);
        }
        newcomers.Clear();
        alert.Take(draft, newcomers);
        foreach (var key in draft.Keys)
            if (byKey.TryAdd((draft.Kind, key), alert)) alert.Keys.Add(key);
        foreach (var party in draft.Parties) Note(party.Account, draft, at);
        foreach (var account in newcomers) trailOf(account).Patterns!.Alerts[(int)draft.Kind]++;
        if (isNew) told(alert.Tell(closed: false));
    }

    /// <summary>Closes what has not grown for a window. Done now and then, so that it costs little each time.</summary>
    public void Sweep(long now)
    {
        if (sweptAt != long.MinValue && now - sweptAt < window / 8) return;
        sweptAt = now;
        Close(alert => now - alert.LastAt > window);
    }

    /// <summary>Closes everything.</summary>
    public void CloseAll() => Close(_ => true);

    private void Close(Predicate<OpenAlert> over)
    {
        foreach (var alert in open)
        {
            if (!over(alert)) continue;
            foreach (var key in alert.Keys) byKey.Remove((alert.Kind, key));
            told(alert.Tell(closed: true));
        }
        open.RemoveAll(over);
    }

    private OpenAlert? Find(AlertDraft draft)
    {
        foreach (var key in draft.Keys)
            if (byKey.TryGetValue((draft.Kind, key), out var alert)) return alert;
        return null;
    }

    private void Note(int account, AlertDraft draft, long at)
    {
        var patterns = trailOf(account).Patterns ??= new AccountPatterns();
        patterns.LastAt = Math.Max(patterns.LastAt, at);
        ref var strongest = ref patterns.Strongest[(int)draft.Kind];
        strongest = Math.Max(strongest, draft.Bits);
    }
}
