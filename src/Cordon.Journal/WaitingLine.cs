namespace Cordon.Journal;

/// <summary>
/// A bounded line in which any number of callers queue work for one thread. The thread takes all that waits at once,
/// so that one flush serves it; who finds no place waits outside without holding a thread.
/// </summary>
/// <param name="places">How many may wait in it.</param>
/// <param name="weigh">The bytes of one.</param>
internal sealed class WaitingLine<T>(int places, Func<T, int> weigh) : IDisposable
{
    // When it closes, all who wait outside are let in to find it closed; no more than this can be there.
    private const int MostOutside = 1 << 24;

    private readonly SemaphoreSlim free = new(places);
    private readonly object gate = new();
    private readonly Queue<T> queue = new();
    private bool taking;
    private bool woken;
    private bool closed;

    /// <summary>Takes a place where there is one now.</summary>
    public bool TryEnter(T item) => free.Wait(0, CancellationToken.None) && Add(item);

    /// <summary>Takes a place, waiting for one where there is none.</summary>
    /// <returns>False where the line is closed.</returns>
    public async ValueTask<bool> EnterAsync(T item, CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        return Add(item);
    }

    /// <summary>Waits until there is something, was a call of <see cref="Wake"/>, or the line is closed; then takes what fits.</summary>
    /// <param name="into">Where to; left empty by a mere wake.</param>
    /// <param name="mostBytes">No more is added once so many bytes are reached.</param>
    /// <returns>False where the line is closed and empty.</returns>
    public bool Take(List<T> into, long mostBytes)
    {
        lock (gate)
        {
            taking = true;
            while (queue.Count == 0 && !closed && !woken) Monitor.Wait(gate);
            taking = woken = false;
            for (var bytes = 0L; bytes < mostBytes && queue.TryDequeue(out var item); bytes += weigh(item)) into.Add(item);
            if (into.Count == 0) return !closed;
        }
        free.Release(into.Count);
        return true;
    }

    /// <summary>Lets the taker come round though nothing waits.</summary>
    public void Wake()
    {
        lock (gate)
        {
            woken = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Lets nobody in any more. What is in it can still be taken.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (closed) return;
            closed = true;
            Monitor.Pulse(gate);
        }
        free.Release(MostOutside);
    }

    public void Dispose() => free.Dispose();

    private bool Add(T item)
    {
        lock (gate)
        {
            if (closed) return false;
            queue.Enqueue(item);
            if (taking) Monitor.Pulse(gate);
            return true;
        }
    }
}
