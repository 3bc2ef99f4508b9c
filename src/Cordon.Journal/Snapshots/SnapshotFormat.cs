using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cordon.Journal.Snapshots;

/// <summary>What the head of a snapshot says.</summary>
/// <param name="Start">Where the journal goes on behind it, and what lies before.</param>
/// <param name="Length">Bytes of its content.</param>
internal sealed record SnapshotHead(RecoveryStart Start, long Length);

/// <summary>
/// The bytes of a snapshot. A head of 72: magic (8), version (4), CRC-32C of the rest of the head and of the table (4), sequence (8),
/// length of the content (8), CRC-32C that stands before the journal's record of that sequence (4), how many segments lie before it (4),
/// SHA-256 of the rulebook's hash (32). Then a table: first sequence (8) and length (8) of each such segment.
/// Then the content in blocks of 1 byte to 1 MiB: length (4), CRC-32C (4) over the block's number (8), length and bytes, bytes. All numbers little-endian.
/// </summary>
internal static class SnapshotFormat
{
    public const int HeadBytes = 72;
    public const int EntryBytes = 16;
    public const int BlockHeadBytes = 8;
    public const int LargestBlock = SnapshotBuffer.PieceBytes;
    public const string Extension = ".snap";

    // At 4 KiB a segment, the smallest there are, this is 4 GiB of history; at the usual 256 MiB, 256 TiB.
    public const int MostSegments = 1 << 20;

    private const uint Version = 1;
    private const int StampAt = 40;

    private static ReadOnlySpan<byte> Magic => "CordonS\n"u8;

    public static string FileName(long sequence) => sequence.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    public static byte[] Head(SnapshotHead head, string rulebook)
    {
        var ended = head.Start.Ended;
        var bytes = new byte[HeadBytes + (ended.Count * EntryBytes)];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), head.Start.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), head.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(32), head.Start.Checksum);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(36), ended.Count);
        StampOf(rulebook).CopyTo(bytes, StampAt);
        for (var i = 0; i < ended.Count; i++)
        {
            var entry = bytes.AsSpan(HeadBytes + (i * EntryBytes));
            BinaryPrimitives.WriteInt64LittleEndian(entry, ended[i].First);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], ended[i].Length);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), HeadChecksum(bytes));
        return bytes;
    }

    /// <summary>How many bytes head and table have; 0 where the bytes begin no snapshot of this version.</summary>
    public static int SizeOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeadBytes || !head[..8].SequenceEqual(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(head[8..]) != Version) return 0;
        var ended = BinaryPrimitives.ReadInt32LittleEndian(head[36..]);
        return ended is < 0 or > MostSegments ? 0 : HeadBytes + (ended * EntryBytes);
    }

    /// <summary>Reads head and table.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, long sequence, string rulebook, out SnapshotHead? head)
    {
        head = null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != HeadChecksum(bytes)) return "Its head is broken.";
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]) != sequence) return "It is named by another sequence than its own.";
        if (!bytes[StampAt..HeadBytes].SequenceEqual(StampOf(rulebook))) return "It was taken under another rulebook.";
        var ended = new EndedSegment[(bytes.Length - HeadBytes) / EntryBytes];
        for (var i = 0; i < ended.Length; i++)
        {
            var entry = bytes[(HeadBytes + (i * EntryBytes))..];
            ended[i] = new EndedSegment(BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadInt64LittleEndian(entry[8..]));
        }
        head = new SnapshotHead(new RecoveryStart(sequence, BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]), ended), BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));
        return null;
    }

    public static void BlockHead(Span<byte> to, long number, ReadOnlySpan<byte> block)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, block.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], BlockChecksum(number, block));
    }

    public static int BlockLength(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadInt32LittleEndian(head);

    public static bool IsBlock(ReadOnlySpan<byte> head, long number, ReadOnlySpan<byte> block) =>
        BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) == BlockChecksum(number, block);

    private static byte[] StampOf(string rulebook) => SHA256.HashData(Encoding.UTF8.GetBytes(rulebook));

    private static uint HeadChecksum(ReadOnlySpan<byte> bytes) => ~SegmentFormat.Checksum(SegmentFormat.Checksum(~0u, bytes[..12]), bytes[16..]);

    private static uint BlockChecksum(long number, ReadOnlySpan<byte> block)
    {
        Span<byte> place = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(place, number);
        BinaryPrimitives.WriteInt32LittleEndian(place[8..], block.Length);
        return ~SegmentFormat.Checksum(SegmentFormat.Checksum(~0u, place), block);
    }
}
