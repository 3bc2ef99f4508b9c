using System.Globalization;
using Cordon.Casework.Controls;

namespace Cordon.WebConsole.Controls;

/// <summary>Figures of controls as people read them.</summary>
public static class ControlFigures
{
    /// <summary>A share, in percent or, where it is small, in so many of a thousand.</summary>
    public static string Share(double share) => share < 0.001
        ? string.Create(CultureInfo.InvariantCulture, $"{share * 1000:0.##} in 1,000")
        : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%");

    /// <summary>How much is kept: 99.4%; never rounded up to all of it.</summary>
    public static string Attainment(ControlStanding standing) => standing.Attainment is not { } kept
        ? "no occasion"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(kept * 100) / 100:0.##}%");

    /// <summary>How fast the allowance burns: 0.3×; a dash where there was no occasion.</summary>
    public static string Burn(ControlBurn burn) => burn.Occasions == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{burn.Rate:0.#}×");

    /// <summary>The tone of a burn: an alert is bad, above one is a warning.</summary>
    public static string Tone(ControlBurn burn) => burn.Alert ? "c-bad" : burn.Rate > 1 ? "c-warn" : "c-dim";

    /// <summary>What is left of the month's allowance.</summary>
    public static string Left(ControlStanding standing) => string.Create(CultureInfo.InvariantCulture, $"{standing.Left:N0} of {standing.Allowance:N0}");
}
