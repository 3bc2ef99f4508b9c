using System.IO.Compression;
using System.Text;

namespace Cordon.Gateways.Files;

/// <summary>Turns the bytes of a file into UTF-8: counts them, unpacks gzip, strips a byte order mark, transcodes.</summary>
internal static class FileText
{
    private const string StrictGzip = "System.IO.Compression.UseStrictValidation";

    /// <summary>The encoding of a name, or null where none has it.</summary>
    public static Encoding? EncodingOf(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// The text of the file as a stream of UTF-8 without byte order mark. A mark in the file wins over the declared encoding.
    /// </summary>
    /// <param name="source">The file.</param>
    /// <param name="declared">The encoding that the preset declares.</param>
    /// <param name="transcoded">Whether the text was in another encoding: then a replacement character stands for bytes that were none.</param>
    public static RetainingStream Open(CountingStream source, Encoding declared, out bool transcoded)
    {
        var (head, length) = Peek(source);
        Stream plain = new PrefixedStream(head.AsMemory(0, length), source);
        if (length >= 2 && head[0] == 0x1f && head[1] == 0x8b)
        {
            RequireStrictGzip();
            source.Packed = new GZipStream(plain, CompressionMode.Decompress, leaveOpen: true);
            (head, length) = Peek(source.Packed);
            plain = new PrefixedStream(head.AsMemory(0, length), source.Packed);
        }
        var (encoding, mark) = ByMark(head.AsSpan(0, length), declared);
        for (var skipped = 0; skipped < mark;) skipped += plain.Read(head, 0, mark - skipped);
        transcoded = encoding is not UTF8Encoding;
        if (transcoded) plain = Encoding.CreateTranscodingStream(plain, encoding, new UTF8Encoding(false), leaveOpen: true);
        return new RetainingStream(plain);
    }

    private static (Encoding Encoding, int Mark) ByMark(ReadOnlySpan<byte> head, Encoding declared) => head switch
    {
        [0xef, 0xbb, 0xbf, ..] => (new UTF8Encoding(false), 3),
        [0xff, 0xfe, ..] => (Encoding.Unicode, 2),
        [0xfe, 0xff, ..] => (Encoding.BigEndianUnicode, 2),
        _ => (declared, 0),
    };

    private static (byte[] Head, int Length) Peek(Stream stream)
    {
        var head = new byte[4];
        return (head, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }

    /// <summary>Without this switch the framework ends a truncated gzip file as if it were whole, and rows would vanish unseen.</summary>
    private static void RequireStrictGzip()
    {
        if (!AppContext.TryGetSwitch(StrictGzip, out var strict) || !strict)
            throw new InvalidOperationException($"The program must run with {StrictGzip}=true (a RuntimeHostConfigurationOption).");
    }
}

/// <summary>Passes reads on and counts them.</summary>
internal sealed class CountingStream(Stream inner) : ReadOnlyStream
{
    private long count;

    /// <summary>Bytes read so far; any thread may ask.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>The unpacking stream on top, kept to be disposed of with the file.</summary>
    public GZipStream? Packed { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Interlocked.Add(ref count, read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Packed?.Dispose();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>Some bytes, then a stream.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> head, Stream tail) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> head = head;

    public override int Read(Span<byte> buffer)
    {
        if (head.IsEmpty) return tail.Read(buffer);
        var length = Math.Min(head.Length, buffer.Length);
        head.Span[..length].CopyTo(buffer);
        head = head[length..];
        return length;
    }
}

/// <summary>A stream that is read forwards, once.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public abstract override int Read(Span<byte> buffer);

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public sealed override void Flush()
    {
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
