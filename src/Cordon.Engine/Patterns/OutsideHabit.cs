namespace Cordon.Engine.Patterns;

/// <summary>What an account pays outside as a habit: how often, how much, how evenly. Its newest payments are remembered.</summary>
internal sealed class OutsideHabit
{
    private const int Most = 64;
    private const int Enough = 8;
    private readonly List<long> newest = [];
    private int next;

    public int Payments { get; private set; }

    public int InCash { get; private set; }

    public void Add(long minor, bool cash)
    {
        Payments++;
        if (cash) InCash++;
        if (newest.Count < Most) newest.Add(minor);
        else newest[next] = minor;
        next = (next + 1) % Most;
    }

    /// <summary>The median, and the distance of the quartiles as a share of it; nothing while too few are known.</summary>
    public (double Median, double Spread)? Habit(long[] room)
    {
        if (newest.Count < Enough) return null;
        newest.CopyTo(room);
        Array.Sort(room, 0, newest.Count);
        var median = At(room, 0.5);
        return (median, (At(room, 0.75) - At(room, 0.25)) / median);
    }

    /// <summary>Room for <see cref="Habit"/>.</summary>
    public static long[] Room() => new long[Most];

    private double At(long[] sorted, double share)
    {
        var place = share * (newest.Count - 1);
        var low = (int)place;
        var high = Math.Min(low + 1, newest.Count - 1);
        return sorted[low] + ((place - low) * (sorted[high] - sorted[low]));
    }
}
