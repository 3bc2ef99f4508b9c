using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cordon.Gateways.Files;

/// <summary>
/// Ids for sources that have none: SHA-256 of data set name, row values and n-th occurrence of those values, cut to
/// 128 bits, written <c>h-</c> and 32 hexadecimal digits. Repeated rows stay separate, and a second import gives the same ids.
/// </summary>
internal sealed class RowHash : IDisposable
{
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly OccurrenceCounter occurrences = new();
    private readonly byte[] dataSet;
    private readonly byte[] id = new byte[34];

    public RowHash(string dataSet) => this.dataSet = Encoding.UTF8.GetBytes(dataSet);

    /// <summary>The id of the current row, in UTF-8. Every row must be asked for, taken or not: the count is part of the id.</summary>
    public ReadOnlySpan<byte> Next(FileRows row)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes + sizeof(long)];
        Append(dataSet);
        for (var i = 0; i < row.FieldCount; i++) Append(row.Field(i));
        sha.GetHashAndReset(digest);
        var occurrence = occurrences.Next(BinaryPrimitives.ReadUInt64BigEndian(digest));
        BinaryPrimitives.WriteInt64LittleEndian(digest[SHA256.HashSizeInBytes..], occurrence);
        Span<byte> cut = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(digest, cut);
        (id[0], id[1]) = ((byte)'h', (byte)'-');
        Convert.TryToHexStringLower(cut[..16], id.AsSpan(2), out _);
        return id;
    }

    public void Dispose() => sha.Dispose();

    private void Append(ReadOnlySpan<byte> value)
    {
        // Lengths keep the values apart: "ab","c" is not "a","bc".
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, value.Length);
        sha.AppendData(length);
        sha.AppendData(value);
    }
}

/// <summary>
/// Counts how often a key came: about twelve bytes a key. Keys are 64 bits of a hash; should two rows share them, both
/// still get ids of their own, because the ids hash the whole rows.
/// </summary>
internal sealed class OccurrenceCounter
{
    private readonly Dictionary<ulong, long> repeats = [];
    private ulong[] slots = new ulong[1024];
    private int used;

    /// <summary>1 for a key's first time, then 2, and so on.</summary>
    public long Next(ulong key)
    {
        if (key == 0) key = 1;
        var slot = Find(key);
        if (slots[slot] == key) return repeats[key] = repeats.GetValueOrDefault(key, 1) + 1;
        slots[slot] = key;
        if (++used > slots.Length / 4 * 3) Grow();
        return 1;
    }

    private int Find(ulong key)
    {
        var slot = (int)(key & (ulong)(slots.Length - 1));
        while (slots[slot] != 0 && slots[slot] != key) slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }

    private void Grow()
    {
        var old = slots;
        slots = new ulong[old.Length * 2];
        foreach (var key in old)
            if (key != 0) slots[Find(key)] = key;
    }
}
