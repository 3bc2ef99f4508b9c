using static Cordon.Engine.Rules.Cel.CelOverload;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>The network extension: IP addresses and CIDR ranges.</summary>
internal static class CelNetworkLibrary
{
    public static readonly CelType Ip = CelType.Opaque("net.IP", typeof(CelIp));
    public static readonly CelType Cidr = CelType.Opaque("net.CIDR", typeof(CelCidr));

    private static readonly CelError NotAnAddress = new("the text is not an IP address");
    private static readonly CelError NotARange = new("the text is not a CIDR range");

    public static void Add(CelEnvironmentBuilder builder)
    {
        CelType text = CelType.String, @bool = CelType.Bool;
        builder.Function("ip", Of("ip_string", false, [text], Ip, ToIp), Of("cidr_ip", true, [Cidr], Ip, (CelCidr c) => c.Address));
        builder.Function("isIP", Of("isIP", false, [text], @bool, (string s) => CelIp.TryParse(s, out _)));
        builder.Function("ip.isCanonical", Of("ip_isCanonical", false, [text], @bool, IsCanonical));
        builder.Function("cidr", Of("cidr_string", false, [text], Cidr, ToCidr));
        builder.Function("isCIDR", Of("isCIDR", false, [text], @bool, (string s) => CelCidr.TryParse(s, out _)));
        builder.Function("string", Of("string_ip", false, [Ip], text, (CelIp x) => x.ToString()), Of("string_cidr", false, [Cidr], text, (CelCidr x) => x.ToString()));
        builder.Function("family", Of("ip_family", true, [Ip], CelType.Int, (CelIp x) => x.IsV4 ? 4L : 6L));
        builder.Function("isUnspecified", Of("ip_isUnspecified", true, [Ip], @bool, (CelIp x) => x.ToString() is "0.0.0.0" or "::"));
        builder.Function("isLoopback", Of("ip_isLoopback", true, [Ip], @bool, (CelIp x) => In(x, "127.0.0.0/8", "::1/128")));
        builder.Function("isGlobalUnicast", Of("ip_isGlobalUnicast", true, [Ip], @bool, IsGlobalUnicast));
        builder.Function("isLinkLocalMulticast", Of("ip_isLinkLocalMulticast", true, [Ip], @bool, (CelIp x) => In(x, "224.0.0.0/24", "ff02::/16")));
        builder.Function("isLinkLocalUnicast", Of("ip_isLinkLocalUnicast", true, [Ip], @bool, (CelIp x) => In(x, "169.254.0.0/16", "fe80::/10")));
        builder.Function("containsIP",
            Of("cidr_containsIP", true, [Cidr, Ip], @bool, (CelCidr c, CelIp x) => c.Contains(x)),
            Of("cidr_containsIP_string", true, [Cidr, text], @bool, (CelCidr c, string s, ref CelError? error) => ToIp(s, ref error) is { } x && c.Contains(x)));
        builder.Function("containsCIDR",
            Of("cidr_containsCIDR", true, [Cidr, Cidr], @bool, (CelCidr c, CelCidr x) => c.Contains(x)),
            Of("cidr_containsCIDR_string", true, [Cidr, text], @bool, (CelCidr c, string s, ref CelError? error) => ToCidr(s, ref error) is { } x && c.Contains(x)));
        builder.Function("masked", Of("cidr_masked", true, [Cidr], Cidr, (CelCidr c) => c with { Address = c.Address.Masked(c.Prefix) }));
        builder.Function("prefixLength", Of("cidr_prefixLength", true, [Cidr], CelType.Int, (CelCidr c) => (long)c.Prefix));
    }

    private static bool In(CelIp address, string v4, string v6) => CelCidr.TryParse(address.IsV4 ? v4 : v6, out var range) && range.Contains(address);

    // Neither of the special ranges, nor multicast, nor broadcast; private ranges are unicast.
    private static bool IsGlobalUnicast(CelIp address) =>
        address.ToString() is not ("0.0.0.0" or "::" or "255.255.255.255")
        && !In(address, "127.0.0.0/8", "::1/128") && !In(address, "224.0.0.0/4", "ff00::/8") && !In(address, "169.254.0.0/16", "fe80::/10");

    private static CelIp? ToIp(string text, ref CelError? error)
    {
        if (CelIp.TryParse(text, out var address)) return address;
        error = NotAnAddress;
        return null;
    }

    private static CelCidr? ToCidr(string text, ref CelError? error)
    {
        if (CelCidr.TryParse(text, out var range)) return range;
        error = NotARange;
        return null;
    }

    private static bool IsCanonical(string text, ref CelError? error) => ToIp(text, ref error) is { } address && address.ToString() == text;
}
