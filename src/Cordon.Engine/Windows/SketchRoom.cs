namespace Cordon.Engine.Windows;

/// <summary>Room in which one sketch after another sorts out what it still needs.</summary>
internal sealed class SketchRoom
{
    private ulong[] hashes = [];
    private ushort[] tags = [];

    public int Count { get; private set; }

    public long Bytes => hashes.Length * 10L;

    public (ulong Hash, ushort Tag) this[int index] => (hashes[index], tags[index]);

    public void Clear(int capacity)
    {
        Count = 0;
        if (capacity <= hashes.Length) return;
        var larger = Math.Max(capacity, hashes.Length * 2);
        (hashes, tags) = (new ulong[larger], new ushort[larger]);
    }

    public void Add(ulong hash, ushort tag)
    {
        hashes[Count] = hash;
        tags[Count++] = tag;
    }
}
