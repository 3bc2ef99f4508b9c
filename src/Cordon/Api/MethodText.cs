using Cordon.Engine.Money;

namespace Cordon.Api;

/// <summary>The methods of attribution by the names people type and read.</summary>
internal static class MethodText
{
    private static readonly (AttributionMethod Method, string Name, string Words)[] All =
    [
        (AttributionMethod.Fifo, "fifo", "FIFO"),
        (AttributionMethod.RollingCharge, "rolling-charge", "rolling charge"),
        (AttributionMethod.LowestIntermediateBalance, "lowest-balance", "lowest intermediate balance"),
        (AttributionMethod.PariPassu, "pari-passu", "FIFO, rests shared pari passu"),
        (AttributionMethod.Poison, "poison", "poison"),
    ];

    /// <summary>The methods in the order in which they are shown.</summary>
    public static IEnumerable<AttributionMethod> Methods => All.Select(static known => known.Method);

    /// <summary>All names, for help and refusals.</summary>
    public static string Names => string.Join(", ", All.Select(static known => known.Name));

    /// <summary>A method's name.</summary>
    public static string NameOf(AttributionMethod method) => Array.Find(All, known => known.Method == method).Name;

    /// <summary>A method in a sentence.</summary>
    public static string WordsOf(AttributionMethod method) => Array.Find(All, known => known.Method == method).Words;

    /// <summary>The method of a name; false where there is none.</summary>
    public static bool TryParse(string name, out AttributionMethod method)
    {
        var known = Array.FindIndex(All, one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        method = known < 0 ? default : All[known].Method;
        return known >= 0;
    }
}
