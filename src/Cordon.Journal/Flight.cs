using System.Collections.Concurrent;

namespace Cordon.Journal;

/// <summary>One group of submissions between the journal and the engine.</summary>
internal sealed class Flight
{
    public List<Submission> Group { get; } = [];

    /// <summary>Its new records by name: their contents and sequences.</summary>
    public Dictionary<UInt128, (ulong Content, long Sequence)> Records { get; } = [];

    /// <summary>Bytes that went to the journal.</summary>
    public long Bytes { get; set; }

    /// <summary>How many of the group were answered.</summary>
    public int Answered { get; set; }

    public void Refuse(Exception why)
    {
        for (; Answered < Group.Count; Answered++) Group[Answered].Refuse(why);
    }

    public void Land()
    {
        Group.Clear();
        Records.Clear();
        (Bytes, Answered) = (0, 0);
    }
}

/// <summary>
/// The groups on their way: while the engine judges one, the journal makes the next durable. The owner's lock guards their records:
/// one leaves them only when the engine knows it.
/// </summary>
internal sealed class Flights : IDisposable
{
    // One that is filled and flushed, one that is judged, and one between, so that neither thread waits for the other's last step.
    private const int Most = 3;

    private readonly Flight[] all = [.. Enumerable.Range(0, Most).Select(_ => new Flight())];
    private readonly BlockingCollection<Flight> free = [];
    private readonly BlockingCollection<Flight> durable = [];

    public Flights()
    {
        foreach (var flight in all) free.Add(flight);
    }

    /// <summary>A group to fill; waits while all are on their way.</summary>
    public Flight Next() => free.Take();

    /// <summary>Hands a durable group to the engine.</summary>
    public void Hand(Flight flight) => durable.Add(flight);

    /// <summary>The next durable group; null where no more will come.</summary>
    public Flight? Taken() => durable.TryTake(out var flight, Timeout.Infinite) ? flight : null;

    /// <summary>Gives a group back that is judged or refused, and empty.</summary>
    public void Return(Flight flight) => free.Add(flight);

    /// <summary>No more groups will come.</summary>
    public void End() => durable.CompleteAdding();

    public (ulong Content, long Sequence)? Find(UInt128 name)
    {
        foreach (var flight in all)
            if (flight.Records.TryGetValue(name, out var found)) return found;
        return null;
    }

    public void Dispose()
    {
        free.Dispose();
        durable.Dispose();
    }
}
