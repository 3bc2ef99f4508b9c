using System.Runtime.InteropServices;

namespace Cordon.Engine.Money;

/// <summary>
/// Who wants to know when something is told of a line. A transfer asks for both its lines, so the answer for one that nobody watches is a single bit.
/// </summary>
internal sealed class MoneyWatch
{
    private const int WordBits = 6;

    private readonly Dictionary<int, List<int>> watchers = [];
    private readonly Dictionary<int, int[]> watched = [];
    private readonly HashSet<int> touched = [];
    private ulong[] bits = [];

    /// <summary>Whether something was told of a watched line since <see cref="TakeTouched"/>.</summary>
    public bool IsTouched => touched.Count > 0;

    /// <summary>Watches some lines and no others.</summary>
    public void Watch(int watcher, int[] lines)
    {
        Forget(watcher);
        watched[watcher] = lines;
        foreach (var line in lines)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(watchers, line, out _);
            (list ??= []).Add(watcher);
            var word = line >> WordBits;
            if (word >= bits.Length) Array.Resize(ref bits, Math.Max(word + 1, bits.Length * 2));
            bits[word] |= 1UL << (line & 63);
        }
    }

    /// <summary>Watches nothing more, and what touched it before is forgotten.</summary>
    public void Forget(int watcher)
    {
        touched.Remove(watcher);
        if (!watched.Remove(watcher, out var lines)) return;
        foreach (var line in lines)
        {
            var list = watchers[line];
            list.Remove(watcher);
            if (list.Count > 0) continue;
            watchers.Remove(line);
            bits[line >> WordBits] &= ~(1UL << (line & 63));
        }
    }

    /// <summary>Something was told of a line.</summary>
    public void Touch(int line)
    {
        if (line < 0 || line >> WordBits >= bits.Length || (bits[line >> WordBits] & (1UL << (line & 63))) == 0) return;
        foreach (var watcher in watchers[line]) touched.Add(watcher);
    }

    /// <summary>What was told changes what all may see.</summary>
    public void TouchAll() => touched.UnionWith(watched.Keys);

    /// <summary>Those touched since the last time, the smallest number first.</summary>
    public int[] TakeTouched()
    {
        int[] taken = [.. touched.Order()];
        touched.Clear();
        return taken;
    }
}
