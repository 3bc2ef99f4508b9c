using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>An account in which stolen money lies that an order could stop.</summary>
/// <param name="Case">The case whose money it is.</param>
/// <param name="Account">The account.</param>
/// <param name="Minor">How much of it lies there now, minor units, above zero.</param>
/// <param name="Drain">How fast the account drains.</param>
/// <param name="Pace">How its member acts.</param>
/// <param name="StopsSoFar">How many stops it has had.</param>
public sealed record StopCandidate(Guid Case, AccountNumber Account, long Minor, Drain Drain, MemberPace Pace, int StopsSoFar)
{
    /// <summary>The draft of the order, where there is one.</summary>
    public Guid? Order { get; init; }

    /// <summary>The draft's number.</summary>
    public string? Number { get; init; }

    /// <summary>Whether the law allows no further stop of it.</summary>
    public bool Spent => StopsSoFar >= OrderClocks.StopsPerAccount;

    /// <summary>What a stop issued after a time is expected to hold, minor units.</summary>
    public double Saves(TimeSpan after) => Minor * Pace.Meets(Drain, after);
}

/// <summary>A stop at its place in the plan.</summary>
/// <param name="Place">From 1: which is issued next.</param>
/// <param name="Stop">The account and all that is known of it.</param>
/// <param name="After">When its turn comes, from now.</param>
/// <param name="SavedNow">What it is expected to hold if it is issued now, minor units.</param>
/// <param name="Saved">What it is expected to hold at its turn.</param>
public sealed record PlannedStop(int Place, StopCandidate Stop, TimeSpan After, long SavedNow, long Saved)
{
    /// <summary>Stops left of the two that the law allows, this one among them.</summary>
    public int StopsLeft => OrderClocks.StopsPerAccount - Stop.StopsSoFar;
}

/// <summary>
/// Which stop to issue next: the order of issue by which the most money is expected to be held. Issuing is what is scarce, one order
/// after another; meanwhile every account drains at its own rate and every member takes its own time. Under that model the order is
/// the best there is, up to <see cref="MostTogether"/> stops; see decision 0017.
/// </summary>
/// <param name="Currency">The currency of all its amounts.</param>
/// <param name="Each">How long issuing one order takes.</param>
/// <param name="Stops">The stops in order.</param>
/// <param name="Spent">Accounts with money in them that have had all the stops the law allows, the largest sum first: ask for a freeze.</param>
public sealed record StopPlan(Currency Currency, TimeSpan Each, ImmutableArray<PlannedStop> Stops, ImmutableArray<StopCandidate> Spent)
{
    /// <summary>How long an officer takes over one order. Ours.</summary>
    public static readonly TimeSpan UsualEach = TimeSpan.FromMinutes(2);

    /// <summary>The best order of more is sought part by part: those that lose most by waiting first, or the largest first where that holds more. Ours.</summary>
    public const int MostTogether = 100;

    /// <summary>What the whole plan is expected to hold, minor units.</summary>
    public long Saved => Stops.Sum(s => s.Saved);

    /// <summary>What the same stops are expected to hold in the order of their sums, the largest first.</summary>
    public long SavedLargestFirst => LargestFirst(Stops.Select(s => s.Stop)).Select((s, place) => (long)s.Saves(place * Each)).Sum();

    /// <summary>Plans the stops.</summary>
    /// <param name="currency">The currency of all sums.</param>
    /// <param name="candidates">The accounts, each once a case.</param>
    /// <param name="each">How long issuing one order takes, zero or more.</param>
    public static StopPlan Of(Currency currency, IEnumerable<StopCandidate> candidates, TimeSpan each)
    {
        var all = LargestFirst(candidates).ToList();
        var open = all.FindAll(c => !c.Spent);
        // In parts it is no longer the best there is; beginning from either order, it is at least as good as that order.
        var line = InParts(open.OrderByDescending(c => c.Saves(TimeSpan.Zero) - c.Saves(each)), each);
        if (open.Count > MostTogether && InParts(open, each) is var other && Worth(other, each) > Worth(line, each)) line = other;
        var stops = line.Select((c, place) => new PlannedStop(place + 1, c, place * each, (long)c.Saves(TimeSpan.Zero), (long)c.Saves(place * each)));
        return new StopPlan(currency, each, [.. stops], [.. all.Where(c => c.Spent)]);
    }

    private static List<StopCandidate> InParts(IEnumerable<StopCandidate> begin, TimeSpan each)
    {
        var line = new List<StopCandidate>();
        foreach (var part in begin.Chunk(MostTogether))
        {
            var first = line.Count;
            var worths = part.Select(c => Enumerable.Range(0, part.Length).Select(place => c.Saves((first + place) * each)).ToArray()).ToArray();
            foreach (var thing in Slots.Best(part.Length, (thing, place) => worths[thing][place])) line.Add(part[thing]);
        }
        return line;
    }

    private static double Worth(List<StopCandidate> line, TimeSpan each) => line.Select((c, place) => c.Saves(place * each)).Sum();

    /// <summary>The order without a plan: the largest sum first, then by account and case.</summary>
    public static IEnumerable<StopCandidate> LargestFirst(IEnumerable<StopCandidate> candidates) => candidates
        .OrderByDescending(c => c.Minor).ThenBy(c => c.Account.ToString(), StringComparer.Ordinal).ThenBy(c => c.Case);
}
