using Cordon.Engine.Windows;

namespace Cordon.Tests.Windows;

/// <summary>One signal as a window is told of it.</summary>
internal readonly record struct SlowSignal(long At, long Value, ulong Tie);

/// <summary>
/// What a window should answer, by its definition: it keeps every signal, forgets none and goes through all of them for
/// every answer.
/// </summary>
internal sealed class SlowWindow(WindowSpec spec)
{
    private readonly List<SlowSignal> signals = [];

    public void Add(SlowSignal signal) => signals.Add(signal);

    public long Newest => signals.Max(s => s.At);

    /// <summary>The bucket of an instant: the window cut into sixtieths from the epoch on.</summary>
    public Int128 BucketOf(long at)
    {
        var scaled = (Int128)at * 60;
        var bucket = scaled / spec.Over;
        return scaled % spec.Over < 0 ? bucket - 1 : bucket;
    }

    /// <summary>The signals of the asking instant's bucket and the 60 before.</summary>
    public List<SlowSignal> Seen(long at) =>
        [.. signals.Where(s => BucketOf(s.At) <= BucketOf(at) && BucketOf(s.At) >= BucketOf(at) - 60)];

    /// <summary>How many signals lie between two instants, both counted.</summary>
    public long CountBetween(long from, long to) => signals.Count(s => s.At >= from && s.At <= to);

    /// <summary>The largest count of signals that lie within a span of time, both ends counted, between two instants.</summary>
    public long LargestWithin(long span, long from, long to) =>
        signals.Where(s => s.At >= from && s.At <= to).Select(s => signals.LongCount(o => o.At >= s.At && o.At <= s.At + span && o.At <= to)).DefaultIfEmpty(0).Max();

    /// <summary>The answer, null where there is none. A burst has only bounds: see <see cref="LargestWithin"/>.</summary>
    public Int128? Answer(long at)
    {
        var seen = Seen(at);
        return spec.Measure switch
        {
            WindowMeasure.Count => seen.Count,
            WindowMeasure.Sum => Saturate(Sum(seen)),
            WindowMeasure.Average => seen.Count == 0 ? null : Rounded(Sum(seen), seen.Count),
            WindowMeasure.Share => seen.Count == 0 ? null : Rounded(seen.Count(s => s.Value != 0), seen.Count),
            WindowMeasure.Min => seen.Count == 0 ? null : seen.Min(s => s.Value),
            WindowMeasure.Max => seen.Count == 0 ? null : seen.Max(s => s.Value),
            WindowMeasure.Distinct => signals.Where(s => BucketOf(s.At) >= BucketOf(at) - 60).Select(s => s.Value).Distinct().Count(),
            WindowMeasure.FirstSeen => seen.Count == 0 || seen.Min(s => s.At) > at ? null : seen.Min(s => s.At),
            WindowMeasure.Gap => Last(at) is { } last ? at - last.At : null,
            WindowMeasure.Last => Last(at)?.Value,
            _ => throw new ArgumentOutOfRangeException(nameof(at)),
        };
    }

    // Of each bucket only the newest signal is known.
    private SlowSignal? Last(long at)
    {
        var newest = Seen(at).GroupBy(s => BucketOf(s.At)).Select(g => g.OrderBy(s => (s.At, s.Tie, s.Value)).Last())
            .Where(s => s.At <= at).OrderBy(s => s.At).ToList();
        return newest.Count == 0 ? null : newest[^1];
    }

    private static Int128 Sum(List<SlowSignal> seen) => seen.Aggregate((Int128)0, (sum, s) => sum + s.Value);

    private static Int128 Saturate(Int128 value) => Int128.Clamp(value, long.MinValue, long.MaxValue);

    private static Int128 Rounded(Int128 total, int count)
    {
        var twice = ((2 * Int128.Abs(total)) + count) / (2 * (Int128)count);
        return total < 0 ? -twice : twice;
    }
}
