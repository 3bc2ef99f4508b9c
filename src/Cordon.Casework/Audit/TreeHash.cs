using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Cordon.Casework.Audit;

/// <summary>A SHA-256 hash of the audit tree: 32 bytes, compared by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TreeHash
{
    public const int Length = 32;

    private readonly ulong a, b, c, d;

    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new ArgumentException("A tree hash has 32 bytes.", nameof(bytes));
        a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, a);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], b);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], c);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], d);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads canonical base64 of exactly 32 bytes; other spellings of the same bytes are refused.</summary>
    public static bool TryParse(string text, out TreeHash value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[Length + 3];
        if (!CanonicalBase64.TryDecode(text, bytes, out var count) || count != Length) return false;
        value = new TreeHash(bytes[..Length]);
        return true;
    }

    public override string ToString() => Convert.ToBase64String(ToArray());
}
