using System.Runtime.InteropServices;

namespace Cordon.Engine.Money;

/// <summary>
/// Who wants to know when something is told of a line or of an order reference. A transfer asks for both its lines, so the answer for one that nobody
/// watches is a single bit.
/// </summary>
internal sealed class MoneyWatch
{
    private const int WordBits = 6;

    private readonly Dictionary<int, List<int>> watchers = [];
    private readonly Dictionary<int, int[]> watched = [];
    private readonly HashSet<int> touched = [];
    private ulong[] bits = [];

    /// <summary>Whether something was told of something watched since <see cref="TakeTouched"/>.</summary>
    public bool IsTouched => touched.Count > 0;

    /// <summary>Watches some things and no others, each as <see cref="OfLine"/> or <see cref="OfReference"/> gives it, once.</summary>
    public void Watch(int watcher, int[] things)
    {
        Forget(watcher);
        watched[watcher] = things;
        foreach (var thing in things)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(watchers, thing, out _);
            (list ??= []).Add(watcher);
            var word = thing >> WordBits;
            if (word >= bits.Length) Array.Resize(ref bits, Math.Max(word + 1, bits.Length * 2));
            bits[word] |= 1UL << (thing & 63);
        }
    }

    /// <summary>Watches nothing more, and what touched it before is forgotten.</summary>
    public void Forget(int watcher)
    {
        touched.Remove(watcher);
        if (!watched.Remove(watcher, out var things)) return;
        foreach (var thing in things)
        {
            var list = watchers[thing];
            list.Remove(watcher);
            if (list.Count > 0) continue;
            watchers.Remove(thing);
            bits[thing >> WordBits] &= ~(1UL << (thing & 63));
        }
    }

    /// <summary>What stands for a line.</summary>
    public static int OfLine(int line) => line << 1;

    /// <summary>What stands for an order reference.</summary>
    public static int OfReference(int reference) => (reference << 1) | 1;

    /// <summary>Something was told of a line.</summary>
    public void TouchLine(int line)
    {
        if (line >= 0) Touch(OfLine(line));
    }

    /// <summary>Something was told of what carries an order reference.</summary>
    public void TouchReference(int reference)
    {
        if (reference >= 0) Touch(OfReference(reference));
    }

    /// <summary>What was told changes what all may see.</summary>
    public void TouchAll() => touched.UnionWith(watched.Keys);

    private void Touch(int thing)
    {
        if (thing >> WordBits >= bits.Length || (bits[thing >> WordBits] & (1UL << (thing & 63))) == 0) return;
        foreach (var watcher in watchers[thing]) touched.Add(watcher);
    }

    /// <summary>Those touched since the last time, the smallest number first.</summary>
    public int[] TakeTouched()
    {
        int[] taken = [.. touched.Order()];
        touched.Clear();
        return taken;
    }
}
