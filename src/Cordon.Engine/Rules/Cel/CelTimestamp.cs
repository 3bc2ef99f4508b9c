using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules.Cel;

/// <summary>A point on the UTC time line to the nanosecond, in the years 1 to 9999.</summary>
/// <param name="Seconds">Whole seconds since 1970; negative before it.</param>
/// <param name="Nanos">Nanoseconds within that second, 0 to 999,999,999.</param>
internal readonly record struct CelTimestamp(long Seconds, int Nanos) : IComparable<CelTimestamp>
{
    public const long MinSeconds = -62_135_596_800;
    public const long MaxSeconds = 253_402_300_799;

    public static CelTimestamp From(Instant at) => FromMicros(at.Micros);

    public static CelTimestamp FromMicros(long micros)
    {
        var seconds = Math.DivRem(micros, 1_000_000, out var rest);
        return rest < 0 ? new(seconds - 1, (int)(rest + 1_000_000) * 1000) : new(seconds, (int)rest * 1000);
    }

    /// <summary>The instant, dropping what is finer than a microsecond.</summary>
    public Instant ToInstant() => new((Seconds * 1_000_000) + (Nanos / 1000));

    public bool IsInRange => Seconds is >= MinSeconds and <= MaxSeconds;

    public static bool operator <(CelTimestamp a, CelTimestamp b) => a.Seconds < b.Seconds || (a.Seconds == b.Seconds && a.Nanos < b.Nanos);

    public static bool operator >(CelTimestamp a, CelTimestamp b) => b < a;

    public static bool operator <=(CelTimestamp a, CelTimestamp b) => !(b < a);

    public static bool operator >=(CelTimestamp a, CelTimestamp b) => !(a < b);

    public int CompareTo(CelTimestamp other) => Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanos.CompareTo(other.Nanos);

    /// <summary>Reads RFC 3339 with up to nine decimals.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CelTimestamp value)
    {
        value = default;
        if (text.Length < 20 || text[10] is not ('T' or 't')) return false;
        var fraction = text[19..];
        var nanos = 0;
        if (fraction[0] == '.')
        {
            var digits = fraction[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9) return false;
            for (var i = 0; i < 9; i++) nanos = (nanos * 10) + (i < digits ? fraction[1 + i] - '0' : 0);
            fraction = fraction[(digits + 1)..];
        }
        if (!TryReadZone(fraction, out var offset)
            || !DateTime.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || !TimeOnly.TryParseExact(text[11..19], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return false;
        var days = (date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay;
        value = new CelTimestamp((days * 86_400) + (time.Ticks / TimeSpan.TicksPerSecond) - offset, nanos);
        return value.IsInRange;
    }

    /// <summary>Reads <c>Z</c>, <c>+08:00</c> or <c>08:00</c> as seconds east of UTC.</summary>
    public static bool TryReadZone(ReadOnlySpan<char> text, out int offset)
    {
        offset = 0;
        if (text is "Z" or "z") return true;
        var west = text is ['-', ..];
        if (text is ['-' or '+', ..]) text = text[1..];
        if (text.Length != 5 || text[2] != ':') return false;
        foreach (var i in (ReadOnlySpan<int>)[0, 1, 3, 4])
            if (!char.IsAsciiDigit(text[i])) return false;
        var hours = ((text[0] - '0') * 10) + text[1] - '0';
        var minutes = ((text[3] - '0') * 10) + text[4] - '0';
        if (hours > 23 || minutes > 59) return false;
        offset = ((hours * 60) + minutes) * 60;
        if (west) offset = -offset;
        return true;
    }

    public DateTime ToDateTime(int offset) => DateTime.UnixEpoch.AddTicks((Seconds + offset) * TimeSpan.TicksPerSecond);

    /// <summary>RFC 3339 in UTC, with as many decimals as there are.</summary>
    public override string ToString()
    {
        var text = ToDateTime(0).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return Nanos == 0 ? text + "Z" : $"{text}.{Nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}Z";
    }
}
