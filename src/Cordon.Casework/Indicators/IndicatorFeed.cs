using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Indicators;

/// <summary>How far a member has read the feed, by its own word.</summary>
public sealed class IndicatorReader
{
    /// <summary>The member.</summary>
    public required MemberCode Member { get; init; }

    /// <summary>The last place that it took over.</summary>
    public required long UpTo { get; set; }

    /// <summary>When it said so.</summary>
    public required Instant At { get; set; }
}

/// <summary>That a member which had been told of an indicator must drop it, and when it said that it did.</summary>
public sealed class RecallReceipt
{
    /// <summary>The indicator.</summary>
    public required Guid Indicator { get; init; }

    /// <summary>The place of the recall in the feed.</summary>
    public required long Feed { get; init; }

    /// <summary>The member.</summary>
    public required MemberCode Member { get; init; }

    /// <summary>When it was recalled.</summary>
    public required Instant RecalledAt { get; init; }

    /// <summary>When the member told that it dropped it; null while it did not.</summary>
    public required Instant? ReceivedAt { get; set; }

    /// <summary>Until when the member must have told so.</summary>
    public Instant Due => RecalledAt + IndicatorRules.RecallTerm;
}

/// <summary>A stretch of the feed as one member may see it.</summary>
/// <param name="Items">What changed, each indicator once, in the order of the last changes.</param>
/// <param name="Next">Where the next stretch begins; what the member confirms once it took this over.</param>
/// <param name="More">Whether more is there already.</param>
public sealed record IndicatorStretch(ImmutableArray<Indicator> Items, long Next, bool More);

/// <summary>An indicator with what is known of it elsewhere.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Verdicts">How many signals that named it drew a verdict since it was confirmed.</param>
/// <param name="LastVerdict">When the last of them was.</param>
/// <param name="Receipts">Members that must drop it; empty where it was not recalled. A member sees its own alone.</param>
public sealed record IndicatorFile(Indicator Indicator, int Verdicts, Instant? LastVerdict, ImmutableArray<RecallReceipt> Receipts);

/// <summary>Which indicators to list.</summary>
public sealed record IndicatorFilter
{
    /// <summary>Of one kind.</summary>
    public IndicatorKind? Kind { get; init; }

    /// <summary>In one state.</summary>
    public IndicatorState? State { get; init; }

    /// <summary>Born from one case.</summary>
    public Guid? Case { get; init; }

    /// <summary>Whose identifier begins so.</summary>
    public string? Text { get; init; }

    /// <summary>Numbers below this one: the cursor of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}
