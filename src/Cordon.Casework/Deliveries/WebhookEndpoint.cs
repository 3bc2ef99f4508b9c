using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Deliveries;

/// <summary>Whether a member's endpoint is used.</summary>
public enum EndpointState
{
    /// <summary>Orders are announced to it.</summary>
    Active,

    /// <summary>Nothing is sent: the member pulls its orders.</summary>
    Disabled,
}

/// <summary>Where a member takes webhooks. A member has one.</summary>
public sealed class WebhookEndpoint : Folded<WebhookEndpointEvent>
{
    /// <summary>The member.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>Where to post; https.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Whether it is used.</summary>
    public EndpointState State { get; private set; }

    /// <summary>Since when it stands so.</summary>
    public Instant Since { get; private set; }

    /// <summary>Who saw to that.</summary>
    public string By { get; private set; } = "";

    /// <summary>Why it is not used; null while it is.</summary>
    public string? Reason { get; private set; }

    /// <inheritdoc/>
    public override string Stream => "webhook/" + Member;

    /// <inheritdoc/>
    protected override void Fold(WebhookEndpointEvent happened)
    {
        switch (happened)
        {
            case EndpointRegistered e:
                (Member, Url, State, Since, By, Reason) = (e.Member, e.Url, EndpointState.Active, e.At, e.By, null);
                break;
            case EndpointDisabled e:
                (State, Since, By, Reason) = (EndpointState.Disabled, e.At, e.By, e.Reason);
                break;
        }
    }
}

/// <summary>What happens to an endpoint.</summary>
/// <param name="At">When.</param>
public abstract record WebhookEndpointEvent(Instant At) : CaseworkEvent(At);

/// <summary>A member's endpoint was told, or another than before, or the same is used again.</summary>
/// <param name="At">When.</param>
/// <param name="Member">The member.</param>
/// <param name="Url">Where to post.</param>
/// <param name="By">Who told it.</param>
[EventName("webhook.registered")]
public sealed record EndpointRegistered(Instant At, MemberCode Member, string Url, string By) : WebhookEndpointEvent(At);

/// <summary>An endpoint is not used any more.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who saw to that.</param>
[EventName("webhook.disabled")]
public sealed record EndpointDisabled(Instant At, string Reason, string By) : WebhookEndpointEvent(At);

internal sealed class WebhookEndpointTable : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("WebhookEndpoints");
        builder.HasKey(e => e.Member);
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.Property(e => e.Url).HasMaxLength(WebhookUrl.MostLength);
        builder.Ignore(e => e.Stream);
    }
}
