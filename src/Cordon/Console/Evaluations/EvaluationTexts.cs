using System.Globalization;
using Cordon.Casework.Evaluations;
using Cordon.Engine.Signals;

namespace Cordon.WebConsole.Evaluations;

/// <summary>How figures of evaluations are written.</summary>
internal static class EvaluationTexts
{
    private const double Thousand = 1_000;
    private const double Ten = 10_000;

    public static string Score(long milli) => (milli / Thousand).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString("0.0##", CultureInfo.InvariantCulture);

    public static string Share(int perMillion) => (perMillion / Ten).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    public static string Place(RankSpan rank) => rank.Best == rank.Worst
        ? string.Create(CultureInfo.InvariantCulture, $"{rank.Best} of {rank.Of}")
        : string.Create(CultureInfo.InvariantCulture, $"{rank.Best} to {rank.Worst} of {rank.Of}");

    /// <summary>The period by the centre's clock: its days, the last one counted in.</summary>
    public static string Period(Scheme scheme, TimeSpan utcOffset)
    {
        var (first, last) = (Day(scheme.From, utcOffset), Day(scheme.To, utcOffset).AddDays(-1));
        return first.Day == 1 && first.Month == last.Month && first.Year == last.Year
            ? first.ToString("MMMM yyyy", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{first:MMMM} to {last:MMMM yyyy}");
    }

    public static string SizeOf(Scheme scheme, int sizeClass)
    {
        if (scheme.Sizes.IsEmpty) return "All members";
        var from = sizeClass == 0 ? 0 : scheme.Sizes[sizeClass - 1];
        return sizeClass == scheme.Sizes.Length
            ? string.Create(CultureInfo.InvariantCulture, $"{from:N0} occasions and more")
            : sizeClass == 0
                ? string.Create(CultureInfo.InvariantCulture, $"Below {scheme.Sizes[0]:N0} occasions")
                : string.Create(CultureInfo.InvariantCulture, $"{from:N0} to {scheme.Sizes[sizeClass] - 1:N0} occasions");
    }

    public static string Figure(MeasuredValue value, Measure? measure, Currency currency) => measure?.Kind switch
    {
        MeasureKind.Share => value.Occasions == 0 ? "no occasion" : string.Create(CultureInfo.InvariantCulture, $"{value.Faults:N0} {(value.Faults == 1 ? "fault" : "faults")} of {value.Occasions:N0}"),
        MeasureKind.Money => new Amount(value.Amount, currency).ToString(),
        _ => value.Amount.ToString("N0", CultureInfo.InvariantCulture),
    };

    private static DateOnly Day(Instant at, TimeSpan utcOffset) => DateOnly.FromDateTime((at + utcOffset).ToDateTimeOffset().UtcDateTime);
}
