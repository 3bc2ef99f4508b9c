using System.Globalization;
using Cordon.Casework.Objectives;
using Cordon.Engine.Signals;

namespace Cordon.WebConsole.Objectives;

/// <summary>How objectives are written.</summary>
internal static class ObjectiveTexts
{
    private const double Ten = 10;
    private const double TenThousand = 10_000;

    public static string Share(int perMille) => (perMille / Ten).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    public static string Target(Objective one) => one.AtLeastPerMillion is { } least
        ? (least / TenThousand).ToString("0.##", CultureInfo.InvariantCulture) + "% kept"
        : one.AtMost is { } most ? string.Create(CultureInfo.InvariantCulture, $"{most} at most") : "";

    /// <summary>The figure behind a progress; empty where its parts are.</summary>
    public static string Figure(Progress progress) => progress.Value is not { } value ? ""
        : value.Occasions > 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.Faults:N0} of {value.Occasions:N0} not kept")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Amount:N0}");

    /// <summary>The due day by the centre's clock; the instant is the first after it.</summary>
    public static string Day(Instant due, TimeSpan utcOffset) => (due + utcOffset).ToDateTimeOffset().AddDays(-1).ToString("dd MMM", CultureInfo.InvariantCulture);
}
