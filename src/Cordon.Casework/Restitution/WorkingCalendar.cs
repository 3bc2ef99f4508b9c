using System.Collections.Frozen;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restitution;

/// <summary>The days on which institutions of a jurisdiction work. A day begins and ends by the jurisdiction's own clock.</summary>
/// <param name="Offset">How far that clock is ahead of UTC.</param>
/// <param name="Source">Where the days were read.</param>
/// <param name="Through">The last day of which holidays are known; later ones are counted by weekends alone.</param>
/// <param name="Holidays">Days without work.</param>
/// <param name="Workdays">Saturdays and Sundays with work.</param>
public sealed record WorkingCalendar(TimeSpan Offset, string Source, DateOnly Through, FrozenSet<DateOnly> Holidays, FrozenSet<DateOnly> Workdays)
{
    private const int MostBytes = 1 << 20;
    private const int LongestRange = 60;

    /// <summary>The day of an instant.</summary>
    public DateOnly DayOf(Instant at) => DateOnly.FromDateTime(at.ToDateTimeOffset().ToOffset(Offset).DateTime);

    /// <summary>Whether it is worked on a day.</summary>
    public bool IsWorkday(DateOnly day) =>
        Workdays.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.Contains(day));

    /// <summary>The end of a term of working days: the day of the event does not count, and the last day counts to its end.</summary>
    /// <param name="from">The event that begins the term.</param>
    /// <param name="days">How many working days, 1 or more.</param>
    public Instant AfterWorkingDays(Instant from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var day = DayOf(from);
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorkday(day)) left--;
        }
        return StartOf(day.AddDays(1));
    }

    /// <summary>The end of a term of days: the day of the event does not count, and the last day counts to its end.</summary>
    public Instant AfterDays(Instant from, int days) => StartOf(DayOf(from).AddDays(days + 1));

    /// <summary>Reads a calendar file. Every fault is told at once, with its line.</summary>
    /// <exception cref="InvalidDataException">The file is no calendar; the message tells all that is wrong.</exception>
    public static WorkingCalendar Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(Path.GetFileName(path));
        var calendar = Read(File.ReadAllText(path), faults);
        return calendar ?? throw new InvalidDataException(
            $"{path} is no calendar: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    internal static WorkingCalendar? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root
            || PackMap.From(root, "", faults, "calendar", "utcOffset", "source", "through", "holidays", "workdays") is not { } map) return null;
        map.Text("calendar");
        var (offset, source, through) = (map.Offset("utcOffset"), map.Text("source"), map.Date("through"));
        var (holidays, workdays) = (Days(map, "holidays"), Days(map, "workdays"));
        foreach (var day in holidays.Intersect(workdays))
            map.Note("workdays", DutyPackFaultKind.Contradiction, $"{day:yyyy-MM-dd} is both a holiday and a workday.");
        return faults.Found.Count > 0 || offset is null || source is null || through is null
            ? null : new WorkingCalendar(offset.Value, source, through.Value, holidays.ToFrozenSet(), workdays.ToFrozenSet());
    }

    private Instant StartOf(DateOnly day) => Instant.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset));

    private static HashSet<DateOnly> Days(PackMap map, string key)
    {
        var days = new HashSet<DateOnly>();
        foreach (var entry in map.PlacedList(key))
        {
            var ends = entry.Text.Split("..");
            if (ends.Length > 2 || !TryDay(ends[0], out var first) || !TryDay(ends[^1], out var last) || last < first || last.DayNumber - first.DayNumber > LongestRange)
                map.NoteAt(entry, key, DutyPackFaultKind.BadDate, $"'{entry.Text}' is neither a date of the form 2026-10-01 nor a range of up to {LongestRange} days of the form 2026-10-01..2026-10-07.");
            else
                for (var day = first; day <= last; day = day.AddDays(1))
                    if (!days.Add(day)) map.NoteAt(entry, key, DutyPackFaultKind.Duplicate, $"{day:yyyy-MM-dd} stands here twice.");
        }
        return days;
    }

    private static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
