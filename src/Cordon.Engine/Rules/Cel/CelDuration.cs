using System.Buffers;
using System.Globalization;

namespace Cordon.Engine.Rules.Cel;

/// <summary>A span of time in whole nanoseconds, some 292 years either way.</summary>
internal readonly record struct CelDuration(long Nanos) : IComparable<CelDuration>
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    public const long PerSecond = 1_000_000_000;

    /// <summary>Throws <see cref="OverflowException"/> beyond 292 years.</summary>
    public static CelDuration FromMicros(long micros) => new(checked(micros * 1000));

    public static CelDuration From(TimeSpan span) => new(checked(span.Ticks * 100));

    /// <summary>Microseconds, dropping what is finer.</summary>
    public long ToMicros() => Nanos / 1000;

    public static bool operator <(CelDuration a, CelDuration b) => a.Nanos < b.Nanos;

    public static bool operator >(CelDuration a, CelDuration b) => a.Nanos > b.Nanos;

    public static bool operator <=(CelDuration a, CelDuration b) => a.Nanos <= b.Nanos;

    public static bool operator >=(CelDuration a, CelDuration b) => a.Nanos >= b.Nanos;

    public int CompareTo(CelDuration other) => Nanos.CompareTo(other.Nanos);

    /// <summary>Reads <c>1h30m</c>, <c>-1.5s</c>, <c>100ms</c>; units h, m, s, ms, us, µs and ns. Beyond the range it is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CelDuration value)
    {
        value = default;
        var negative = text is ['-', ..];
        if (text is ['-' or '+', ..]) text = text[1..];
        if (text.IsEmpty) return false;
        if (text is "0") return true;
        Int128 total = 0;
        while (!text.IsEmpty)
        {
            if (!TryReadPart(ref text, out var part)) return false;
            total += part;
            if (total > (Int128)long.MaxValue + 1) return false;
        }
        if (negative) total = -total;
        if (total > long.MaxValue || total < long.MinValue) return false;
        value = new CelDuration((long)total);
        return true;
    }

    // One number with its unit. Decimals finer than a nanosecond are dropped, as other implementations do.
    private static bool TryReadPart(ref ReadOnlySpan<char> text, out Int128 nanos)
    {
        nanos = 0;
        var end = text.IndexOfAnyExcept(NumberCharacters);
        if (end < 1) return false;
        var number = text[..end];
        text = text[end..];
        var unitEnd = text.IndexOfAny(NumberCharacters);
        var unit = unitEnd < 0 ? text : text[..unitEnd];
        text = text[unit.Length..];
        long scale = unit switch { "h" => 3600 * PerSecond, "m" => 60 * PerSecond, "s" => PerSecond, "ms" => 1_000_000, "us" or "µs" or "μs" => 1000, "ns" => 1, _ => 0 };
        if (scale == 0) return false;
        var dot = number.IndexOf('.');
        var whole = dot < 0 ? number : number[..dot];
        var fraction = dot < 0 ? default : number[(dot + 1)..];
        if ((whole.IsEmpty && fraction.IsEmpty) || whole.Length > 19 || fraction.Contains('.')) return false;
        foreach (var c in whole) nanos = (nanos * 10) + (c - '0');
        nanos *= scale;
        Int128 numerator = 0, denominator = 1;
        foreach (var c in fraction[..Math.Min(fraction.Length, 15)])
        {
            numerator = (numerator * 10) + (c - '0');
            denominator *= 10;
        }
        nanos += numerator * scale / denominator;
        return true;
    }

    /// <summary>Seconds with as many decimals as there are: <c>1.5s</c>.</summary>
    public override string ToString()
    {
        var magnitude = Int128.Abs(Nanos);
        var fraction = (long)(magnitude % PerSecond);
        var text = ((long)(magnitude / PerSecond)).ToString(CultureInfo.InvariantCulture);
        if (fraction != 0) text += "." + fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return (Nanos < 0 ? "-" : "") + text + "s";
    }
}
