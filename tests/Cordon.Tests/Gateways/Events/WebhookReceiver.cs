using System.Globalization;
using System.Text;
using Cordon.Casework.Deliveries;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Gateways.Events;

/// <summary>Why a receiver does not take a message.</summary>
public enum MessageFault
{
    None,

    /// <summary>A header is missing, or is none of this form.</summary>
    BadHeader,

    /// <summary>It was sent more than five minutes from now.</summary>
    OtherTime,

    /// <summary>No signature is one by a known key over it.</summary>
    WrongSignature,
}

/// <summary>A member's side of Standard Webhooks 1.0.0, as the guide tells a member to build it.</summary>
internal static class WebhookReceiver
{
    private const string Scheme = "v1a,";
    private const int MostSignatures = 16;
    private const int SignatureBytes = 64;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Checks the three headers and the body as it came, before any of it is read.</summary>
    public static MessageFault Verify(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, IReadOnlyCollection<WebhookPublicKey> keys, Instant now)
    {
        if (id is not { Length: >= 1 and <= 100 } || id.Any(c => c is <= ' ' or > '~' or '.') || timestamp is null || signatures is null) return MessageFault.BadHeader;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || (timestamp[0] == '0' && timestamp.Length > 1)) return MessageFault.BadHeader;
        if (Math.Abs((decimal)now.ToDateTimeOffset().ToUnixTimeSeconds() - seconds) > (decimal)Tolerance.TotalSeconds) return MessageFault.OtherTime;
        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (given.Length is 0 or > MostSignatures) return MessageFault.BadHeader;
        byte[] text = [.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body];
        var bytes = new byte[SignatureBytes];
        foreach (var one in given.Where(g => g.StartsWith(Scheme, StringComparison.Ordinal)))
        {
            if (!Convert.TryFromBase64String(one[Scheme.Length..], bytes, out var count) || count != SignatureBytes) continue;
            if (keys.Any(k => k.Verify(text, bytes))) return MessageFault.None;
        }
        return MessageFault.WrongSignature;
    }

    public static MessageFault Verify(Came came, IReadOnlyCollection<WebhookPublicKey> keys, Instant now) => Verify(came.Id, came.Timestamp, came.Signatures, came.Body, keys, now);
}
