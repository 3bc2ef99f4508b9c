using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>What may stand as the value of a parameter, on a list and between the braces of a text.</summary>
internal static class RulebookValues
{
    /// <summary>What is wrong with a parameter's value; null where nothing is.</summary>
    /// <param name="type">The parameter's type.</param>
    /// <param name="text">The value.</param>
    /// <param name="money">The rulebook's currency; null where it is not known, and then any decimal passes.</param>
    public static string? FaultOf(string type, string text, Currency? money) => type switch
    {
        "int" when !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => $"'{text}' is not a whole number.",
        "double" when !IsFinite(text) => $"'{text}' is not a number.",
        "money" when AmountText.Read(text, money ?? Currency.Cny, AmountRounding.Refuse, out _, out _) is var fault && fault != AmountFault.None =>
            fault == AmountFault.TooFine ? $"'{text}' has more decimals than the currency." : $"'{text}' is no amount: decimal digits alone, in the rulebook's currency.",
        "duration" when !RulebookWords.TryReadDuration(text, out _) => $"'{text}' is no length of time such as 90d, 24h, 10m or 30s.",
        "bool" when text is not ("true" or "false") => $"'{text}' is neither true nor false.",
        _ => null,
    };

    /// <summary>What is wrong with a list's entry; null where nothing is.</summary>
    public static string? FaultOfEntry(string of, string text) => of switch
    {
        "phone" => IsPhone(text) ? null : $"'{text}' is no telephone number: '+' and 4 to 15 digits, or '+', 1 to 14 digits and '*'.",
        "account" => AccountNumber.TryParse(text, out _) ? null : $"'{text}' is no account: member:number.",
        "domain" => Domain.IsValid(text) && text.Contains('.') ? null : $"'{text}' is no domain name in small letters.",
        _ => Device.TryParse(text, out _) ? null : $"'{text}' is no IMEI: 14 digits, or 15 with the right check digit.",
    };

    /// <summary>Whether each brace that opens is closed before the next, with something between.</summary>
    public static bool BracesMatch(string text)
    {
        var open = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}')) continue;
            if (text[i] == '{' ? open >= 0 : open < 0 || i == open + 1) return false;
            open = text[i] == '{' ? i : -1;
        }
        return open < 0;
    }

    private static bool IsPhone(string text)
    {
        if (!text.EndsWith('*')) return PhoneNumber.TryParse(text, out _);
        var digits = text.AsSpan(1, Math.Max(0, text.Length - 2));
        return text[0] == '+' && digits.Length is >= 1 and <= 14 && digits[0] != '0' && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool IsFinite(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
}
