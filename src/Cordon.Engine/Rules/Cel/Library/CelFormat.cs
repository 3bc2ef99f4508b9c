using System.Globalization;
using System.Numerics;
using System.Text;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>
/// <c>"%d of %s".format([1, "x"])</c>: %s text, %d whole numbers, %f and %e with a precision, %x %X %o %b other bases, %% a percent sign.
/// </summary>
internal static class CelFormat
{
    private const int FinestPrecision = 100;

    private static readonly CelError TooFew = new("format: more clauses than arguments");
    private static readonly CelError Unknown = new("format: unknown clause");
    private static readonly CelError Wrong = new("format: the clause does not take a value of this type");

    public static string? Format(string format, CelList arguments, ref CelError? error)
    {
        var text = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length && error is null; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }
            i++;
            if (i < format.Length && format[i] == '%')
            {
                text.Append('%');
                continue;
            }
            if (!TryPrecision(format, ref i, out var precision) || i >= format.Length) error = Unknown;
            else if (next >= arguments.Count) error = TooFew;
            else text.Append(Clause(format[i], precision, arguments.Items[next++], ref error));
        }
        return error is null ? text.ToString() : null;
    }

    private static bool TryPrecision(string format, ref int place, out int precision)
    {
        precision = 6;
        if (place >= format.Length || format[place] != '.') return true;
        var start = ++place;
        precision = 0;
        for (; place < format.Length && char.IsAsciiDigit(format[place]); place++)
        {
            precision = (precision * 10) + format[place] - '0';
            if (precision > FinestPrecision) return false;
        }
        return place > start;
    }

    private static string? Clause(char clause, int precision, object? value, ref CelError? error)
    {
        switch (clause)
        {
            case 's': return Text(value, ref error);
            case 'd': return value switch
            {
                long i => CelText.Invariant(i),
                ulong u => u.ToString(CultureInfo.InvariantCulture),
                double d when !double.IsFinite(d) => Number(d, "", ref error),
                _ => Refuse(ref error, Wrong),
            };
            case 'f': return Number(value, "F" + CelText.Invariant(precision), ref error);
            case 'e': return Number(value, precision == 0 ? "0e+00" : $"0.{new string('0', precision)}e+00", ref error);
            case 'x' or 'X':
                var hex = Hex(value, ref error);
                return clause == 'X' ? hex?.ToUpperInvariant() : hex;
            case 'o': return Base(value, 8, ref error);
            case 'b': return value is bool b ? (b ? "1" : "0") : Base(value, 2, ref error);
            default: return Refuse(ref error, Unknown);
        }
    }

    private static string? Refuse(ref CelError? error, CelError with)
    {
        error = with;
        return null;
    }

    private static string? Number(object? value, string format, ref CelError? error)
    {
        var number = value switch
        {
            double d => d,
            long i => i,
            ulong u => u,
            string and ("NaN" or "Infinity" or "-Infinity") => CelNumberWord((string)value),
            _ => (double?)null,
        };
        if (number is not { } known) return Refuse(ref error, Wrong);
        return double.IsFinite(known) ? known.ToString(format, CultureInfo.InvariantCulture) : CelConversionLibrary.TextOf(known);
    }

    private static double CelNumberWord(string word) => word switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        _ => double.NegativeInfinity,
    };

    private static string? Hex(object? value, ref CelError? error) => value switch
    {
        string s => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s)),
        CelBytes bytes => Convert.ToHexStringLower(bytes.Span),
        _ => Base(value, 16, ref error),
    };

    private static string? Base(object? value, int radix, ref CelError? error)
    {
        BigInteger number;
        if (value is long i) number = i;
        else if (value is ulong u) number = u;
        else return Refuse(ref error, Wrong);
        var digits = new StringBuilder();
        for (var rest = BigInteger.Abs(number); !rest.IsZero || digits.Length == 0; rest /= radix) digits.Insert(0, "0123456789abcdef"[(int)(rest % radix)]);
        return number.Sign < 0 ? "-" + digits : digits.ToString();
    }

    private static string? Text(object? value, ref CelError? error)
    {
        switch (value)
        {
            case null: return "null";
            case bool b: return b ? "true" : "false";
            case string s: return s;
            case long i: return CelText.Invariant(i);
            case ulong u: return u.ToString(CultureInfo.InvariantCulture);
            case double d: return CelConversionLibrary.TextOf(d);
            case CelBytes bytes: return Encoding.UTF8.GetString(bytes.Span);
            case CelTimestamp or CelDuration: return value.ToString();
            case CelType type: return type.Name;
            case CelList list:
                var items = new List<string?>();
                foreach (var item in list.Items) items.Add(Text(item, ref error));
                return $"[{string.Join(", ", items)}]";
            case CelMap map:
                // In the order of the keys' text, so that equal maps have equal text.
                var entries = new List<(string? Key, string? Value)>();
                foreach (var (key, entry) in map.Entries) entries.Add((Text(key, ref error), Text(entry, ref error)));
                return $"{{{string.Join(", ", entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}: {e.Value}"))}}}";
            default: return Refuse(ref error, Wrong);
        }
    }
}
