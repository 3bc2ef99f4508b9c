namespace Cordon.Engine.Windows;

/// <summary>What a window tells of the signals in it. The numbers are written to snapshots and never change.</summary>
internal enum WindowMeasure : byte
{
    /// <summary>How many signals.</summary>
    Count = 1,

    /// <summary>Their values, added.</summary>
    Sum = 2,

    /// <summary>The sum divided by the count.</summary>
    Average = 3,

    /// <summary>The smallest value.</summary>
    Min = 4,

    /// <summary>The largest value.</summary>
    Max = 5,

    /// <summary>How many different values: exact to 16,384, an estimate beyond.</summary>
    Distinct = 6,

    /// <summary>The part of the signals whose value is true, 0 to 1.</summary>
    Share = 7,

    /// <summary>The value of the newest signal.</summary>
    Last = 8,

    /// <summary>The instant of the oldest signal, in microseconds.</summary>
    FirstSeen = 9,

    /// <summary>Microseconds from the newest signal to the asking instant.</summary>
    Gap = 10,

    /// <summary>The largest count in any slice of the declared length.</summary>
    Burst = 11,
}

/// <summary>What kind of value a window is fed with.</summary>
internal enum WindowValue : byte
{
    /// <summary>None: count, first seen, gap, burst.</summary>
    None = 0,

    /// <summary>A whole number: an int, minor units of money, microseconds of a duration or timestamp.</summary>
    Whole = 1,

    /// <summary>A floating-point number.</summary>
    Real = 2,

    /// <summary>A 64-bit hash of the value: see <see cref="KeyHash"/>.</summary>
    Hash = 3,

    /// <summary>True (1) or false (0).</summary>
    Truth = 4,
}

/// <summary>A window as a rulebook declares it, reduced to what its state needs. Times are microseconds, whole milliseconds.</summary>
/// <param name="Measure">What is told.</param>
/// <param name="Value">What it is fed with.</param>
/// <param name="Over">The window's length: 1 second to 90 days.</param>
/// <param name="Slice">A burst's slice, else 0.</param>
/// <param name="Lateness">For how long after the newest signal older instants are still answered in full.</param>
internal readonly record struct WindowSpec(WindowMeasure Measure, WindowValue Value, long Over, long Slice, long Lateness)
{
    public const long Millisecond = 1_000;
    public const long Second = 1_000_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;
    public const long MinOver = Second;
    public const long MaxOver = 90 * Day;

    public const long MinSlice = Second / 10;

    /// <summary>A burst looks at this many slices at most.</summary>
    public const int MaxSlices = 288;

    /// <summary>A window with the default lateness: a tenth of its length, at most an hour.</summary>
    public static WindowSpec Of(WindowMeasure measure, WindowValue value, long over, long slice = 0) =>
        new(measure, value, over, slice, DefaultLateness(over));

    /// <summary>A tenth of the window in whole milliseconds, at most an hour.</summary>
    public static long DefaultLateness(long over) => Math.Min(over / 10 / Millisecond * Millisecond, Hour);

    /// <summary>What is wrong with the declaration, for its author to read; null where nothing is.</summary>
    public string? Fault()
    {
        if (Over is < MinOver or > MaxOver) return "A window is 1 second to 90 days long.";
        if (Over % Millisecond != 0 || Slice % Millisecond != 0 || Lateness % Millisecond != 0) return "A window's times are whole milliseconds.";
        if (Lateness < 0 || Lateness > Over) return "A window's lateness is between nothing and its length.";
        if (Measure != WindowMeasure.Burst && Slice != 0) return "Only a burst has a slice.";
        if (Measure == WindowMeasure.Burst && (Slice < MinSlice || Slice > Over)) return "A burst has a slice of 0.1 seconds to the window's length.";
        if (Slice != 0 && Over / Slice > MaxSlices) return "A burst looks at no more than 288 slices: make the slice longer or the window shorter.";
        return TakesValue(Measure, Value) ? null : "The measure and the kind of its value do not fit.";
    }

    private static bool TakesValue(WindowMeasure measure, WindowValue value) => measure switch
    {
        WindowMeasure.Count or WindowMeasure.FirstSeen or WindowMeasure.Gap or WindowMeasure.Burst => value == WindowValue.None,
        WindowMeasure.Sum or WindowMeasure.Average or WindowMeasure.Min or WindowMeasure.Max => value is WindowValue.Whole or WindowValue.Real,
        WindowMeasure.Last => value is WindowValue.Whole or WindowValue.Real or WindowValue.Hash or WindowValue.Truth,
        WindowMeasure.Distinct => value == WindowValue.Hash,
        WindowMeasure.Share => value == WindowValue.Truth,
        _ => false,
    };
}
