using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>
/// Money as a type of its own for each currency: sums of two currencies do not compare, which checking tells.
/// <c>money("50000", "CNY")</c> takes literals only and is read while checking.
/// </summary>
internal static class CelMoney
{
    /// <summary>The type of sums in one currency.</summary>
    public static CelType Of(string currency) => CelType.Opaque("money", typeof(Amount), CelType.Opaque(currency, typeof(Currency)));
}
