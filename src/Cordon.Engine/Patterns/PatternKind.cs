namespace Cordon.Engine.Patterns;

/// <summary>The shapes that money takes when it is laundered. The numbers are stable.</summary>
public enum PatternKind : byte
{
    /// <summary>Many accounts that never paid it before pay one account.</summary>
    FanIn,

    /// <summary>One account pays many that it never paid before.</summary>
    FanOut,

    /// <summary>One account gathers from several and then scatters about as much among others.</summary>
    GatherScatter,

    /// <summary>One account scatters among several, and they all pay one other.</summary>
    ScatterGather,

    /// <summary>Money comes back to where it began, each leg no earlier than the one before.</summary>
    Cycle,

    /// <summary>Several accounts all pay the same several others: two full layers.</summary>
    Bipartite,

    /// <summary>Three layers and more: what an account passed on is passed on again.</summary>
    Stack,

    /// <summary>Most of what came in leaves at once.</summary>
    PassThrough,

    /// <summary>Several amounts just below a limit, or far below what is usual.</summary>
    Structuring,
}

/// <summary>What an account does in a pattern.</summary>
public enum PartyRole : byte
{
    /// <summary>Money comes from it.</summary>
    Source,

    /// <summary>Money comes to it and goes on.</summary>
    Middle,

    /// <summary>Money ends with it.</summary>
    Target,
}
