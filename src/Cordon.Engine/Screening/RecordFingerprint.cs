using System.Buffers.Binary;
using System.Security.Cryptography;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// A record's name and values, hashed. The name by SHA-256 and not by something quicker: with a weaker hash one member could choose an id
/// that hides another's signal as a repeat. The content by a quick hash under a public key: it is only ever compared between two records of
/// one name, so of one member. Chance makes two differing ones equal once in 2^64; a member that makes it happen on purpose is told "repeat"
/// where it should be told "conflict" about a record of its own, and the first stands either way.
/// </summary>
/// <param name="Name">128 bits of which record it is.</param>
/// <param name="Content">64 bits of all that it says.</param>
internal readonly record struct RecordFingerprint(UInt128 Name, ulong Content)
{
    public static RecordFingerprint Of(ReadOnlySpan<byte> record, int head)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(record[..head], hash);
        return new RecordFingerprint(BinaryPrimitives.ReadUInt128BigEndian(hash), KeyHash.Of(record[head..]));
    }
}
