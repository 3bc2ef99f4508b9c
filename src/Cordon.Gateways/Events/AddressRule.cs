using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Cordon.Gateways.Events;

/// <summary>
/// Which addresses webhooks may go to: those of the public Internet, and of ranges that the administrator lists. A member tells its endpoint by name,
/// and must not make the centre call its own network, its cloud's metadata or itself.
/// </summary>
/// <param name="listed">Ranges that are allowed though they are not public.</param>
public sealed class AddressRule(IEnumerable<IPNetwork> listed)
{
    // IANA special-purpose address registries (RFC 6890 and its updates): what is not globally reachable, and multicast.
    private static readonly ImmutableArray<IPNetwork> Refused4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
        "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Of IPv6 only global unicast is called at all; these lie inside it and are not.
    private static readonly ImmutableArray<IPNetwork> Refused6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private readonly ImmutableArray<IPNetwork> listed = [.. listed];

    /// <summary>Whether an address may be called.</summary>
    public bool Allows(IPAddress address)
    {
        // An IPv4 address inside an IPv6 one is the IPv4 address: a list of the one must not be passed by writing the other.
        if (Embedded(address) is { } inner) return Allows(inner);
        if (listed.Any(n => n.Contains(address))) return true;
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Refused4.Any(n => n.Contains(address)),
            AddressFamily.InterNetworkV6 => address.ScopeId == 0 && GlobalUnicast.Contains(address) && !Refused6.Any(n => n.Contains(address)),
            _ => false,
        };
    }

    /// <summary>Whether a name with these addresses may be called: one that may not spoils them all, for whoever mixes them means no good.</summary>
    public bool Allows(IReadOnlyCollection<IPAddress> addresses) => addresses.Count > 0 && addresses.All(Allows);

    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return null;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        return Translated.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12)) : null;
    }

    private static ImmutableArray<IPNetwork> Networks(params ReadOnlySpan<string> texts)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>(texts.Length);
        foreach (var text in texts) networks.Add(IPNetwork.Parse(text));
        return networks.MoveToImmutable();
    }
}
