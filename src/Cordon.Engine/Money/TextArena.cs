using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>
/// Short texts (1 to 64 ASCII characters), one after another, each behind a byte that tells its length. Texts of digits alone, as most
/// account numbers are, take half a byte a digit; equal texts are stored as equal bytes.
/// </summary>
internal sealed class TextArena
{
    public const int MaxLength = 64;

    /// <summary>The most bytes that a text takes.</summary>
    public const int MaxStored = MaxLength + 1;

    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;
    private const int FirstSize = 256;
    private const byte Digits = 0x80;

    // Two digits in a byte as the two characters that they are.
    private static readonly uint[] Pairs = [.. Enumerable.Range(0, 256).Select(static pair => BitConverter.IsLittleEndian
        ? ('0' + (uint)(pair >> 4)) | (('0' + (uint)(pair & 0xF)) << 16)
        : (('0' + (uint)(pair >> 4)) << 16) | ('0' + (uint)(pair & 0xF)))];

    private readonly List<byte[]> chunks = [new byte[FirstSize]];
    private int used;

    /// <summary>How much memory it takes.</summary>
    public long Bytes => chunks.Sum(static chunk => (long)chunk.Length);

    /// <summary>Keeps a text and tells where. A text never lies across two chunks.</summary>
    public uint Add(ReadOnlySpan<byte> text)
    {
        Span<byte> room = stackalloc byte[MaxStored];
        return AddStored(room[..Store(text, room)]);
    }

    /// <summary>Keeps what <see cref="Store"/> made of a text.</summary>
    public uint AddStored(ReadOnlySpan<byte> stored)
    {
        if (used + stored.Length > ChunkSize)
        {
            chunks.Add(GC.AllocateArray<byte>(ChunkSize, pinned: true));
            used = 0;
        }
        else if (used + stored.Length > chunks[^1].Length)
        {
            var grown = chunks[^1];
            Array.Resize(ref grown, Math.Min(ChunkSize, grown.Length * 4));
            chunks[^1] = grown;
        }
        var offset = checked((uint)(((long)(chunks.Count - 1) << ChunkBits) + used));
        stored.CopyTo(chunks[^1].AsSpan(used));
        used += stored.Length;
        return offset;
    }

    /// <summary>Writes a text as it is stored.</summary>
    /// <param name="text">1 to 64 bytes.</param>
    /// <param name="room">At least <see cref="MaxStored"/> bytes.</param>
    /// <returns>How many bytes it takes.</returns>
    public static int Store(ReadOnlySpan<byte> text, Span<byte> room)
    {
        room[0] = (byte)text.Length;
        if (text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            text.CopyTo(room[1..]);
            return 1 + text.Length;
        }
        room[0] |= Digits;
        for (var i = 0; i < text.Length; i += 2)
            room[1 + (i / 2)] = (byte)((text[i] - '0') << 4 | (i + 1 < text.Length ? text[i + 1] - '0' : 0));
        return 1 + ((text.Length + 1) / 2);
    }

    /// <summary>Writes a text as it is stored, straight from its characters. False where it is empty, too long or not visible ASCII, and so can be nobody's name.</summary>
    public static bool TryStore(string? text, Span<byte> room, out int taken)
    {
        taken = 0;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength) return false;
        if (text.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            if (text.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0) return false;
            room[0] = (byte)text.Length;
            taken = 1 + Encoding.ASCII.GetBytes(text, room[1..]);
            return true;
        }
        room[0] = (byte)(text.Length | Digits);
        PackDigits(text, room[1..]);
        taken = 1 + ((text.Length + 1) / 2);
        return true;
    }

    /// <summary>Asks for a text.</summary>
    public void LookAheadTo(uint offset) =>
        LookAhead.To(ref Unsafe.As<byte, ulong>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(chunks[(int)(offset >> ChunkBits)]), (int)(offset & (ChunkSize - 1)))));

    /// <summary>A text, written into some room of at least <see cref="MaxLength"/> bytes.</summary>
    public ReadOnlySpan<byte> Get(uint offset, Span<byte> room)
    {
        var stored = StoredAt(offset);
        var text = room[..LengthOf(stored[0])];
        if ((stored[0] & Digits) == 0) stored[1..].CopyTo(text);
        else
            for (var i = 0; i < text.Length; i++) text[i] = (byte)('0' + ((stored[1 + (i / 2)] >> (4 - (i % 2 * 4))) & 0xF));
        return text;
    }

    /// <summary>A text as a string.</summary>
    public string GetString(uint offset)
    {
        var stored = StoredAt(offset);
        if ((stored[0] & Digits) == 0) return Encoding.ASCII.GetString(stored[1..]);
        return string.Create(LengthOf(stored[0]), stored, static (text, from) =>
        {
            for (var i = 0; i < text.Length - 1; i += 2)
                MemoryMarshal.Write(MemoryMarshal.AsBytes(text[i..]), Pairs[from[1 + (i / 2)]]);
            if (text.Length % 2 != 0) text[^1] = (char)('0' + (from[^1] >> 4));
        });
    }

    /// <summary>Whether what lies at a place is a text, as <see cref="Store"/> wrote it.</summary>
    public bool IsStoredAt(uint offset, ReadOnlySpan<byte> stored)
    {
        var chunk = chunks[(int)(offset >> ChunkBits)];
        return chunk.AsSpan((int)(offset & (ChunkSize - 1))).StartsWith(stored);
    }

    /// <summary>The order of two texts that depends on nothing but themselves: the shorter first, then byte by byte.</summary>
    public int Compare(uint left, uint right)
    {
        var a = StoredAt(left);
        var b = StoredAt(right);
        var byLength = LengthOf(a[0]).CompareTo(LengthOf(b[0]));
        if (byLength != 0) return byLength;
        return a[0] == b[0] ? a.SequenceCompareTo(b) : Get(left, stackalloc byte[MaxLength]).SequenceCompareTo(Get(right, stackalloc byte[MaxLength]));
    }

    /// <summary>Whether a whole text lies at a place: what a snapshot says of a place is not taken on trust.</summary>
    public bool Holds(uint offset)
    {
        var (number, start) = ((int)(offset >> ChunkBits), (int)(offset & (ChunkSize - 1)));
        if (number >= chunks.Count) return false;
        var end = number == chunks.Count - 1 ? used : ChunkSize;
        return start < end && LengthOf(chunks[number][start]) is >= 1 and <= MaxLength && start + StoredLength(chunks[number][start]) <= end;
    }

    /// <summary>Writes a text as bytes. False where it is empty, too long or not visible ASCII, and so can be nobody's name.</summary>
    public static bool TryEncode(string? text, Span<byte> room, out int length)
    {
        length = 0;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || text.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0) return false;
        length = Encoding.ASCII.GetBytes(text, room);
        return true;
    }

    public void Save(SnapshotWriter to)
    {
        to.Number(chunks.Count);
        to.Number(used);
        for (var i = 0; i < chunks.Count - 1; i++) to.Column<byte>(chunks[i]);
        to.Column<byte>(chunks[^1].AsSpan(0, used));
    }

    /// <summary>Fills an empty arena.</summary>
    public void Load(ref SnapshotReader from)
    {
        var count = from.Values<byte>(1 << (32 - ChunkBits));
        used = from.Count(ChunkSize);
        if (count == 0) throw new FormatException("A snapshot's texts have no room.");
        chunks.Clear();
        for (var i = 0; i < count; i++)
        {
            chunks.Add(new byte[ChunkSize]);
            from.Column<byte>(i == count - 1 ? chunks[i].AsSpan(0, used) : chunks[i]);
        }
    }

    // Four characters at once lie in one word: their low halves are the digits, of which each second is laid beside the one before.
    private static void PackDigits(ReadOnlySpan<char> digits, Span<byte> room)
    {
        var done = 0;
        if (BitConverter.IsLittleEndian)
        {
            for (var words = MemoryMarshal.Cast<char, ulong>(digits); done / 4 < words.Length; done += 4)
            {
                var word = words[done / 4] & 0x000F_000F_000F_000F;
                var pairs = (word << 4) | (word >> 16);
                room[done / 2] = (byte)(pairs & byte.MaxValue);
                room[(done / 2) + 1] = (byte)((pairs >> 32) & byte.MaxValue);
            }
        }
        for (; done < digits.Length; done += 2)
            room[done / 2] = (byte)((digits[done] & 0xF) << 4 | (done + 1 < digits.Length ? digits[done + 1] & 0xF : 0));
    }

    private static int LengthOf(byte head) => head & ~Digits;

    private static int StoredLength(byte head) => 1 + ((head & Digits) == 0 ? head : (LengthOf(head) + 1) / 2);

    /// <summary>A text as it is stored.</summary>
    public ReadOnlySpan<byte> StoredAt(uint offset)
    {
        var chunk = chunks[(int)(offset >> ChunkBits)];
        var start = (int)(offset & (ChunkSize - 1));
        return chunk.AsSpan(start, StoredLength(chunk[start]));
    }
}
