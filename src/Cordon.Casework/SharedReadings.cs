using Cordon.Engine.Signals;

namespace Cordon.Casework;

/// <summary>Readings that cost much and may be a little old: who asks for the same within a while shares one.</summary>
/// <typeparam name="TKey">What is read.</typeparam>
/// <typeparam name="TValue">What was read.</typeparam>
/// <param name="fresh">For how long one is shared.</param>
/// <param name="now">The clock.</param>
internal sealed class SharedReadings<TKey, TValue>(TimeSpan fresh, Func<Instant> now)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, (Instant At, Task<TValue> Reading)> kept = [];

    /// <summary>The reading there is, or one that begins now. It goes on for the others where one who waits gives up.</summary>
    /// <param name="key">What is read.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancel">Ends the wait, not the reading.</param>
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> read, CancellationToken cancel)
    {
        lock (gate)
        {
            DropOld();
            if (!kept.TryGetValue(key, out var found)) kept[key] = found = (now(), Task.Run(read, CancellationToken.None));
            return found.Reading.WaitAsync(cancel);
        }
    }

    /// <summary>Puts a reading in the place of what there is.</summary>
    public void Put(TKey key, TValue value)
    {
        lock (gate)
        {
            DropOld();
            kept[key] = (now(), Task.FromResult(value));
        }
    }

    private void DropOld()
    {
        var at = now();
        foreach (var key in kept.Where(k => k.Value.At > at || at - k.Value.At >= fresh || k.Value.Reading.IsFaulted).Select(k => k.Key).ToList()) kept.Remove(key);
    }
}
