using System.Globalization;
using System.Text;
using Cordon.Casework.Deliveries;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Events;

/// <summary>
/// A message of Standard Webhooks 1.0.0: an id that is the same in every attempt, the time of this attempt and a body, signed together as
/// <c>id.timestamp.body</c> by Ed25519 (<c>v1a</c>).
/// </summary>
/// <param name="Id">Its id: visible ASCII without a dot, 1 to 100 characters.</param>
/// <param name="At">When this attempt is made; whole seconds are sent.</param>
/// <param name="Body">The body, as sent.</param>
public sealed record WebhookMessage(string Id, Instant At, ReadOnlyMemory<byte> Body)
{
    /// <summary>The header with the id.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time, seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signatures, a space between two.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Scheme = "v1a,";
    private const int MostId = 100;

    /// <summary>The header with the time.</summary>
    public string Timestamp => At.ToDateTimeOffset().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The header with a signature by each key; during a rotation a receiver holds one of them.</summary>
    /// <exception cref="ArgumentException">There is no key, or the id is none.</exception>
    public string Sign(IReadOnlyCollection<WebhookSecret> keys)
    {
        if (keys.Count == 0) throw new ArgumentException("A message is signed by one key at least.", nameof(keys));
        if (!IsId(Id)) throw new ArgumentException("A dot, white space or a control character has no place in an id.", nameof(keys));
        byte[] text = [.. Encoding.ASCII.GetBytes($"{Id}.{Timestamp}."), .. Body.Span];
        return string.Join(' ', keys.Select(k => Scheme + Convert.ToBase64String(k.Sign(text))));
    }

    private static bool IsId(string text) => text.Length is >= 1 and <= MostId && text.All(c => c is > ' ' and <= '~' and not '.');
}
