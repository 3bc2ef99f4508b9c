using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>
/// Measures what records of casework show: appeals, leads, warnings. A fact is told whole each time something of its record changed; what it counted before
/// is taken back first, so that the order of telling is without meaning.
/// </summary>
/// <param name="tally">Where it is counted.</param>
internal sealed class CaseworkMeter(ControlTally tally)
{
    private readonly Dictionary<(DutyControl Control, string Record), Told> facts = [];
    private readonly PriorityQueue<(DutyControl Control, string Record), Instant> waiting = new();

    public void Take(CaseworkFact fact, Instant now)
    {
        var key = (fact.Control, fact.Record);
        if (facts.TryGetValue(key, out var known))
            foreach (var (place, fault) in known.Counted) place.Remove(known.Fact.At, 1, fault ? 1 : 0, fault ? fact.Record : null);
        var told = facts[key] = new Told(fact, []);
        foreach (var measure in tally.Of(fact.Control))
        {
            if (measure.At(fact.At) is not { } duty) continue;
            if (fact.IsFault(duty, now) is not { } fault)
            {
                if (fact.DueUnder(duty) is { } due && now <= due) waiting.Enqueue(key, due);
            }
            else if (tally.Place(measure, duty, fact.Member, null) is { } place)
            {
                place.Add(fact.At, 1, fault ? 1 : 0, fault ? fact.Record : null);
                told.Counted.Add((place, fault));
            }
        }
    }

    /// <summary>The clock moved: what had to be done by now and was not is a fault.</summary>
    public void Advance(Instant now)
    {
        while (waiting.TryPeek(out var key, out var due) && due < now)
        {
            waiting.Dequeue();
            Take(facts[key].Fact, now);
        }
    }

    private sealed record Told(CaseworkFact Fact, List<(FaultCount Place, bool Fault)> Counted);
}
