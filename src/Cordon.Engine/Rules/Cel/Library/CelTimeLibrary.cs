using static Cordon.Engine.Rules.Cel.CelOverload;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>Parts of timestamps and durations. Source: the specification, "Date/Time Functions".</summary>
internal static class CelTimeLibrary
{
    private static readonly CelError UnknownZone = new("unknown time zone");

    // Months, days of the month and of the year count from 0, but for getDate; days of the week from Sunday.
    private static readonly (string Name, Func<CelTimestamp, int, long> Part)[] Parts =
    [
        ("getFullYear", (t, o) => t.ToDateTime(o).Year),
        ("getMonth", (t, o) => t.ToDateTime(o).Month - 1),
        ("getDate", (t, o) => t.ToDateTime(o).Day),
        ("getDayOfMonth", (t, o) => t.ToDateTime(o).Day - 1),
        ("getDayOfYear", (t, o) => t.ToDateTime(o).DayOfYear - 1),
        ("getDayOfWeek", (t, o) => (long)t.ToDateTime(o).DayOfWeek),
        ("getHours", (t, o) => t.ToDateTime(o).Hour),
        ("getMinutes", (t, o) => t.ToDateTime(o).Minute),
        ("getSeconds", (t, o) => t.ToDateTime(o).Second),
        ("getMilliseconds", (t, _) => t.Nanos / 1_000_000),
    ];

    public static void Add(CelEnvironmentBuilder builder)
    {
        foreach (var (name, part) in Parts)
            builder.Function(name, Of($"timestamp_{name}", true, [CelType.Timestamp], CelType.Int, (CelTimestamp t) => part(t, 0)));
        CelType span = CelType.Duration, @int = CelType.Int;
        builder.Function("getHours", Of("duration_getHours", true, [span], @int, (CelDuration d) => d.Nanos / (3600 * CelDuration.PerSecond)));
        builder.Function("getMinutes", Of("duration_getMinutes", true, [span], @int, (CelDuration d) => d.Nanos / (60 * CelDuration.PerSecond)));
        builder.Function("getSeconds", Of("duration_getSeconds", true, [span], @int, (CelDuration d) => d.Nanos / CelDuration.PerSecond));
        builder.Function("getMilliseconds", Of("duration_getMilliseconds", true, [span], @int, (CelDuration d) => d.Nanos / 1_000_000 % 1000));
        AddZoned(builder, static (string _, long _, out int offset) =>
        {
            offset = 0;
            return false;
        });
    }

    /// <summary>The getters that take a zone. UTC and fixed offsets are read here, names are asked of <paramref name="zones"/>.</summary>
    public static void AddZoned(CelEnvironmentBuilder builder, CelZoneOffset zones)
    {
        foreach (var (name, part) in Parts)
        {
            long Zoned(CelTimestamp at, string zone, ref CelError? error)
            {
                var offset = 0;
                if (zone is not "UTC" && !CelTimestamp.TryReadZone(zone, out offset) && !zones(zone, at.Seconds, out offset)) error = UnknownZone;
                // At the ends of the calendar a zone would carry the date over them.
                else if (!new CelTimestamp(at.Seconds + offset, 0).IsInRange) error = CelError.Range;
                else return part(at, offset);
                return 0;
            }
            builder.Function(name, Of($"timestamp_{name}_zone", true, [CelType.Timestamp, CelType.String], CelType.Int, Zoned));
        }
    }
}
