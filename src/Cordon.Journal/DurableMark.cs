using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Cordon.Journal;

/// <summary>
/// A small file that says up to which sequence the journal was made durable. It is written after each flush and not flushed itself,
/// so it may be old but never claims too much; with it even the last acknowledged record cannot vanish unnoticed.
/// </summary>
internal sealed class DurableMark : IDisposable
{
    public const string FileName = "durable";

    private const int Size = 16;

    private readonly SafeFileHandle handle;
    private readonly byte[] bytes = new byte[Size];

    private DurableMark(SafeFileHandle handle) => this.handle = handle;

    /// <summary>Opens the mark of a folder and reads it; 0 where there is none or it is broken.</summary>
    public static DurableMark Open(string folder, out long sequence)
    {
        var mark = new DurableMark(File.OpenHandle(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        sequence = mark.Read();
        return mark;
    }

    public void Write(long sequence)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), ~SegmentFormat.Checksum(~0u, bytes.AsSpan(0, 8)));
        RandomAccess.Write(handle, bytes, 0);
    }

    public void Dispose() => handle.Dispose();

    private long Read()
    {
        if (RandomAccess.Read(handle, bytes, 0) < Size) return 0;
        var right = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)) == ~SegmentFormat.Checksum(~0u, bytes.AsSpan(0, 8));
        return right ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;
    }
}
