using System.Security.Cryptography;
using Cordon.Engine.Signals;

namespace Cordon.Casework;

/// <summary>Where new ids and salts come from; an argument, so that a replayed play gives the same ones.</summary>
public interface IIdSource
{
    /// <summary>A new id, ordered by time.</summary>
    Guid NewId(Instant now);

    /// <summary>Fills a salt.</summary>
    void Fill(Span<byte> salt);
}

/// <summary>Ids of version 7 and salts from the operating system.</summary>
public sealed class RandomIds : IIdSource
{
    /// <inheritdoc/>
    public Guid NewId(Instant now) => Guid.CreateVersion7(now.ToDateTimeOffset());

    /// <inheritdoc/>
    public void Fill(Span<byte> salt) => RandomNumberGenerator.Fill(salt);
}

/// <summary>Ids and salts counted from a seed, for tests and the demo: the same play gives the same bytes.</summary>
/// <param name="seed">Keeps two plays apart.</param>
public sealed class CountedIds(ulong seed) : IIdSource
{
    private long count;

    /// <inheritdoc/>
    public Guid NewId(Instant now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        var millis = now.Micros / 1000;
        for (var i = 0; i < 6; i++) bytes[i] = (byte)((millis >> (40 - (8 * i))) & 0xFF);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <inheritdoc/>
    public void Fill(Span<byte> salt)
    {
        Span<byte> input = stackalloc byte[16];
        Span<byte> hash = stackalloc byte[32];
        BitConverter.TryWriteBytes(input, seed);
        BitConverter.TryWriteBytes(input[8..], Interlocked.Increment(ref count));
        SHA256.HashData(input, hash);
        hash[..salt.Length].CopyTo(salt);
    }
}
