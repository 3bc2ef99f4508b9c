using System.Globalization;
using System.Text;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>An IP address. IPv4 addresses lie in ::ffff:0:0/96, so that both kinds compare; written as IPv4.</summary>
internal sealed record CelIp(UInt128 Bits)
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    public bool IsV4 => Bits >> 32 == 0xFFFF;

    public int Width => IsV4 ? 32 : 128;

    /// <summary>Reads either kind; IPv4 digits inside IPv6 and zones are refused.</summary>
    public static bool TryParse(string text, out CelIp value)
    {
        value = new CelIp(0);
        if (text.Length > 45) return false;
        if (!text.Contains(':', StringComparison.Ordinal)) return TryParseV4(text, out value);
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap >= 0 && text.IndexOf("::", gap + 1, StringComparison.Ordinal) >= 0) return false;
        if (!TryGroups(gap < 0 ? text : text[..gap], out var head) || !TryGroups(gap < 0 ? "" : text[(gap + 2)..], out var tail)) return false;
        var missing = 8 - head.Count - tail.Count;
        if (gap < 0 ? missing != 0 : missing < 1) return false;
        UInt128 bits = 0;
        foreach (var group in head.Concat(Enumerable.Repeat((ushort)0, missing)).Concat(tail)) bits = (bits << 16) | group;
        value = new CelIp(bits);
        return true;
    }

    private static bool TryParseV4(string text, out CelIp value)
    {
        value = new CelIp(0);
        var parts = text.Split('.');
        if (parts.Length != 4) return false;
        UInt128 bits = 0;
        foreach (var part in parts)
        {
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || !part.All(char.IsAsciiDigit)) return false;
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet)) return false;
            bits = (bits << 8) | octet;
        }
        value = new CelIp(MappedPrefix | bits);
        return true;
    }

    private static bool TryGroups(string text, out List<ushort> groups)
    {
        groups = [];
        if (text.Length == 0) return true;
        foreach (var part in text.Split(':'))
        {
            if (part.Length is 0 or > 4 || !part.All(char.IsAsciiHexDigit)) return false;
            groups.Add(ushort.Parse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }
        return true;
    }

    /// <summary>The address with the bits after a prefix cleared.</summary>
    public CelIp Masked(int prefix)
    {
        var free = Width - prefix;
        return free == 0 ? this : free == 128 ? new CelIp(0) : new CelIp(Bits >> free << free);
    }

    /// <summary>The canonical form: RFC 5952 for IPv6, the longest run of zero groups as <c>::</c>.</summary>
    public override string ToString()
    {
        if (IsV4)
        {
            var v4 = (uint)(Bits & uint.MaxValue);
            return string.Create(CultureInfo.InvariantCulture, $"{v4 >> 24}.{(v4 >> 16) & 255}.{(v4 >> 8) & 255}.{v4 & 255}");
        }
        var groups = new int[8];
        for (var i = 0; i < 8; i++) groups[i] = (int)((Bits >> (112 - (16 * i))) & 0xFFFF);
        int longest = 0, start = -1;
        for (var i = 0; i < 8; i++)
        {
            var run = groups.Skip(i).TakeWhile(g => g == 0).Count();
            if (run > longest) (longest, start) = (run, i);
        }
        var text = new StringBuilder();
        for (var i = 0; i < 8; i++)
        {
            if (longest > 1 && i == start)
            {
                text.Append("::");
                i += longest - 1;
                continue;
            }
            if (text.Length > 0 && text[^1] != ':') text.Append(':');
            text.Append(groups[i].ToString("x", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}

/// <summary>An address with the length of its network's prefix.</summary>
internal sealed record CelCidr(CelIp Address, int Prefix)
{
    public static bool TryParse(string text, out CelCidr value)
    {
        value = new CelCidr(new CelIp(0), 0);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !CelIp.TryParse(text[..slash], out var address)) return false;
        var digits = text[(slash + 1)..];
        if (digits.Length is 0 or > 3 || !digits.All(char.IsAsciiDigit)) return false;
        var prefix = int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        value = new CelCidr(address, prefix);
        return prefix <= address.Width;
    }

    public bool Contains(CelIp address) => address.IsV4 == Address.IsV4 && address.Masked(Prefix) == Address.Masked(Prefix);

    public bool Contains(CelCidr other) => other.Prefix >= Prefix && Contains(other.Address);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Prefix}");
}
