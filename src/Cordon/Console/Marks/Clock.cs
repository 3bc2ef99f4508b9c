using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.WebConsole.Marks;

/// <summary>Times as people read them.</summary>
internal static class Clock
{
    /// <summary>Day and time in the centre's zone: <c>02 Mar 16:15</c>; the year where it is another one than now's.</summary>
    public static string Short(Instant at, TimeSpan offset, Instant now)
    {
        var local = at.ToDateTimeOffset().ToOffset(offset);
        var format = local.Year == now.ToDateTimeOffset().ToOffset(offset).Year ? "dd MMM HH:mm" : "dd MMM yyyy HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>To the second, with the zone: <c>2026-03-02 16:15:07 UTC+08:00</c>.</summary>
    public static string Full(Instant at, TimeSpan offset) =>
        at.ToDateTimeOffset().ToOffset(offset).ToString("yyyy-MM-dd HH:mm:ss 'UTC'zzz", CultureInfo.InvariantCulture);

    /// <summary>The beginning of a day in the centre's zone, or an hour of it.</summary>
    public static Instant At(DateOnly day, TimeSpan offset, int hour = 0) => Instant.From(new DateTimeOffset(day, new TimeOnly(hour, 0), offset));

    /// <summary>A length in its two largest units: <c>42 s</c>, <c>17 min</c>, <c>3 h 05 min</c>, <c>2 d 4 h</c>.</summary>
    public static string Length(TimeSpan span)
    {
        var t = span.Duration();
        if (t < TimeSpan.FromMinutes(1)) return Text($"{t.Seconds} s");
        if (t < TimeSpan.FromHours(1)) return Text($"{t.Minutes} min");
        if (t < TimeSpan.FromDays(2)) return Text($"{(int)t.TotalHours} h {t.Minutes:00} min");
        return Text($"{t.Days} d {t.Hours} h");
    }

    /// <summary>What is left, to the second in the last hour: <c>17:42</c>, <c>46 h 12 min</c>.</summary>
    public static string Left(TimeSpan span)
    {
        var t = span.Duration();
        return t < TimeSpan.FromHours(1) ? Text($"{t.Minutes:00}:{t.Seconds:00}") : Length(t);
    }

    /// <summary>How long ago, or in how long.</summary>
    public static string Ago(Instant at, Instant now)
    {
        var span = now - at;
        if (span.Duration() < TimeSpan.FromSeconds(5)) return "just now";
        return span > TimeSpan.Zero ? Length(span) + " ago" : "in " + Length(span);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
