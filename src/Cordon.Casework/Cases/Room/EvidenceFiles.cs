using System.Security.Cryptography;

namespace Cordon.Casework.Cases.Room;

/// <summary>A file that was received whole and waits to be kept.</summary>
/// <param name="Waiting">Where its bytes wait.</param>
/// <param name="Hash">The SHA-256 of its bytes, 64 hexadecimal digits in small letters.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record ReceivedFile(string Waiting, string Hash, long Size, string MediaType) : IDisposable
{
    /// <summary>Drops the bytes where they were not kept.</summary>
    public void Dispose() => File.Delete(Waiting);
}

/// <summary>
/// The bytes of evidence, by their hashes, in a folder of their own: <c>ab/abcd…</c>. A file is whole and on disk before its name
/// appears; the same bytes are kept once.
/// </summary>
/// <param name="folder">The folder; it is made where it is not there.</param>
public sealed class EvidenceFiles(string folder)
{
    /// <summary>The longest file, bytes. Ours: a film of some minutes as a telephone takes it.</summary>
    public const int MostBytes = 25 * 1024 * 1024;

    private const int AtOnce = 500;

    /// <summary>The refusal of a longer file, for who can know before any byte is sent.</summary>
    public static Refusal Larger => RoomRefusal.TooLarge;

    private const int Piece = 81_920;

    private const string Part = ".part";

    /// <summary>Receives a file; nothing is kept yet.</summary>
    /// <param name="from">Its bytes.</param>
    /// <param name="name">Its name, which must say what it is.</param>
    /// <param name="cancel">Stops.</param>
    internal async Task<Outcome<ReceivedFile>> ReceiveAsync(Stream from, string name, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var waiting = Path.Combine(folder, Path.GetRandomFileName() + Part);
        Outcome<ReceivedFile> received = RoomRefusal.Empty;
        try
        {
            return received = await WriteAsync(from, name, waiting, cancel);
        }
        finally
        {
            if (!received.Succeeded) File.Delete(waiting);
        }
    }

    /// <summary>Keeps what was received under its hash.</summary>
    internal void Keep(ReceivedFile file)
    {
        var place = PlaceOf(file.Hash);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Move(file.Waiting, place, overwrite: true);
    }

    /// <summary>Deletes what a process that was killed received and did not keep, or removed and did not delete.</summary>
    /// <param name="before">Only what was last written before this: younger ones may be on their way.</param>
    /// <param name="kept">Which of some hashes are still some evidence's.</param>
    /// <param name="delete">Deletes a file, where it is still nobody's when that is asked.</param>
    /// <returns>How many files.</returns>
    internal async Task<int> SweepAsync(DateTimeOffset before, Func<List<string>, Task<HashSet<string>>> kept, Func<string, Action, Task<bool>> delete)
    {
        if (!Directory.Exists(folder)) return 0;
        var swept = 0;
        foreach (var block in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => File.GetLastWriteTimeUtc(f) < before.UtcDateTime).Chunk(AtOnce))
        {
            var known = await kept(block.Select(f => Path.GetFileName(f)).ToList());
            foreach (var file in block)
            {
                var name = Path.GetFileName(file);
                if (name.EndsWith(Part, StringComparison.Ordinal)) File.Delete(file);
                else if (known.Contains(name) || !await delete(name, () => File.Delete(file))) continue;
                swept++;
            }
        }
        return swept;
    }

    /// <summary>Opens a file for reading after its hash was found right; a refusal where the bytes are not there or not those.</summary>
    internal async Task<Outcome<Stream>> OpenAsync(string hash, CancellationToken cancel)
    {
        var place = PlaceOf(hash);
        if (!File.Exists(place)) return RoomRefusal.Damaged;
        var stream = new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.Read, Piece, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel)) == hash)
        {
            stream.Position = 0;
            return stream;
        }
        await stream.DisposeAsync();
        return RoomRefusal.Damaged;
    }

    internal void Delete(string hash) => File.Delete(PlaceOf(hash));

    private static async Task<Outcome<ReceivedFile>> WriteAsync(Stream from, string name, string waiting, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var to = new FileStream(waiting, FileMode.CreateNew, FileAccess.Write, FileShare.None, Piece, FileOptions.Asynchronous);
        var (buffer, head, size) = (new byte[Piece], new MemoryStream(FileKinds.HeadLength), 0L);
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            size += read;
            if (size > MostBytes) return RoomRefusal.TooLarge;
            if (head.Length < FileKinds.HeadLength) head.Write(buffer, 0, (int)Math.Min(read, FileKinds.HeadLength - head.Length));
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        if (size == 0) return RoomRefusal.Empty;
        var kind = FileKinds.Of(head.ToArray(), name);
        if (kind.Refusal is { } refusal) return refusal;
        to.Flush(flushToDisk: true);
        return new ReceivedFile(waiting, Convert.ToHexStringLower(hash.GetHashAndReset()), size, kind.Value);
    }

    private string PlaceOf(string hash) => Path.Combine(folder, hash[..2], hash);
}
