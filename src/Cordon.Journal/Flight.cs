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
/// one leaves them only when the engine knows it. Handing over allocates nothing.
/// </summary>
internal sealed class Flights
{
    // One that is filled and flushed, one that is judged, and one between, so that neither thread waits for the other's last step.
    private const int Most = 3;

    private readonly Flight[] all = [.. Enumerable.Range(0, Most).Select(_ => new Flight())];
    private readonly object gate = new();
    private readonly Queue<Flight> free;
    private readonly Queue<Flight> durable = new(Most);
    private bool ended;

    public Flights() => free = new Queue<Flight>(all);

    /// <summary>A group to fill; waits while all are on their way.</summary>
    public Flight Next()
    {
        lock (gate)
        {
            while (free.Count == 0) Monitor.Wait(gate);
            return free.Dequeue();
        }
    }

    /// <summary>Hands a durable group to the engine.</summary>
    public void Hand(Flight flight) => Put(durable, flight);

    /// <summary>The next durable group; null where no more will come.</summary>
    public Flight? Taken()
    {
        lock (gate)
        {
            while (durable.Count == 0 && !ended) Monitor.Wait(gate);
            return durable.TryDequeue(out var flight) ? flight : null;
        }
    }

    /// <summary>Gives a group back that is judged, and empty.</summary>
    public void Return(Flight flight) => Put(free, flight);

    /// <summary>No more groups will come.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
            Monitor.PulseAll(gate);
        }
    }

    public (ulong Content, long Sequence)? Find(UInt128 name)
    {
        foreach (var flight in all)
            if (flight.Records.TryGetValue(name, out var found)) return found;
        return null;
    }

    private void Put(Queue<Flight> queue, Flight flight)
    {
        lock (gate)
        {
            queue.Enqueue(flight);
            Monitor.PulseAll(gate);
        }
    }
}
