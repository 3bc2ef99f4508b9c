using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Deliveries;

/// <summary>Where a delivery stands; drawn in this module's README.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its next attempt.</summary>
    Pending,

    /// <summary>The member's endpoint answered that it has it.</summary>
    Delivered,

    /// <summary>Given up; it lies on the dead-letter page until somebody sends it again.</summary>
    Dead,
}

/// <summary>Why an attempt did not succeed.</summary>
public enum DeliveryFault
{
    /// <summary>The name of the host is not known.</summary>
    NotResolved,

    /// <summary>The host's address is one that may not be called: private, or reserved, and not on the administrator's list.</summary>
    AddressRefused,

    /// <summary>Nobody answers at that address.</summary>
    NotReached,

    /// <summary>The certificate is not one of that host, or no authority that is trusted vouches for it.</summary>
    CertificateRefused,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The connection ended before an answer was there.</summary>
    Closed,

    /// <summary>The endpoint sends elsewhere; redirects are not followed.</summary>
    Redirected,

    /// <summary>The endpoint refuses it: a status of 400 to 499.</summary>
    Refused,

    /// <summary>The endpoint failed: a status of 500 or more.</summary>
    Failed,

    /// <summary>The endpoint asks to be left alone for a while: 429 or 503.</summary>
    Busy,

    /// <summary>The endpoint is gone for good: 410.</summary>
    Gone,

    /// <summary>The answer is no answer of HTTP, or its head is larger than is read.</summary>
    BadAnswer,
}

/// <summary>An announcement on its way to a member.</summary>
public sealed class Delivery : Folded<DeliveryEvent>
{
    /// <summary>Its id; the id of the message in every attempt, so that a repeat is known as one.</summary>
    public Guid Id { get; private set; }

    /// <summary>The id that the message has in every attempt.</summary>
    public string MessageId => $"msg_{Id:N}";

    /// <summary>The member.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>What is announced: <c>order.issued</c>.</summary>
    public string Type { get; private set; } = "";

    /// <summary>The order that it is about; null of a test.</summary>
    public Guid? OrderId { get; private set; }

    /// <summary>The order's number; null of a test.</summary>
    public string? OrderNumber { get; private set; }

    /// <summary>The order's version that is announced; 0 of a test.</summary>
    public int OrderVersion { get; private set; }

    /// <summary>The digest of the order in that version; null of a test.</summary>
    public string? Digest { get; private set; }

    /// <summary>Where it stands.</summary>
    public DeliveryState State { get; private set; }

    /// <summary>When it was queued: the instant of what it announces.</summary>
    public Instant QueuedAt { get; private set; }

    /// <summary>How many attempts were made in all.</summary>
    public int Attempts { get; private set; }

    /// <summary>How many failed since it was queued or sent again.</summary>
    public int Failures { get; private set; }

    /// <summary>When the next attempt is due; null where none is.</summary>
    public Instant? NextAttemptAt { get; private set; }

    /// <summary>When the last attempt ended.</summary>
    public Instant? LastAttemptAt { get; private set; }

    /// <summary>Why the last attempt failed; null where none did, or the last did not.</summary>
    public DeliveryFault? LastFault { get; private set; }

    /// <summary>The HTTP status of the last attempt; null where there was no answer.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>When it was delivered.</summary>
    public Instant? DeliveredAt { get; private set; }

    /// <summary>When it was given up.</summary>
    public Instant? DiedAt { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"delivery/{Id}";

    /// <inheritdoc/>
    protected override void Fold(DeliveryEvent happened)
    {
        switch (happened)
        {
            case DeliveryQueued e:
                (Id, Member, Type, OrderId, OrderNumber, OrderVersion, Digest) = (e.Delivery, e.Member, e.Type, e.Order, e.OrderNumber, e.OrderVersion, e.Digest);
                (State, QueuedAt, NextAttemptAt) = (DeliveryState.Pending, e.At, e.At);
                break;
            case DeliveryAttemptFailed e:
                (Attempts, Failures, LastAttemptAt, LastFault, LastStatus, NextAttemptAt) = (Attempts + 1, Failures + 1, e.At, e.Fault, e.Status, e.Next);
                if (e.Next is null) (State, DiedAt) = (DeliveryState.Dead, e.At);
                break;
            case DeliveryMade e:
                (State, Attempts, LastAttemptAt, LastFault, LastStatus, NextAttemptAt, DeliveredAt) = (DeliveryState.Delivered, Attempts + 1, e.At, null, e.Status, null, e.At);
                break;
            case DeliverySentAgain e:
                (State, Failures, NextAttemptAt, DiedAt) = (DeliveryState.Pending, 0, e.At, null);
                break;
        }
    }
}

/// <summary>What happens to a delivery.</summary>
/// <param name="At">When.</param>
public abstract record DeliveryEvent(Instant At) : CaseworkEvent(At);

/// <summary>Something is to be announced to a member; written in the transaction of what it announces.</summary>
/// <param name="At">When.</param>
/// <param name="Delivery">Its id.</param>
/// <param name="Member">The member.</param>
/// <param name="Type">What is announced.</param>
/// <param name="Order">The order; null of a test.</param>
/// <param name="OrderNumber">The order's number.</param>
/// <param name="OrderVersion">The order's version.</param>
/// <param name="Digest">The order's digest in that version.</param>
[EventName("delivery.queued")]
public sealed record DeliveryQueued(
    Instant At, Guid Delivery, MemberCode Member, string Type, Guid? Order, string? OrderNumber, int OrderVersion, string? Digest) : DeliveryEvent(At);

/// <summary>An attempt failed.</summary>
/// <param name="At">When.</param>
/// <param name="Fault">Why.</param>
/// <param name="Status">The HTTP status; null where there was no answer.</param>
/// <param name="Next">When the next attempt is due; null where it was the last.</param>
[EventName("delivery.attempt-failed")]
public sealed record DeliveryAttemptFailed(Instant At, DeliveryFault Fault, int? Status, Instant? Next) : DeliveryEvent(At);

/// <summary>The member's endpoint answered that it has it.</summary>
/// <param name="At">When.</param>
/// <param name="Status">The HTTP status, 200 to 299.</param>
[EventName("delivery.made")]
public sealed record DeliveryMade(Instant At, int Status) : DeliveryEvent(At);

/// <summary>Sent again: somebody asks for what was given up, or the endpoint was told anew, and what failed before is due at once. The message keeps its id.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
[EventName("delivery.sent-again")]
public sealed record DeliverySentAgain(Instant At, string By) : DeliveryEvent(At);

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("Deliveries");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.Property(d => d.Type).HasMaxLength(32);
        builder.Ignore(d => d.Stream).Ignore(d => d.MessageId);
        // What is due of a member; what was delivered long ago is not looked at.
        builder.HasIndex(d => new { d.Member, d.NextAttemptAt }).HasFilter("\"NextAttemptAt\" IS NOT NULL");
        builder.HasIndex(d => new { d.State, d.QueuedAt });
        // The lists of all and of one member, and when it last received one.
        builder.HasIndex(d => d.QueuedAt);
        builder.HasIndex(d => new { d.Member, d.QueuedAt });
        builder.HasIndex(d => new { d.Member, d.State, d.DeliveredAt });
        builder.HasIndex(d => d.OrderId);
    }
}
