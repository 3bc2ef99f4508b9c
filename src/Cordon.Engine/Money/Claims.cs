namespace Cordon.Engine.Money;

/// <summary>
/// What the victims of several seeds claim of one sum of money, in minor units by the seed's place. What nobody claims is the holder's own.
/// </summary>
internal sealed class Claims
{
    private const int Own = int.MaxValue;

    private readonly SortedList<int, long> units = [];

    public bool IsEmpty => units.Count == 0;

    /// <summary>All of it together. It never exceeds the sum it is claimed of, and so 64 bits.</summary>
    public long Sum { get; private set; }

    /// <summary>The claims, by the place of their seeds.</summary>
    public IEnumerable<KeyValuePair<int, long>> All => units;

    /// <summary>What one seed claims.</summary>
    public long Of(int seed) => units.GetValueOrDefault(seed);

    public bool Has(int seed) => units.ContainsKey(seed);

    public void Add(int seed, long more)
    {
        if (more == 0) return;
        units[seed] = units.GetValueOrDefault(seed) + more;
        Sum += more;
    }

    public void Add(Claims others)
    {
        foreach (var (seed, more) in others.units) Add(seed, more);
    }

    /// <summary>Claims what others claim, nothing twice: for claims that tell whose money it may be and not how much.</summary>
    /// <returns>Whether any of it is new.</returns>
    public bool Join(Claims others)
    {
        var isNew = false;
        foreach (var (seed, claim) in others.units)
        {
            if (Has(seed)) continue;
            Add(seed, claim);
            isNew = true;
        }
        return isNew;
    }

    public Claims Copy()
    {
        var copy = new Claims();
        copy.Add(this);
        return copy;
    }

    /// <summary>Whether one seed alone claims anything.</summary>
    public bool IsOnly(int seed) => units.Count == 1 && Has(seed);

    /// <summary>
    /// Takes out what falls on the claims when a sum is divided in proportion among them and the holder. Whole units alone are divided:
    /// those left over go to the largest remainders, at equal ones to the earlier seed and to the holder last.
    /// </summary>
    /// <param name="sum">The sum, at most <paramref name="of"/>.</param>
    /// <param name="of">All that lies there, no less than <see cref="Sum"/> and above zero.</param>
    public Claims Take(long sum, Int128 of)
    {
        var shares = new List<(int Seed, long Whole, Int128 Over)>(units.Count + 1);
        foreach (var (seed, claim) in units) shares.Add(Share(seed, claim, sum, of));
        // The holder's own share is what is missing in that of all claims together; to multiply it itself could take more than 128 bits.
        var (whole, rest) = Int128.DivRem((Int128)Sum * sum, of);
        var left = whole + (rest > 0 ? 1 : 0) - shares.Aggregate((Int128)0, static (all, share) => all + share.Whole);
        if (rest > 0) shares.Add((Own, 0, of - rest));
        var taken = new Claims();
        foreach (var (seed, part) in Round(shares, (int)left))
        {
            if (seed == Own) continue;
            taken.Add(seed, part);
            Subtract(seed, part);
        }
        return taken;
    }

    /// <summary>Takes out so much of the claims of the latest seeds; nothing where it is below zero.</summary>
    public Claims TakeLast(long excess)
    {
        var taken = new Claims();
        for (var place = units.Count - 1; place >= 0 && excess > 0; place--)
        {
            var (seed, part) = (units.Keys[place], Math.Min(excess, units.Values[place]));
            taken.Add(seed, part);
            Subtract(seed, part);
            excess -= part;
        }
        return taken;
    }

    /// <summary>Divides a sum by weights in the same way, all of it.</summary>
    public static Claims Divide(long sum, IReadOnlyList<KeyValuePair<int, long>> weights)
    {
        var all = weights.Aggregate((Int128)0, static (added, weight) => added + weight.Value);
        var shares = weights.Select(weight => Share(weight.Key, weight.Value, sum, all)).ToList();
        var divided = new Claims();
        foreach (var (seed, part) in Round(shares, (int)(sum - shares.Sum(static share => share.Whole)))) divided.Add(seed, part);
        return divided;
    }

    private static (int Seed, long Whole, Int128 Over) Share(int seed, long part, long sum, Int128 of)
    {
        var (whole, rest) = Int128.DivRem((Int128)part * sum, of);
        return (seed, (long)whole, rest);
    }

    private static IEnumerable<(int Seed, long Part)> Round(List<(int Seed, long Whole, Int128 Over)> shares, int left) =>
        shares.OrderByDescending(static share => share.Over).ThenBy(static share => share.Seed).Select((share, place) => (share.Seed, share.Whole + (place < left ? 1 : 0)));

    private void Subtract(int seed, long part)
    {
        if (part == 0) return;
        Sum -= part;
        if (units[seed] == part) units.Remove(seed);
        else units[seed] -= part;
    }
}
