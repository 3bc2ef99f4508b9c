using System.Collections.Frozen;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>
/// The numbers of China that save lives: police 110, fire 119, ambulance 120, traffic accidents 122, rescue at sea 12395
/// (numbering plan of telecommunications networks, 2017 edition, section on emergency numbers; read in reports of it, S).
/// They are three to five digits long and so no number of the E.164 plan; the door takes them all the same.
/// </summary>
public static class EmergencyNumbers
{
    private static readonly string[] National = ["110", "119", "120", "122", "12395"];

    private static readonly FrozenSet<PhoneNumber> Numbers = National.Select(n => PhoneNumber.TryParse("+86" + n, out var number) ? number : throw new FormatException(n)).ToFrozenSet();

    /// <summary>Whether a number is one of them.</summary>
    public static bool Has(PhoneNumber number) => Numbers.Contains(number);

    /// <summary>Reads one as people dial it or with the country's code.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, out PhoneNumber number)
    {
        var national = text.StartsWith("+86") ? text[3..] : text;
        number = default;
        foreach (var known in National)
            if (national.SequenceEqual(known)) return PhoneNumber.TryParse("+86" + known, out number);
        return false;
    }
}
