namespace Cordon.Demo;

/// <summary>
/// The clock of a played province: it stands where the play has come to, and walks on in real time once the play is
/// over. Timers are real all the while.
/// </summary>
/// <param name="start">Where it stands first.</param>
/// <param name="real">The clock it walks on with.</param>
internal sealed class DemoClock(DateTimeOffset start, TimeProvider real) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset at = start;
    private long? walkingSince;

    /// <summary>Moves the clock; never backwards.</summary>
    public void Set(DateTimeOffset to)
    {
        lock (gate)
            if (to > at) at = to;
    }

    /// <summary>Lets the clock walk.</summary>
    public void Walk()
    {
        lock (gate) walkingSince ??= real.GetTimestamp();
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return walkingSince is { } since ? at + real.GetElapsedTime(since) : at;
    }
}
