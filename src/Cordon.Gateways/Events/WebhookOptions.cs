using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Cordon.Gateways.Events;

/// <summary>What webhooks may reach.</summary>
public sealed record WebhookOptions
{
    /// <summary>Ranges that may be called though they are not public, such as those of a closed network that members share.</summary>
    public ImmutableArray<IPNetwork> Networks { get; init; } = [];

    /// <summary>Authorities whose certificates are trusted besides the system's.</summary>
    public X509Certificate2Collection Roots { get; init; } = [];
}
