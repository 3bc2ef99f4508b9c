using System.Buffers;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Cordon.Journal.Snapshots;

/// <summary>
/// The snapshots in a journal's folder. A snapshot is written into a temporary file, flushed, and only then named by the sequence
/// it stands at, so that whatever has a snapshot's name was whole; the newest two are kept.
/// </summary>
internal sealed class SnapshotStore(string folder, string rulebook, Action<JournalStep>? beforeStep)
{
    private const int Kept = 2;
    private const string Temporary = ".tmp";

    // Flushed by such pieces, because one large flush at the end would hold up the journal's own.
    private const int FlushBytes = 16 << 20;

    /// <summary>Deletes what a killed process left half written.</summary>
    public void Tidy()
    {
        foreach (var left in new DirectoryInfo(folder).EnumerateFiles("*" + SnapshotFormat.Extension + Temporary)) left.Delete();
    }

    /// <summary>All files that have a snapshot's name, newest first.</summary>
    public IReadOnlyList<(string Path, long Sequence)> Files()
    {
        var files = new List<(string Path, long Sequence)>();
        if (!Directory.Exists(folder)) return files;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + SnapshotFormat.Extension))
        {
            var name = Path.GetFileNameWithoutExtension(file.Name);
            if (name.Length == 20 && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) files.Add((file.FullName, sequence));
        }
        files.Sort((left, right) => right.Sequence.CompareTo(left.Sequence));
        return files;
    }

    /// <summary>Reads a snapshot whole and verifies every byte of it.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public string? Read(string path, long sequence, out SnapshotHead? head, out ReadOnlySequence<byte> content)
    {
        (head, content) = (null, default);
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var start = new byte[SnapshotFormat.HeadBytes];
        var size = Fill(file, start, 0) ? SnapshotFormat.SizeOf(start) : 0;
        if (size == 0) return "It is no snapshot of format 1.";
        if (size > RandomAccess.GetLength(file)) return "Its head is broken.";
        var bytes = new byte[size];
        if (!Fill(file, bytes, 0)) return "It ends too early.";
        if (SnapshotFormat.Read(bytes, sequence, rulebook, out head) is { } fault) return fault;
        return ReadBlocks(file, size, head!.Length, out content);
    }

    /// <summary>Writes a snapshot so that it is there whole or not at all, then deletes those that are too old.</summary>
    public void Write(RecoveryStart start, SnapshotBuffer content)
    {
        var path = Path.Combine(folder, SnapshotFormat.FileName(start.Sequence));
        var temporary = path + Temporary;
        try
        {
            beforeStep?.Invoke(JournalStep.SnapshotWrite);
            using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                Write(file, SnapshotFormat.Head(new SnapshotHead(start, content.Length), rulebook), content);
                beforeStep?.Invoke(JournalStep.SnapshotFlush);
                RandomAccess.FlushToDisk(file);
            }
            beforeStep?.Invoke(JournalStep.SnapshotRename);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // On a full disk the half of a snapshot takes space that the journal needs.
            File.Delete(temporary);
            throw;
        }
        beforeStep?.Invoke(JournalStep.SnapshotFolder);
        FolderFlush.Flush(folder);
        beforeStep?.Invoke(JournalStep.SnapshotPrune);
        foreach (var (old, _) in Files().Skip(Kept)) File.Delete(old);
    }

    private static void Write(SafeFileHandle file, byte[] head, SnapshotBuffer content)
    {
        RandomAccess.Write(file, head, 0);
        var at = (long)head.Length;
        var (number, flushed) = (0L, 0L);
        var before = new byte[SnapshotFormat.BlockHeadBytes];
        foreach (var piece in content.Pieces())
        {
            SnapshotFormat.BlockHead(before, number++, piece.Span);
            RandomAccess.Write(file, [before, piece], at);
            at += before.Length + piece.Length;
            if (at - flushed < FlushBytes) continue;
            RandomAccess.FlushToDisk(file);
            flushed = at;
        }
    }

    private static string? ReadBlocks(SafeFileHandle file, long at, long length, out ReadOnlySequence<byte> content)
    {
        content = default;
        var head = new byte[SnapshotFormat.BlockHeadBytes];
        Block? first = null, last = null;
        for (long number = 0, read = 0; read < length; number++)
        {
            if (!Fill(file, head, at)) return "It ends too early.";
            var size = SnapshotFormat.BlockLength(head);
            if (size is < 1 or > SnapshotFormat.LargestBlock || size > length - read) return $"Block {number} is broken.";
            var bytes = GC.AllocateUninitializedArray<byte>(size);
            if (!Fill(file, bytes, at + head.Length)) return "It ends too early.";
            if (!SnapshotFormat.IsBlock(head, number, bytes)) return $"Block {number} is broken.";
            last = last is null ? first = new Block(bytes, 0) : last.Follow(bytes);
            at += head.Length + size;
            read += size;
        }
        if (RandomAccess.GetLength(file) != at) return "It goes on behind its end.";
        if (first is not null) content = new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
        return null;
    }

    private static bool Fill(SafeFileHandle file, Span<byte> bytes, long at)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(file, bytes, at);
            if (read == 0) return false;
            bytes = bytes[read..];
            at += read;
        }
        return true;
    }

    private sealed class Block : ReadOnlySequenceSegment<byte>
    {
        public Block(ReadOnlyMemory<byte> bytes, long before)
        {
            Memory = bytes;
            RunningIndex = before;
        }

        public Block Follow(ReadOnlyMemory<byte> bytes)
        {
            var next = new Block(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
