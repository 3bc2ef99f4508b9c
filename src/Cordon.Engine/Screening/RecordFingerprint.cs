using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cordon.Engine.Screening;

/// <summary>
/// A record's name and values, hashed. SHA-256 and not something quicker: with a weaker hash one member
/// could choose an id that hides another's signal as a repeat.
/// </summary>
/// <param name="Name">128 bits of which record it is.</param>
/// <param name="Content">64 bits of all that it says.</param>
internal readonly record struct RecordFingerprint(UInt128 Name, ulong Content)
{
    public static RecordFingerprint Of(ReadOnlySpan<byte> record, int head)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(record[..head], hash);
        var name = BinaryPrimitives.ReadUInt128BigEndian(hash);
        SHA256.HashData(record, hash);
        return new RecordFingerprint(name, BinaryPrimitives.ReadUInt64BigEndian(hash));
    }
}
