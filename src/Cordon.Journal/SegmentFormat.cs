using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Cordon.Journal;

/// <summary>
/// The bytes of a segment. A header of 24: magic (8), version (4), CRC-32C of the rest (4), first sequence (8). Then records:
/// length of the payload (4; its top bit marks the first record of a group), CRC-32C (4) over length, sequence and payload,
/// sequence (8), payload. All numbers little-endian.
/// </summary>
/// <remarks>
/// A group is what one flush made durable, and the next is written only after that flush. So a whole first record of a group
/// proves that all before it had been durable: that tells damage from an end torn by a loss of power,
/// after which the pages of the last group may be there in any selection.
/// </remarks>
internal static class SegmentFormat
{
    public const int HeaderBytes = 24;
    public const int FrameBytes = 16;
    public const int LongestPayload = 1 << 24;

    private const uint Version = 1;
    private const uint GroupBit = 1u << 31;

    private static ReadOnlySpan<byte> Magic => "CordonJ\n"u8;

    public static string FileName(long firstSequence) => firstSequence.ToString("D20", CultureInfo.InvariantCulture) + ".log";

    public static byte[] Header(long firstSequence)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), firstSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), HeaderChecksum(header));
        return header;
    }

    public static bool IsHeader(ReadOnlySpan<byte> bytes, long firstSequence) =>
        bytes.Length >= HeaderBytes && bytes[..HeaderBytes].SequenceEqual(Header(firstSequence));

    /// <summary>Completes a frame whose payload is in place: length, checksum and sequence before it.</summary>
    public static void Seal(Span<byte> frame, long sequence, bool startsGroup)
    {
        var length = (uint)(frame.Length - FrameBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, startsGroup ? length | GroupBit : length);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], FrameChecksum(frame));
    }

    /// <summary>Whether a whole record with a sequence stands at the start of the bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="sequence">The sequence it must have.</param>
    /// <param name="frame">How many bytes the record takes.</param>
    /// <returns>Whether it is whole.</returns>
    public static bool TryFrame(ReadOnlySpan<byte> bytes, long sequence, out int frame)
    {
        frame = 0;
        if (bytes.Length < FrameBytes || SequenceOf(bytes) != sequence) return false;
        var length = PayloadLength(bytes);
        if (length is 0 or > LongestPayload || length > bytes.Length - FrameBytes) return false;
        frame = FrameBytes + (int)length;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == FrameChecksum(bytes[..frame]);
    }

    public static uint PayloadLength(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt32LittleEndian(frame) & ~GroupBit;

    public static bool StartsGroup(ReadOnlySpan<byte> frame) => (BinaryPrimitives.ReadUInt32LittleEndian(frame) & GroupBit) != 0;

    public static long SequenceOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt64LittleEndian(frame[8..]);

    public static uint ChecksumOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]);

    /// <summary>CRC-32C without its last inversion, by the processor's own instruction where it has one.</summary>
    public static uint Checksum(uint seed, ReadOnlySpan<byte> bytes)
    {
        var crc = seed;
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        if (bytes.Length >= 4)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            bytes = bytes[4..];
        }
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return crc;
    }

    private static uint HeaderChecksum(ReadOnlySpan<byte> header) => ~Checksum(Checksum(~0u, header[..12]), header[16..HeaderBytes]);

    private static uint FrameChecksum(ReadOnlySpan<byte> frame) => ~Checksum(Checksum(~0u, frame[..4]), frame[8..]);
}
