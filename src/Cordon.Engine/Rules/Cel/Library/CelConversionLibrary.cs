using System.Globalization;
using System.Text;
using static Cordon.Engine.Rules.Cel.CelOverload;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>Conversions between types. Source: the specification, "Types and Conversions".</summary>
internal static class CelConversionLibrary
{
    private static readonly UTF8Encoding Strict = new(false, true);

    public static void Add(CelEnvironmentBuilder builder)
    {
        CelType @int = CelType.Int, @uint = CelType.UInt, @double = CelType.Double, text = CelType.String, bytes = CelType.Bytes;
        CelType at = CelType.Timestamp, span = CelType.Duration, a = CelLibrary.A;
        builder.Function("type", Of("type", false, [a], CelType.Type(a), CelRuntime.TypeOf) with { Folding = KnownType });
        builder.Function("dyn", Of("dyn", false, [a], CelType.Dyn, (object? x) => x));
        builder.Function("int",
            Same(@int), Of("int_uint", false, [@uint], @int, IntOf), Of("int_double", false, [@double], @int, IntOfDouble),
            Of("int_string", false, [text], @int, IntOfText), Of("int_timestamp", false, [at], @int, (CelTimestamp t) => t.Seconds));
        builder.Function("uint",
            Same(@uint), Of("uint_int", false, [@int], @uint, UIntOf), Of("uint_double", false, [@double], @uint, UIntOfDouble),
            Of("uint_string", false, [text], @uint, UIntOfText));
        builder.Function("double",
            Same(@double), Of("double_int", false, [@int], @double, (long i) => (double)i), Of("double_uint", false, [@uint], @double, (ulong u) => (double)u),
            Of("double_string", false, [text], @double, DoubleOfText));
        builder.Function("bool", Same(CelType.Bool), Of("bool_string", false, [text], CelType.Bool, BoolOfText));
        builder.Function("string",
            Same(text), Of("string_bool", false, [CelType.Bool], text, (bool b) => b ? "true" : "false"),
            Of("string_int", false, [@int], text, (long i) => i.ToString(CultureInfo.InvariantCulture)),
            Of("string_uint", false, [@uint], text, (ulong u) => u.ToString(CultureInfo.InvariantCulture)),
            Of("string_double", false, [@double], text, TextOf), Of("string_bytes", false, [bytes], text, TextOfBytes),
            Of("string_timestamp", false, [at], text, (CelTimestamp t) => t.ToString()), Of("string_duration", false, [span], text, (CelDuration d) => d.ToString()));
        builder.Function("bytes", Same(bytes), Of("bytes_string", false, [text], bytes, (string s) => new CelBytes([.. Encoding.UTF8.GetBytes(s)])) with { Costing = CelCosts.Widened });
        builder.Function("timestamp",
            Same(at), Of("timestamp_string", false, [text], at, TimestampOfText), Of("timestamp_int", false, [@int], at, TimestampOf));
        builder.Function("duration",
            Same(span), Of("duration_string", false, [text], span, DurationOfText), Of("duration_int", false, [@int], span, DurationOf));
        builder.Function("base64.encode", Of("base64_encode", false, [bytes], text, (CelBytes b) => Convert.ToBase64String(b.Span)) with { Costing = CelCosts.Widened });
        builder.Function("base64.decode", Of("base64_decode", false, [text], bytes, Decode));
    }

    // A host's value does not show its type's name: where checking knows it, it is a constant.
    private static CelConstant? KnownType(CelCall call, out string? fault)
    {
        fault = null;
        return call.Arguments[0] is { Type.Kind: CelKind.Opaque } argument ? new CelConstant(call.Id, call.At, argument.Type) { Type = call.Type } : null;
    }

    private static CelOverload Same(CelType type) => Global($"same_{type}", [type], type, (x, _) => x[0]);

    private static T? Fail<T>(ref CelError? error, CelError with)
    {
        error = with;
        return default;
    }

    private static long IntOf(ulong value, ref CelError? error) => value > long.MaxValue ? Fail<long>(ref error, CelError.Range) : (long)value;

    private static long IntOfDouble(double value, ref CelError? error) =>
        value is > -9223372036854775808d and < 9223372036854775808d ? (long)value : Fail<long>(ref error, CelError.Range);

    private static long IntOfText(string text, ref CelError? error) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && !text.Contains('\0')
            ? value
            : Fail<long>(ref error, CelError.BadFormat);

    private static ulong UIntOf(long value, ref CelError? error) => value < 0 ? Fail<ulong>(ref error, CelError.Range) : (ulong)value;

    private static ulong UIntOfDouble(double value, ref CelError? error) =>
        value is > -1d and < 18446744073709551616d ? (ulong)Math.Truncate(value) : Fail<ulong>(ref error, CelError.Range);

    private static ulong UIntOfText(string text, ref CelError? error) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && !text.Contains('\0') ? value : Fail<ulong>(ref error, CelError.BadFormat);

    private static double DoubleOfText(string text, ref CelError? error)
    {
        switch (text.TrimStart('+', '-').ToUpperInvariant())
        {
            case "INF" or "INFINITY": return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            case "NAN": return double.NaN;
        }
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) && !text.Contains('\0') ? value : Fail<double>(ref error, CelError.BadFormat);
    }

    private static bool BoolOfText(string text, ref CelError? error) => text switch
    {
        "1" or "t" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "false" or "FALSE" or "False" => false,
        _ => Fail<bool>(ref error, CelError.BadFormat),
    };

    /// <summary>The shortest text that reads back as the number; with an exponent below 1e-4 and from 1e21 on.</summary>
    internal static string TextOf(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        var magnitude = Math.Abs(value);
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (magnitude is 0 or >= 1e-4 and < 1e21) return text.Contains('E', StringComparison.Ordinal) ? value.ToString("0.#################", CultureInfo.InvariantCulture) : text;
        if (!text.Contains('E', StringComparison.Ordinal)) return value.ToString("0.################e+00", CultureInfo.InvariantCulture);
        return text.Replace('E', 'e');
    }

    private static string TextOfBytes(CelBytes bytes, ref CelError? error)
    {
        try
        {
            return Strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return Fail<string>(ref error, CelError.BadFormat)!;
        }
    }

    private static CelTimestamp TimestampOfText(string text, ref CelError? error) =>
        CelTimestamp.TryParse(text, out var value) ? value : Fail<CelTimestamp>(ref error, CelError.Range);

    private static CelTimestamp TimestampOf(long seconds, ref CelError? error) =>
        new CelTimestamp(seconds, 0) is { IsInRange: true } value ? value : Fail<CelTimestamp>(ref error, CelError.Range);

    private static CelDuration DurationOfText(string text, ref CelError? error) =>
        CelDuration.TryParse(text, out var value) ? value : Fail<CelDuration>(ref error, CelError.Range);

    private static CelDuration DurationOf(long seconds, ref CelError? error) =>
        seconds is >= -9_223_372_036 and <= 9_223_372_036 ? new CelDuration(seconds * CelDuration.PerSecond) : Fail<CelDuration>(ref error, CelError.Range);

    // Padding may be left out.
    private static CelBytes? Decode(string text, ref CelError? error)
    {
        var padded = text.TrimEnd('=');
        if (padded.Length < text.Length - 2) return Fail<CelBytes>(ref error, CelError.BadFormat);
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, buffer, out var length) ? new CelBytes([.. buffer.AsSpan(0, length)]) : Fail<CelBytes>(ref error, CelError.BadFormat);
    }
}
