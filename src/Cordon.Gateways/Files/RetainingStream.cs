namespace Cordon.Gateways.Files;

/// <summary>
/// Keeps what was read until it is released, so that reading can begin again at an earlier byte: a quote that is never
/// closed would otherwise swallow the rest of the file. Also turns a source that breaks off into an end that says so.
/// </summary>
internal sealed class RetainingStream(Stream inner) : ReadOnlyStream
{
    private byte[] kept = new byte[64 * 1024];
    private long keptFrom;
    private int keptLength;
    private long position;
    private long released;

    /// <summary>The offset up to which the source was read.</summary>
    public long ReadTo => keptFrom + keptLength;

    /// <summary>Why the source broke off before its end; null where it did not.</summary>
    public string? CutOff { get; private set; }

    /// <summary>Whether the last byte of the source was a line feed.</summary>
    public bool EndsWithLineFeed { get; private set; } = true;

    /// <summary>Allows bytes before this offset to be forgotten.</summary>
    public void Release(long before) => released = Math.Max(released, before);

    /// <summary>The bytes from an offset that is not released up to the farthest read.</summary>
    public ReadOnlySpan<byte> From(long offset)
    {
        if (offset < keptFrom) throw new InvalidOperationException("These bytes are released.");
        return kept.AsSpan((int)(offset - keptFrom), (int)(keptFrom + keptLength - offset));
    }

    /// <summary>Makes the next read begin at an offset that is not released.</summary>
    public void Rewind(long offset)
    {
        if (offset < keptFrom || offset > keptFrom + keptLength) throw new InvalidOperationException("These bytes are released, or were never read.");
        position = offset;
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        if (position == keptFrom + keptLength && !Fetch(buffer.Length)) return 0;
        var from = (int)(position - keptFrom);
        var length = Math.Min(buffer.Length, keptLength - from);
        kept.AsSpan(from, length).CopyTo(buffer);
        position += length;
        return length;
    }

    private bool Fetch(int wanted)
    {
        if (CutOff is not null) return false;
        Compact(wanted);
        try
        {
            var read = inner.Read(kept, keptLength, Math.Min(wanted, kept.Length - keptLength));
            if (read == 0) return false;
            keptLength += read;
            EndsWithLineFeed = kept[keptLength - 1] == '\n';
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            CutOff = e.Message;
            return false;
        }
    }

    private void Compact(int wanted)
    {
        var drop = (int)(Math.Min(released, position) - keptFrom);
        if (drop > 0)
        {
            kept.AsSpan(drop, keptLength - drop).CopyTo(kept);
            keptFrom += drop;
            keptLength -= drop;
        }
        if (kept.Length - keptLength < Math.Min(wanted, 32 * 1024)) Array.Resize(ref kept, kept.Length * 2);
    }
}
