using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Appeals;

/// <summary>Where an appeal stands; drawn in this module's README.</summary>
public enum AppealState
{
    /// <summary>Waits for somebody who had no part in the order.</summary>
    Received,

    /// <summary>Right: what was ordered is lifted everywhere.</summary>
    Upheld,

    /// <summary>Not right; the order stands.</summary>
    Rejected,
}

/// <summary>What a person says against an order or a restriction that hits them.</summary>
public sealed class Appeal : Folded<AppealEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>A-2026-000002</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The order; the empty id where it is against a restriction on a person.</summary>
    public Guid OrderId { get; private set; }

    /// <summary>The restriction on a person; null where it is against an order.</summary>
    public Guid? RestrictionId { get; private set; }

    /// <summary>The number of the order or restriction.</summary>
    public string OrderNumber { get; private set; } = "";

    /// <summary>The member that carries the order out; of a restriction, the one that took the appeal down, or the authority.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>Who appeals; personal, erasable.</summary>
    public string? From { get; private set; }

    /// <summary>What is said; personal, erasable.</summary>
    public string? Text { get; private set; }

    /// <summary>Who took it down.</summary>
    public string ReceivedBy { get; private set; } = "";

    /// <summary>When it was taken down.</summary>
    public Instant ReceivedAt { get; private set; }

    /// <summary>Where it stands.</summary>
    public AppealState State { get; private set; }

    /// <summary>Who decided it: neither the issuer nor the approver.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When it was decided; what was upheld is lifted at the same moment.</summary>
    public Instant? DecidedAt { get; private set; }

    /// <summary>Why it was decided so.</summary>
    public string? Reason { get; private set; }

    /// <summary>The orders that were lifted by it.</summary>
    public ImmutableArray<Guid> Lifted { get; private set; } = [];

    /// <inheritdoc/>
    public override string Stream => $"appeal/{Id}";

    /// <inheritdoc/>
    protected override void Fold(AppealEvent happened)
    {
        switch (happened)
        {
            case AppealReceived e:
                (Id, Number, OrderId, RestrictionId, OrderNumber, Member, From, Text) = (e.Appeal, e.Number, e.Order, e.Restriction, e.OrderNumber, e.Member, e.From, e.Text);
                (ReceivedBy, ReceivedAt, State) = (e.By, e.At, AppealState.Received);
                break;
            case AppealDecided e:
                (State, DecidedBy, DecidedAt, Reason) = (e.Upheld ? AppealState.Upheld : AppealState.Rejected, e.By, e.At, e.Reason);
                break;
            case RestrictionsLifted e:
                Lifted = e.Orders;
                break;
        }
    }
}

/// <summary>What happens to an appeal.</summary>
/// <param name="At">When.</param>
public abstract record AppealEvent(Instant At) : CaseworkEvent(At);

/// <summary>An appeal was taken down.</summary>
/// <param name="At">When.</param>
/// <param name="Appeal">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Order">The order; the empty id of a restriction on a person.</param>
/// <param name="OrderNumber">The number of the order or restriction.</param>
/// <param name="Member">The member that carries the order out.</param>
/// <param name="From">Who appeals.</param>
/// <param name="Text">What is said.</param>
/// <param name="By">Who took it down.</param>
/// <param name="Restriction">The restriction on a person; null of an order.</param>
[EventName("appeal.received")]
public sealed record AppealReceived(
    Instant At, Guid Appeal, string Number, Guid Order, string OrderNumber, MemberCode Member, [property: Personal] string? From, [property: Personal] string? Text, string By,
    Guid? Restriction = null) : AppealEvent(At);

/// <summary>An appeal was decided.</summary>
/// <param name="At">When.</param>
/// <param name="Upheld">Whether it is right.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who decided.</param>
[EventName("appeal.decided")]
public sealed record AppealDecided(Instant At, bool Upheld, string Reason, string By) : AppealEvent(At);

/// <summary>What an upheld appeal lifted, in the transaction of the decision.</summary>
/// <param name="At">When.</param>
/// <param name="Orders">The orders that were lifted, and the unfreezes that tell members so; none where a restriction on a person was.</param>
[EventName("appeal.lifted")]
public sealed record RestrictionsLifted(Instant At, ImmutableArray<Guid> Orders) : AppealEvent(At);

/// <summary>What can be asked of an appeal that exists.</summary>
public abstract record AppealCommand;

/// <summary>Decide it.</summary>
/// <param name="Upheld">Whether it is right.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record DecideAppeal(bool Upheld, string Reason) : AppealCommand;

internal sealed class AppealTable : IEntityTypeConfiguration<Appeal>
{
    public void Configure(EntityTypeBuilder<Appeal> builder)
    {
        builder.ToTable("Appeals");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Ignore(a => a.Stream);
        builder.HasIndex(a => a.Number).IsUnique();
        builder.HasIndex(a => new { a.State, a.Member });
        builder.HasIndex(a => a.OrderId);
        builder.HasIndex(a => a.RestrictionId);
        builder.Property(a => a.Lifted).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<Guid>>(v, CaseworkJson.Options));
    }
}
