using System.Collections.Immutable;

namespace Cordon.Casework.Orders;

/// <summary>How a member has answered an earlier order.</summary>
/// <param name="Took">From its issue to its execution; null where it was declined, lapsed, or waits longer than <see cref="MemberPace.Patience"/>.</param>
public readonly record struct PastAnswer(TimeSpan? Took);

/// <summary>How soon and how surely a member carries out a stop, measured by its earlier orders; a prior stands in where they are few.</summary>
/// <param name="Times">How long it took, the quickest first; those of the prior among them.</param>
/// <param name="Answers">The expected share of orders that it carries out at all, 0 to 1.</param>
/// <param name="Measured">How many earlier orders were measured.</param>
public sealed record MemberPace(ImmutableArray<WeighedTime> Times, double Answers, int Measured)
{
    /// <summary>An order that waits as long is taken as not answered. Ours.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    /// <summary>Older orders than the latest so many tell no more. Ours.</summary>
    public const int MostOrders = 50;

    /// <summary>The prior weighs as much as so many orders. Ours.</summary>
    private const double PriorOrders = 3;

    /// <summary>Of the prior's orders, the share carried out. Ours.</summary>
    private const double PriorAnswers = 0.9;

    /// <summary>The prior: a member acknowledges within the half hour that practice allows and acts at once; most are quicker. Ours.</summary>
    private static readonly double[] PriorMinutes = [3, 6, 10, 15, 30];

    /// <summary>A member of which nothing is known.</summary>
    public static MemberPace Unknown { get; } = Of([]);

    /// <summary>The time within which half of the orders that it carries out are carried out.</summary>
    public TimeSpan Median
    {
        get
        {
            var half = Times.Sum(t => t.Weight) / 2;
            foreach (var time in Times)
                if ((half -= time.Weight) <= 0) return time.Took;
            return Times[^1].Took;
        }
    }

    /// <summary>Measures a member by its earlier orders.</summary>
    /// <param name="past">Its orders that were issued, in any order; those that still wait less than <see cref="Patience"/> left out.</param>
    public static MemberPace Of(IReadOnlyCollection<PastAnswer> past)
    {
        var took = past.Where(p => p.Took is not null).Select(p => new WeighedTime(p.Took!.Value, 1)).ToList();
        var prior = PriorMinutes.Select(m => new WeighedTime(TimeSpan.FromMinutes(m), PriorOrders / PriorMinutes.Length));
        var answers = (took.Count + (PriorOrders * PriorAnswers)) / (past.Count + PriorOrders);
        return new MemberPace([.. took.Concat(prior).OrderBy(t => t.Took)], answers, past.Count);
    }

    /// <summary>The expected share, 0 to 1, of what lies in an account now that a stop issued after a time still meets.</summary>
    /// <param name="drain">How fast the account drains.</param>
    /// <param name="after">When the stop is issued, from now.</param>
    public double Meets(Drain drain, TimeSpan after)
    {
        var (met, weight) = (0.0, 0.0);
        foreach (var time in Times)
        {
            met += time.Weight * drain.Stays(after + time.Took);
            weight += time.Weight;
        }
        return Answers * met / weight;
    }
}

/// <summary>A time with what it counts.</summary>
/// <param name="Took">The time.</param>
/// <param name="Weight">Its weight, above zero.</param>
public readonly record struct WeighedTime(TimeSpan Took, double Weight);
