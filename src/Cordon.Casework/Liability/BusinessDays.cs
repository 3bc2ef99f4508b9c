using System.Collections.Immutable;

namespace Cordon.Casework.Liability;

/// <summary>Counts business days: Monday to Friday without the holidays told.</summary>
/// <param name="holidays">Days on which no business is done.</param>
internal sealed class BusinessDays(ImmutableArray<DateOnly> holidays)
{
    public bool Is(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day);

    /// <summary>The day on which so many business days have passed since a day, which does not count itself.</summary>
    public DateOnly After(DateOnly day, long count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            if (Is(day)) count--;
        }
        return day;
    }

    /// <summary>The same, with days that a stopped clock leaves out; null where that day would lie after the last one.</summary>
    public DateOnly? After(DateOnly day, long count, ImmutableArray<ClockStop> stops, DateOnly last)
    {
        while (count > 0)
        {
            if (day >= last) return null;
            day = day.AddDays(1);
            // A clock that was not started again stands for good.
            if (Is(day) && !stops.Any(s => s.From <= day && !(s.To <= day))) count--;
        }
        return day;
    }
}
