using System.Collections.Immutable;
using Cordon.Casework.Deliveries;

namespace Cordon.Gateways.Events;

/// <summary>
/// When a message is tried again. All of it is ours. An order is to be acknowledged within thirty minutes, so six of ten attempts are made within
/// the first twenty-two; the last comes about twenty-one hours after the first, then the message is given up.
/// </summary>
public static class RetrySchedule
{
    /// <summary>How long after each failure the next attempt is made, before jitter.</summary>
    public static ImmutableArray<TimeSpan> Pauses { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>The most that an endpoint can ask to be left alone by <c>Retry-After</c>.</summary>
    public static readonly TimeSpan MostAsked = TimeSpan.FromMinutes(10);

    /// <summary>A pause is made longer or shorter by up to this part of it, so that what failed together does not come back together.</summary>
    public const double Jitter = 0.2;

    /// <summary>How long after a failure to try again; null to give up.</summary>
    /// <param name="failures">How many attempts failed since it was queued or sent again, this one among them; 1 or more.</param>
    /// <param name="delivery">The delivery's id, the seed of the jitter: the same attempt has the same pause whoever asks.</param>
    /// <param name="fault">Why it failed.</param>
    /// <param name="asked">What <c>Retry-After</c> asked; null where it did not.</param>
    public static TimeSpan? After(int failures, Guid delivery, DeliveryFault fault, TimeSpan? asked)
    {
        if (fault == DeliveryFault.Gone || failures > Pauses.Length) return null;
        var pause = Pauses[failures - 1] * (1 - Jitter + (2 * Jitter * Dice(delivery, failures)));
        var left = fault == DeliveryFault.Busy && asked is { } span ? span > MostAsked ? MostAsked : span : TimeSpan.Zero;
        return left > pause ? left : pause;
    }

    // SplitMix64 (Steele, Lea and Flood 2014) of the id and the attempt: 0 to 1.
    private static double Dice(Guid delivery, int failures)
    {
        unchecked
        {
            Span<byte> bytes = stackalloc byte[16];
            delivery.TryWriteBytes(bytes);
            var z = (BitConverter.ToUInt64(bytes) ^ BitConverter.ToUInt64(bytes[8..])) + ((ulong)failures * 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
