using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>Occasions and faults of a span.</summary>
/// <param name="Occasions">How often the duty was put to the test.</param>
/// <param name="Faults">How often it was not kept.</param>
internal readonly record struct FaultSum(long Occasions, long Faults)
{
    public static FaultSum operator +(FaultSum left, FaultSum right) => new(left.Occasions + right.Occasions, left.Faults + right.Faults);

    /// <summary>Faults by occasion; 0 where there was none.</summary>
    public double Rate => Occasions == 0 ? 0 : (double)Faults / Occasions;
}

/// <summary>
/// Occasions and faults of one unit under one duty: by the hour for <see cref="HoursKept"/>, by the day before that.
/// Days begin at midnight by the jurisdiction's clock. Order of arrival is without meaning.
/// </summary>
/// <param name="offset">How far that clock is ahead of UTC.</param>
internal sealed class FaultCount(TimeSpan offset)
{
    /// <summary>Counts older than this are kept by the day.</summary>
    public const int HoursKept = 62 * HoursADay;

    /// <summary>The records of so many faults are kept, the newest; older ones are found by reading the journal again.</summary>
    public const int FaultsKept = 20_000;

    private const int HoursADay = 24;
    private const long MicrosPerHour = 3_600_000_000;

    private readonly List<Slot> hours = [];
    private readonly List<Slot> days = [];
    private readonly List<(Instant At, string Record)> faults = [];
    private int foldedBefore = int.MinValue;

    public void Add(Instant at, long occasions, long faulty, string? record)
    {
        var hour = HourOf(at, offset);
        if (hour < foldedBefore) Put(days, DayOf(hour), occasions, faulty);
        else Put(hours, hour, occasions, faulty);
        if (record is null) return;
        if (faults.Count == FaultsKept) faults.RemoveRange(0, FaultsKept / 10);
        faults.Add((at, record));
    }

    /// <summary>Takes back what was added: the fact was told anew.</summary>
    public void Remove(Instant at, long occasions, long faulty, string? record)
    {
        Add(at, -occasions, -faulty, null);
        if (record is not null) faults.Remove((at, record));
    }

    /// <summary>What lies in a span; the hour in which it begins counts only where it begins the hour, that in which it ends counts.</summary>
    public FaultSum Sum(Instant from, Instant to)
    {
        var (first, end) = (HourFrom(from), HourFrom(to));
        return Sum(hours, first, end) + Sum(days, first, end);
    }

    /// <summary>The records of faults in a span, by time.</summary>
    public IEnumerable<(Instant At, string Record)> Faults(Instant from, Instant to)
    {
        var (first, end) = (HourFrom(from), HourFrom(to));
        return faults.Where(f => HourOf(f.At, offset) is var hour && hour >= first && hour < end)
            .OrderBy(f => f.At).ThenBy(f => f.Record, StringComparer.Ordinal);
    }

    /// <summary>Joins hours that are old enough to days.</summary>
    public void Fold(Instant now)
    {
        var hour = HourOf(now, offset);
        var before = DayOf(hour) - HoursKept;
        if (before <= foldedBefore) return;
        foldedBefore = before;
        var count = hours.FindIndex(h => h.Start >= before) is >= 0 and var at ? at : hours.Count;
        for (var i = 0; i < count; i++) Put(days, DayOf(hours[i].Start), hours[i].Occasions, hours[i].Faults);
        hours.RemoveRange(0, count);
    }

    private int HourFrom(Instant at) => at == Instant.Max ? int.MaxValue : HourOf(new Instant(at.Micros + MicrosPerHour - 1), offset);

    private static int HourOf(Instant at, TimeSpan offset) => (int)Math.Floor((at.Micros + (offset.Ticks / 10)) / (double)MicrosPerHour);

    // The hour in which the day of an hour begins.
    private static int DayOf(int hour) => hour - ((hour % HoursADay + HoursADay) % HoursADay);

    private static FaultSum Sum(List<Slot> slots, int first, int end)
    {
        var sum = default(FaultSum);
        for (var i = Place(slots, first); i < slots.Count && slots[i].Start < end; i++) sum += new FaultSum(slots[i].Occasions, slots[i].Faults);
        return sum;
    }

    private static void Put(List<Slot> slots, int start, long occasions, long faulty)
    {
        var at = slots.Count > 0 && slots[^1].Start == start ? slots.Count - 1 : Place(slots, start);
        if (at < slots.Count && slots[at].Start == start)
            slots[at] = new Slot(start, slots[at].Occasions + occasions, slots[at].Faults + faulty);
        else slots.Insert(at, new Slot(start, occasions, faulty));
    }

    private static int Place(List<Slot> slots, int start)
    {
        var (low, high) = (0, slots.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (slots[middle].Start < start) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private readonly record struct Slot(int Start, long Occasions, long Faults);
}
