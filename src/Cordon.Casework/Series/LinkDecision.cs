using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Series;

/// <summary>What a person said of the link of two cases.</summary>
public enum LinkStanding
{
    /// <summary>Nothing: what they share decides.</summary>
    ByEvidence,

    /// <summary>They are not of one series, whatever they share.</summary>
    Cut,

    /// <summary>They are of one series, whatever they share.</summary>
    Made,
}

/// <summary>What people said of the link of two cases; the two in the order of their ids, so that a pair has one.</summary>
public sealed class LinkDecision : Folded<LinkEvent>
{
    /// <summary>The case with the lower id.</summary>
    public Guid Low { get; private set; }

    /// <summary>The case with the higher id.</summary>
    public Guid High { get; private set; }

    /// <summary>What holds.</summary>
    public LinkStanding Standing { get; private set; }

    /// <summary>Who said it last.</summary>
    public string By { get; private set; } = "";

    /// <summary>When.</summary>
    public Instant At { get; private set; }

    /// <summary>Why.</summary>
    public string Reason { get; private set; } = "";

    /// <inheritdoc/>
    public override string Stream => $"case-link/{Low}/{High}";

    /// <summary>The pair of two cases, in the order of their ids.</summary>
    internal static (Guid Low, Guid High) Pair(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    /// <inheritdoc/>
    protected override void Fold(LinkEvent happened)
    {
        (Low, High, By, At, Reason) = (happened.Low, happened.High, happened.By, happened.At, happened.Reason);
        Standing = happened switch
        {
            LinkCut => LinkStanding.Cut,
            LinkMade => LinkStanding.Made,
            _ => LinkStanding.ByEvidence,
        };
    }
}

/// <summary>What happens to the link of two cases.</summary>
/// <param name="At">When.</param>
/// <param name="Low">The case with the lower id.</param>
/// <param name="High">The case with the higher id.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
public abstract record LinkEvent(Instant At, Guid Low, Guid High, string By, string Reason) : CaseworkEvent(At);

/// <summary>A person undid the link; it stays undone whatever else is found.</summary>
/// <param name="At">When.</param>
/// <param name="Low">The case with the lower id.</param>
/// <param name="High">The case with the higher id.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
[EventName("case-link.cut")]
public sealed record LinkCut(Instant At, Guid Low, Guid High, string By, string Reason) : LinkEvent(At, Low, High, By, Reason);

/// <summary>A person linked two cases by hand.</summary>
/// <param name="At">When.</param>
/// <param name="Low">The case with the lower id.</param>
/// <param name="High">The case with the higher id.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
[EventName("case-link.made")]
public sealed record LinkMade(Instant At, Guid Low, Guid High, string By, string Reason) : LinkEvent(At, Low, High, By, Reason);

/// <summary>A person took back what was said: what the cases share decides again.</summary>
/// <param name="At">When.</param>
/// <param name="Low">The case with the lower id.</param>
/// <param name="High">The case with the higher id.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
[EventName("case-link.left-to-evidence")]
public sealed record LinkLeftToEvidence(Instant At, Guid Low, Guid High, string By, string Reason) : LinkEvent(At, Low, High, By, Reason);

/// <summary>The guards of links; pure.</summary>
internal static class LinkRules
{
    private const int MostReason = 500;

    public static Decision<LinkEvent> Decide(LinkDecision state, Guid one, Guid other, LinkStanding wanted, string reason, Actor actor, Instant now)
    {
        if (!(actor.Is(Roles.DutyOfficer) || actor.Is(Roles.PoliceOfficer))) return SeriesRefusal.NotYours;
        if (one == other) return SeriesRefusal.Itself;
        if (reason.Length is 0 or > MostReason) return SeriesRefusal.NoReason;
        if (state.Standing == wanted) return Decision<LinkEvent>.Nothing;
        var (low, high) = LinkDecision.Pair(one, other);
        return wanted switch
        {
            LinkStanding.Cut => new LinkCut(now, low, high, actor.Id, reason),
            LinkStanding.Made => new LinkMade(now, low, high, actor.Id, reason),
            _ => new LinkLeftToEvidence(now, low, high, actor.Id, reason),
        };
    }
}

internal static class SeriesRefusal
{
    public static readonly Refusal NotYours = new("case-link/not-yours", RefusalKind.Forbidden,
        "Duty officers and police officers decide about links of cases.", "Ask one of them.");

    public static readonly Refusal Itself = new("case-link/itself", RefusalKind.Invalid,
        "A case is not linked to itself.", "Name two cases.");

    public static readonly Refusal NoReason = new("case-link/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 500 characters is needed.", "Send reason.");
}

/// <summary>Something by which a case is linked to others.</summary>
internal sealed class SeriesMark
{
    public required Guid CaseId { get; init; }

    public required string Value { get; init; }
}

/// <summary>In how many cases a mark stands; counted no further than one above what is a hub.</summary>
internal sealed class SeriesDegree
{
    public required string Value { get; init; }

    public required int Cases { get; set; }
}

internal sealed class SeriesTable : IEntityTypeConfiguration<LinkDecision>, IEntityTypeConfiguration<SeriesMark>, IEntityTypeConfiguration<SeriesDegree>
{
    public void Configure(EntityTypeBuilder<LinkDecision> builder)
    {
        builder.ToTable("CaseLinks");
        builder.HasKey(l => new { l.Low, l.High });
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.Ignore(l => l.Stream);
        builder.HasIndex(l => l.High);
    }

    public void Configure(EntityTypeBuilder<SeriesMark> builder)
    {
        builder.ToTable("SeriesMarks");
        builder.HasKey(m => new { m.CaseId, m.Value });
        builder.HasIndex(m => m.Value);
    }

    public void Configure(EntityTypeBuilder<SeriesDegree> builder)
    {
        builder.ToTable("SeriesDegrees");
        builder.HasKey(d => d.Value);
    }
}
