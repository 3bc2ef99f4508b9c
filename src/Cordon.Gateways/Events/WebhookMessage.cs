using System.Globalization;
using System.Text;
using Cordon.Casework.Deliveries;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Events;

/// <summary>Why a message is not taken.</summary>
public enum MessageFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>A header is missing, or is none of this form.</summary>
    BadHeader,

    /// <summary>It was sent more than five minutes from now.</summary>
    OtherTime,

    /// <summary>No signature is one by a known key over it.</summary>
    WrongSignature,
}

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

    /// <summary>How far the clocks of sender and receiver may be apart.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Scheme = "v1a,";
    private const int MostId = 100;
    private const int MostSignatures = 16;
    private const int SignatureBytes = 64;

    /// <summary>The header with the time.</summary>
    public string Timestamp => Seconds(At).ToString(CultureInfo.InvariantCulture);

    /// <summary>The header with a signature by each key; during a rotation a receiver holds one of them.</summary>
    /// <exception cref="ArgumentException">There is no key, or the id is none.</exception>
    public string Sign(IReadOnlyCollection<WebhookSecret> keys)
    {
        if (keys.Count == 0) throw new ArgumentException("A message is signed by one key at least.", nameof(keys));
        if (!IsId(Id)) throw new ArgumentException("A dot, white space or a control character has no place in an id.", nameof(keys));
        var text = Signed(Id, Timestamp, Body.Span);
        return string.Join(' ', keys.Select(k => Scheme + Convert.ToBase64String(k.Sign(text))));
    }

    /// <summary>What a receiver does: checks the three headers and the body as it came, before it reads any of it.</summary>
    /// <param name="id">The header with the id.</param>
    /// <param name="timestamp">The header with the time.</param>
    /// <param name="signatures">The header with the signatures; those of other schemes are passed over.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="keys">The sender's published keys.</param>
    /// <param name="now">The receiver's clock.</param>
    public static MessageFault Verify(
        string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, IReadOnlyCollection<WebhookPublicKey> keys, Instant now)
    {
        if (id is null || !IsId(id) || timestamp is null || signatures is null) return MessageFault.BadHeader;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || (timestamp[0] == '0' && timestamp.Length > 1)) return MessageFault.BadHeader;
        if (Math.Abs((decimal)Seconds(now) - seconds) > (decimal)Tolerance.TotalSeconds) return MessageFault.OtherTime;
        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (given.Length is 0 or > MostSignatures) return MessageFault.BadHeader;
        var text = Signed(id, timestamp, body);
        var bytes = new byte[SignatureBytes];
        foreach (var one in given.Where(g => g.StartsWith(Scheme, StringComparison.Ordinal)))
        {
            if (!Convert.TryFromBase64String(one[Scheme.Length..], bytes, out var count) || count != SignatureBytes) continue;
            if (keys.Any(k => k.Verify(text, bytes))) return MessageFault.None;
        }
        return MessageFault.WrongSignature;
    }

    private static bool IsId(string text) => text.Length is >= 1 and <= MostId && text.All(c => c is > ' ' and <= '~' and not '.');

    private static long Seconds(Instant at) => at.ToDateTimeOffset().ToUnixTimeSeconds();

    private static byte[] Signed(string id, string timestamp, ReadOnlySpan<byte> body) => [.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body];
}

/// <summary>
/// The ids that a receiver has taken, so that a repeat is answered and not carried out twice. A message can be repeated as long as its sender tries;
/// beyond that its time tells.
/// </summary>
/// <param name="keeps">How long an id is kept.</param>
/// <param name="most">How many ids are kept; the oldest go first.</param>
public sealed class TakenMessages(TimeSpan keeps, int most)
{
    private readonly Dictionary<string, Instant> taken = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, Instant At)> order = new();

    /// <summary>Whether a message is new; from then on it is not.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="now">The receiver's clock.</param>
    public bool Take(string id, Instant now)
    {
        while (order.TryPeek(out var oldest) && (oldest.At + keeps <= now || order.Count >= most)) taken.Remove(order.Dequeue().Id);
        if (!taken.TryAdd(id, now)) return false;
        order.Enqueue((id, now));
        return true;
    }
}
