using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>
/// Measures how authorities feed back on leads: one occasion for each date that was set, at whoever had the lead then. A lead is told whole each time
/// something of it changed; what it counted before is taken back first, so that the order of telling is without meaning.
/// </summary>
/// <param name="tally">Where it is counted.</param>
internal sealed class LeadMeter(ControlTally tally)
{
    private readonly Dictionary<(string Lead, int Round), Told> leads = [];
    private readonly PriorityQueue<(string Lead, int Round), Instant> waiting = new();

    public void Take(LeadFact fact, Instant now)
    {
        var key = (fact.Lead, fact.Round);
        if (leads.TryGetValue(key, out var known))
            foreach (var (place, fault) in known.Counted) place.Remove(known.Fact.From, 1, fault ? 1 : 0, fault ? RecordOf(fact) : null);
        var told = new Told(fact, []);
        leads[key] = told;
        if (IsFault(fact, now) is not { } late)
        {
            if (fact.EndedAt is null && now <= fact.Due) waiting.Enqueue(key, fact.Due);
            return;
        }
        foreach (var measure in tally.Of(DutyControl.LeadFeedback))
            if (measure.At(fact.From) is { } duty && tally.Place(measure, duty, fact.Authority, null) is { } place)
            {
                place.Add(fact.From, 1, late ? 1 : 0, late ? RecordOf(fact) : null);
                told.Counted.Add((place, late));
            }
    }

    /// <summary>The clock moved: what was owed by now and was not told is a fault.</summary>
    public void Advance(Instant now)
    {
        while (waiting.TryPeek(out var key, out var due) && due < now)
        {
            waiting.Dequeue();
            Take(leads[key].Fact, now);
        }
    }

    /// <summary>Null while it cannot be told, and where it was withdrawn before the time was over.</summary>
    private static bool? IsFault(LeadFact fact, Instant now)
    {
        if (fact.FedBackAt is { } told && told <= now) return told > fact.Due;
        if (fact.EndedAt is { } ended && ended <= now && ended <= fact.Due) return null;
        return now > fact.Due ? true : null;
    }

    private static string RecordOf(LeadFact fact) => $"lead:{fact.Lead}";

    private sealed record Told(LeadFact Fact, List<(FaultCount Place, bool Fault)> Counted);
}
