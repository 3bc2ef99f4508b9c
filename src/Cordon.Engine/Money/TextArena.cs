using System.Runtime.CompilerServices;
using System.Text;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>Short texts (1 to 64 ASCII characters), one after another, each behind a byte that tells its length.</summary>
internal sealed class TextArena
{
    public const int MaxLength = 64;

    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;
    private const int FirstSize = 256;

    private readonly List<byte[]> chunks = [new byte[FirstSize]];
    private int used;

    /// <summary>Keeps a text and tells where. A text never lies across two chunks.</summary>
    public uint Add(ReadOnlySpan<byte> text)
    {
        if (used + 1 + text.Length > ChunkSize)
        {
            chunks.Add(new byte[ChunkSize]);
            used = 0;
        }
        else if (used + 1 + text.Length > chunks[^1].Length)
        {
            var grown = chunks[^1];
            Array.Resize(ref grown, Math.Min(ChunkSize, grown.Length * 4));
            chunks[^1] = grown;
        }
        var offset = checked((uint)(((long)(chunks.Count - 1) << ChunkBits) + used));
        var chunk = chunks[^1];
        chunk[used] = (byte)text.Length;
        text.CopyTo(chunk.AsSpan(used + 1));
        used += 1 + text.Length;
        return offset;
    }

    /// <summary>Asks for a text.</summary>
    public void LookAheadTo(uint offset) =>
        LookAhead.To(ref Unsafe.As<byte, ulong>(ref chunks[(int)(offset >> ChunkBits)][(int)(offset & (ChunkSize - 1))]));

    public ReadOnlySpan<byte> Get(uint offset)
    {
        var chunk = chunks[(int)(offset >> ChunkBits)];
        var start = (int)(offset & (ChunkSize - 1));
        return chunk.AsSpan(start + 1, chunk[start]);
    }

    /// <summary>Whether a whole text lies at a place: what a snapshot says of a place is not taken on trust.</summary>
    public bool Holds(uint offset)
    {
        var (number, start) = ((int)(offset >> ChunkBits), (int)(offset & (ChunkSize - 1)));
        if (number >= chunks.Count) return false;
        var end = number == chunks.Count - 1 ? used : ChunkSize;
        return start < end && chunks[number][start] is >= 1 and <= MaxLength && start + 1 + chunks[number][start] <= end;
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
}
