using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Lists;

/// <summary>Which entries to list.</summary>
public sealed record ListFilter
{
    /// <summary>Of which list.</summary>
    public required ListName List { get; init; }

    /// <summary>Only those that begin so; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>Those taken off and run out too.</summary>
    public bool Ended { get; init; }

    /// <summary>Behind this entry; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>The façade of the module: the lists that rules ask.</summary>
/// <param name="store">The database.</param>
public sealed class ListDesk(CaseworkStore store)
{
    /// <summary>Raised after a list changed.</summary>
    public event Action? Changed;

    /// <summary>Puts an entry on a list, or says something else of one that is there. Screening knows within a second.</summary>
    /// <param name="actor">A rule author or supervisor; a supervisor for numbers that may never be blocked.</param>
    /// <param name="list">Which list.</param>
    /// <param name="entry">The identifier in its written form.</param>
    /// <param name="owner">Who answers for it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="until">From when on it counts no more; null for no end.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<ListEntry>> PutAsync(
        Actor actor, ListName list, string entry, string owner, string reason, Instant? until, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<ListEntry>(actor, async change =>
        {
            var known = await change.Db.Set<ListEntry>().SingleOrDefaultAsync(e => e.List == list && e.Entry == entry, cancel);
            var decision = ListRules.Decide(known, new PutEntry(change.NewId(), list, entry, owner, reason, until), actor, change.Now);
            if (decision.Refusal is { } refusal) return refusal;
            if (decision.Events.IsEmpty) return known!;
            var put = known ?? new ListEntry();
            if (known is null) change.Begin(put, decision.Events[0]);
            else change.Record(put, decision.Events[0]);
            change.Tell(new ListChanged(change.NewId(), list, entry, true, change.Now, until));
            return put;
        }, cancel));

    /// <summary>Takes an entry off its list.</summary>
    public async Task<Outcome<ListEntry>> TakeOffAsync(Actor actor, Guid id, string reason, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<ListEntry>(actor, async change =>
        {
            var known = await change.Db.Set<ListEntry>().SingleOrDefaultAsync(e => e.Id == id, cancel);
            var decision = ListRules.Decide(known, new TakeOff(reason), actor, change.Now);
            if (known is null || decision.Refusal is not null) return decision.Refusal ?? ListRefusal.NotFound;
            change.Record(known, decision.Events[0]);
            change.Tell(new ListChanged(change.NewId(), known.List, known.Entry, false, change.Now));
            return known;
        }, cancel));

    /// <summary>Entries of a list by their written form.</summary>
    public Task<List<ListEntry>> ListAsync(ListFilter filter) => store.ReadAsync(db =>
    {
        var now = store.Now;
        var all = db.Set<ListEntry>().Where(e => e.List == filter.List);
        if (!filter.Ended) all = all.Where(e => e.Present && (e.Until == null || e.Until > now));
        if (filter.Text is { Length: > 0 } text) all = all.Where(e => e.Entry.StartsWith(text));
        if (filter.After is { } after) all = all.Where(e => e.Entry.CompareTo(after) > 0);
        return all.OrderBy(e => e.Entry).Take(filter.Limit).ToListAsync();
    });

    /// <summary>Puts an entry on its list within a change of an indicator's, which keeps it from now on: what a person said of it before stands in its history.</summary>
    internal static async Task KeepAsync(Change change, ListName list, string entry, Guid indicator, string owner, string reason, Instant until)
    {
        var known = await change.Db.Set<ListEntry>().SingleOrDefaultAsync(e => e.List == list && e.Entry == entry);
        var happened = new ListEntryPut(change.Now, known?.Id ?? change.NewId(), list, entry, owner, reason, until, change.Actor.Id, indicator);
        if (known is null) change.Begin(new ListEntry(), happened);
        else change.Record(known, happened);
        change.Tell(new ListChanged(change.NewId(), list, entry, true, change.Now, until));
    }

    /// <summary>Takes an entry off its list within a change of the indicator's that keeps it; another's stays.</summary>
    internal static async Task LetGoAsync(Change change, ListName list, string entry, Guid indicator, string reason)
    {
        var known = await change.Db.Set<ListEntry>().SingleOrDefaultAsync(e => e.List == list && e.Entry == entry && e.Indicator == indicator);
        if (known is not { Present: true }) return;
        change.Record(known, new ListEntryTakenOff(change.Now, reason, change.Actor.Id));
        change.Tell(new ListChanged(change.NewId(), list, entry, false, change.Now));
    }

    /// <summary>Tells those who watch that entries changed within a change of another desk's.</summary>
    internal void Tell() => Changed?.Invoke();

    private Outcome<ListEntry> Told(Outcome<ListEntry> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke();
        return outcome;
    }
}
