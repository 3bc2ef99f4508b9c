using Cordon.Engine.Signals;

namespace Cordon.Simulator;

/// <summary>How large a province is made. All else follows from these and the seed.</summary>
public sealed record ProvinceOptions
{
    /// <summary>Inhabitants, 40 to 200,000.</summary>
    public int People { get; init; } = 2000;

    /// <summary>Days of life, 1 to 60.</summary>
    public int Days { get; init; } = 10;

    /// <summary>People who lose money to a gang, 1 to a tenth of <see cref="People"/>.</summary>
    public int Victims { get; init; } = 15;

    /// <summary>Gangs, each with its lines and mule accounts, 1 to 50 and not more than victims.</summary>
    public int Gangs { get; init; } = 3;

    /// <summary>The first instant of day 0. Accounts and lines may have been opened earlier.</summary>
    public Instant Start { get; init; } = new(1_772_409_600_000_000);

    /// <summary>Personal accounts whose opening balance is not told, per thousand, 0 to 1000.</summary>
    public int UnknownOpeningsPerMille { get; init; } = 40;

    /// <summary>The province of the demo: 2,000 people, 10 days from 2026-03-02T00:00:00Z, 15 victims of 3 gangs, 60,000 to 100,000 signals.</summary>
    public static ProvinceOptions Small { get; } = new();

    /// <summary>For property tests: 60 people, 2 days, 4 victims of 2 gangs, at most 3,000 signals.</summary>
    public static ProvinceOptions Tiny { get; } = new() { People = 60, Days = 2, Victims = 4, Gangs = 2 };

    internal void Check()
    {
        Within(People, 40, 200_000, nameof(People));
        Within(Days, 1, 60, nameof(Days));
        Within(Victims, 1, People / 10, nameof(Victims));
        Within(Gangs, 1, Math.Min(50, Victims), nameof(Gangs));
        Within(UnknownOpeningsPerMille, 0, 1000, nameof(UnknownOpeningsPerMille));
    }

    private static void Within(int value, int low, int high, string name)
    {
        if (value < low || value > high) throw new ArgumentOutOfRangeException(name, value, $"{low} to {high}");
    }
}
