using System.Collections.Immutable;

namespace Cordon.Engine.Patterns;

/// <summary>How far a watch looks, what it takes for a pattern, and what bounds its work and memory.</summary>
public sealed record PatternOptions
{
    /// <summary>How long a pattern may take from first transfer to last, more than nothing.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(21);

    /// <summary>How long after a credit a debit still counts as passing it on.</summary>
    public TimeSpan PassWithin { get; init; } = TimeSpan.FromDays(3);

    /// <summary>The least number of new payers or payees of a fan, 2 or more.</summary>
    public int FanParties { get; init; } = 4;

    /// <summary>The most accounts in a cycle, 3 to 16.</summary>
    public int CycleAccounts { get; init; } = 10;

    /// <summary>The least transfers between two full layers, 4 or more.</summary>
    public int BipartiteTransfers { get; init; } = 6;

    /// <summary>The least number of structured amounts, 2 or more.</summary>
    public int StructuredTransfers { get; init; } = 3;

    /// <summary>Limits in minor units below which amounts are kept on purpose: 50,000 (cash reports) and 10,000 major units.</summary>
    public ImmutableArray<long> Limits { get; init; } = [5_000_000, 1_000_000];

    /// <summary>The least share of a credit, in per cent, that passes an account rapidly.</summary>
    public int PassedPercent { get; init; } = 85;

    /// <summary>The least surprise, in bits, of an alert.</summary>
    public int LeastBits { get; init; } = 3;

    /// <summary>How many transfers of an account are remembered in each direction, newest first, 8 to 4,096.</summary>
    public int EdgesPerAccount { get; init; } = 64;

    /// <summary>How many steps the search for one cycle may take.</summary>
    public int StepsPerSearch { get; init; } = 512;

    /// <summary>How many transfers an alert holds.</summary>
    public int TransfersPerAlert { get; init; } = 128;

    /// <summary>How many alerts may be growing at once; further ones are dropped and counted.</summary>
    public int OpenAlerts { get; init; } = 65_536;

    /// <summary>How many pairs of payer and payee are remembered, a power of two; beyond that old ones are forgotten and counted.</summary>
    public int Pairs { get; init; } = 1 << 24;

    /// <summary>How many transfers of one instant are held until it is over; more are worked off in parts, which is counted.</summary>
    public int TransfersPerInstant { get; init; } = 1 << 20;
}
