using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Cordon.Journal;

/// <summary>Reads the records of one segment one after another through a window, without disturbing its writer.</summary>
internal sealed class SegmentReader : IDisposable
{
    public const int SmallWindow = 128 << 10;
    public const int LargeWindow = 1 << 20;

    private readonly SafeFileHandle handle;
    private byte[] window;
    private int begin;
    private int end;

    public SegmentReader(string path, long offset, int windowBytes)
    {
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.SequentialScan);
        window = ArrayPool<byte>.Shared.Rent(windowBytes);
        Offset = offset;
    }

    /// <summary>Where the next record should start.</summary>
    public long Offset { get; private set; }

    public long FileLength => RandomAccess.GetLength(handle);

    /// <summary>Whether the file ends here.</summary>
    public bool AtEnd => Peek(1).IsEmpty;

    public bool ReadHeader(long firstSequence)
    {
        if (!SegmentFormat.IsHeader(Peek(SegmentFormat.HeaderBytes), firstSequence)) return false;
        Skip(SegmentFormat.HeaderBytes);
        return true;
    }

    /// <summary>Reads the record with a sequence, valid until the next read; empty where no whole one stands here.</summary>
    public ReadOnlySpan<byte> Next(long sequence)
    {
        var head = Peek(SegmentFormat.FrameBytes);
        if (head.Length < SegmentFormat.FrameBytes || SegmentFormat.SequenceOf(head) != sequence) return default;
        var length = SegmentFormat.PayloadLength(head);
        // A damaged length must not make the window grow to gigabytes. The file is asked only where the window has less: asking costs more than a record.
        if (length > SegmentFormat.LongestPayload || (length > end - begin && length > FileLength - Offset)) return default;
        var bytes = Peek(SegmentFormat.FrameBytes + (int)length);
        if (!SegmentFormat.TryFrame(bytes, sequence, out var frame)) return default;
        Skip(frame);
        return bytes[..frame];
    }

    /// <summary>
    /// Looks behind a broken record for a whole first record of a later group, at every byte, because the broken length cannot be trusted.
    /// </summary>
    /// <returns>The offset of one; null where there is none.</returns>
    public long? FindLaterGroup(long brokenSequence)
    {
        var rest = new byte[checked((int)(FileLength - Offset))];
        var length = RandomAccess.Read(handle, rest, Offset);
        for (var at = 1; at + SegmentFormat.FrameBytes < length; at++)
        {
            var here = rest.AsSpan(at, length - at);
            var sequence = SegmentFormat.SequenceOf(here);
            if (sequence <= brokenSequence || sequence - brokenSequence > at / (SegmentFormat.FrameBytes + 1)) continue;
            if (SegmentFormat.StartsGroup(here) && SegmentFormat.TryFrame(here, sequence, out _)) return Offset + at;
        }
        return null;
    }

    public void Dispose()
    {
        handle.Dispose();
        ArrayPool<byte>.Shared.Return(window);
        window = [];
    }

    private void Skip(int count)
    {
        begin += count;
        Offset += count;
    }

    private ReadOnlySpan<byte> Peek(int count)
    {
        if (end - begin < count) Fill(count);
        return window.AsSpan(begin, Math.Min(count, end - begin));
    }

    private void Fill(int count)
    {
        window.AsSpan(begin, end - begin).CopyTo(window);
        end -= begin;
        begin = 0;
        if (window.Length < count) Widen(count);
        while (end < count)
        {
            var read = RandomAccess.Read(handle, window.AsSpan(end), Offset + end);
            if (read == 0) return;
            end += read;
        }
    }

    private void Widen(int count)
    {
        var wider = ArrayPool<byte>.Shared.Rent(count);
        window.AsSpan(0, end).CopyTo(wider);
        ArrayPool<byte>.Shared.Return(window);
        window = wider;
    }
}
