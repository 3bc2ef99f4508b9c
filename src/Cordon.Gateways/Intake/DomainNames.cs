using System.Globalization;
using System.Net;
using System.Text;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>Brings domain names to the one form that is compared: ASCII (punycode), small letters, no trailing dot (RFC 5890, RFC 1035).</summary>
public static class DomainNames
{
    private const int LongestText = 512;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false, AllowUnassigned = true };

    /// <summary>
    /// Reads a domain name of two labels or more. An address (<c>203.0.113.7</c>) is none.
    /// </summary>
    /// <param name="text">The name, in any script.</param>
    /// <param name="allowUrl">Whether a web address is taken too, of which only the host is kept: paths may name people.</param>
    /// <param name="domain">The name in its one form.</param>
    public static bool TryRead(string text, bool allowUrl, out Domain domain)
    {
        domain = default;
        if (text.Length is 0 or > LongestText) return false;
        var name = allowUrl ? HostOf(text) : text.AsSpan();
        if (name.EndsWith(".")) name = name[..^1];
        if (name.IsEmpty || !ToAscii(name.ToString(), out var ascii)) return false;
        if (!IsHostName(ascii) || IPAddress.TryParse(ascii, out _)) return false;
        // A label may be any digits, and a name is stored: a person's number is no name of a host.
        if (Masking.Finds(ascii)) return false;
        domain = new Domain(ascii);
        return true;
    }

    private static bool ToAscii(string name, out string ascii)
    {
        ascii = name;
        try
        {
            if (!Ascii.IsValid(name))
            {
                ascii = FoldWidth(name);
                // Cordon runs without culture data, so nothing composes letter and accent: two spellings would be two domains.
                if (ascii.AsSpan().ContainsAnyInRange('\u0300', '\u036f')) return false;
                ascii = Idn.GetAscii(ascii.ToLowerInvariant());
            }
        }
        catch (ArgumentException)
        {
            return false;
        }
        ascii = ascii.ToLowerInvariant();
        return true;
    }

    private static string FoldWidth(string name) => string.Create(name.Length, name, static (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = source[i] is >= '\uff01' and <= '\uff5e' ? (char)(source[i] - 0xff01 + '!') : source[i];
    });

    private static bool IsHostName(string ascii)
    {
        if (ascii.Length > 253) return false;
        var labels = 0;
        foreach (var range in ascii.AsSpan().Split('.'))
        {
            var label = ascii.AsSpan()[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-') return false;
            // The underscore is not in RFC 952, but fraud sites and mail systems use it, and resolvers answer.
            foreach (var c in label)
                if (!(char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return false;
            labels++;
        }
        return labels >= 2;
    }

    private static ReadOnlySpan<char> HostOf(string text)
    {
        var rest = text.AsSpan().Trim();
        var scheme = rest.IndexOf("://");
        if (scheme >= 0) rest = rest[(scheme + 3)..];
        var end = rest.IndexOfAny("/?#\\");
        if (end >= 0) rest = rest[..end];
        var user = rest.LastIndexOf('@');
        if (user >= 0) rest = rest[(user + 1)..];
        var port = rest.IndexOf(':');
        return port < 0 ? rest : rest[..port];
    }
}
