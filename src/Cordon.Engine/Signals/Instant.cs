using System.Globalization;

namespace Cordon.Engine.Signals;

/// <summary>
/// A point on the UTC time line in whole microseconds since 1970-01-01T00:00:00Z.
/// It is what the journal, the graph and the database hold; no time zone ever enters.
/// </summary>
/// <param name="Micros">Microseconds since the epoch; negative before it.</param>
public readonly record struct Instant(long Micros) : IComparable<Instant>
{
    private const long TicksPerMicro = TimeSpan.TicksPerMicrosecond;

    /// <summary>The earliest instant a calendar can show: 0001-01-01T00:00:00Z.</summary>
    public static readonly Instant Min = From(DateTimeOffset.MinValue);

    /// <summary>The latest instant a calendar can show: 9999-12-31T23:59:59.999999Z.</summary>
    public static readonly Instant Max = From(DateTimeOffset.MaxValue);

    /// <summary>Takes the instant of a date and offset, dropping what is finer than a microsecond.</summary>
    public static Instant From(DateTimeOffset value) =>
        // Both counts start in the year 1, where nothing is negative: so what is finer is dropped the same way before 1970 as after.
        new((value.UtcTicks / TicksPerMicro) - (DateTimeOffset.UnixEpoch.Ticks / TicksPerMicro));

    /// <summary>The instant as a UTC date. Throws <see cref="ArgumentOutOfRangeException"/> outside the years 1 to 9999.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        new(checked(DateTimeOffset.UnixEpoch.Ticks + (Micros * TicksPerMicro)), TimeSpan.Zero);

    /// <summary>
    /// Reads RFC 3339: a date alone (midnight UTC), or date and time with <c>Z</c> or an offset.
    /// A time without an offset is refused: guessing a zone would move money in time.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Instant value)
    {
        value = default;
        if (text.Length == 10)
        {
            if (!DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return false;
            value = From(new DateTimeOffset(day, TimeSpan.Zero));
            return true;
        }
        if (text.Length < 20 || text[10] is not ('T' or 't' or ' ') || !TryReadZone(ref text, out var offset)) return false;
        if (text.Length is 20 || (text.Length > 20 && text[19] != '.')) return false;
        if (!DateTime.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || !DateTime.TryParseExact(text[11..19], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var time)
            || !TryReadFraction(text[19..], out var fraction)) return false;
        var micros = ((date.Ticks - DateTimeOffset.UnixEpoch.Ticks + time.TimeOfDay.Ticks - offset.Ticks) / TicksPerMicro) + fraction;
        // An offset can carry the last hours of the calendar over its end.
        if (micros < Min.Micros || micros > Max.Micros) return false;
        value = new Instant(micros);
        return true;
    }

    /// <summary>Takes <c>Z</c> or <c>+08:00</c> off the end.</summary>
    private static bool TryReadZone(ref ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text[^1] is 'Z' or 'z')
        {
            text = text[..^1];
            return true;
        }
        var zone = text[^6..];
        text = text[..^6];
        if (zone[0] is not ('+' or '-') || !TimeSpan.TryParseExact(zone[1..], @"hh\:mm", CultureInfo.InvariantCulture, out offset)) return false;
        if (zone[0] == '-') offset = -offset;
        return text.Length >= 19;
    }

    /// <summary>Reads <c>.</c> and digits as microseconds, dropping what is finer.</summary>
    private static bool TryReadFraction(ReadOnlySpan<char> text, out long micros)
    {
        micros = 0;
        if (text.IsEmpty) return true;
        var digits = text[1..];
        if (digits.IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        for (var i = 0; i < 6; i++) micros = (micros * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        return true;
    }

    /// <summary>RFC 3339 in UTC, with a fraction only where there is one: <c>2026-03-02T08:15:00Z</c>.</summary>
    public override string ToString()
    {
        var at = ToDateTimeOffset();
        return at.Ticks % TimeSpan.TicksPerSecond == 0
            ? at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Micros.CompareTo(other.Micros);

    /// <summary>The instant a span later.</summary>
    public static Instant operator +(Instant at, TimeSpan span) => new(at.Micros + (span.Ticks / TicksPerMicro));

    /// <summary>The instant a span earlier.</summary>
    public static Instant operator -(Instant at, TimeSpan span) => new(at.Micros - (span.Ticks / TicksPerMicro));

    /// <summary>The span from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static TimeSpan operator -(Instant left, Instant right) => new((left.Micros - right.Micros) * TicksPerMicro);

    /// <summary>Whether <paramref name="left"/> is earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.Micros < right.Micros;

    /// <summary>Whether <paramref name="left"/> is later.</summary>
    public static bool operator >(Instant left, Instant right) => left.Micros > right.Micros;

    /// <summary>Whether <paramref name="left"/> is not later.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Micros <= right.Micros;

    /// <summary>Whether <paramref name="left"/> is not earlier.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Micros >= right.Micros;
}
