using PhoneNumbers;
using PhoneNumber = Cordon.Engine.Signals.PhoneNumber;

namespace Cordon.Gateways.Intake;

/// <summary>How much a number must prove at the door.</summary>
public enum PhoneCheck
{
    /// <summary>Digits of the E.164 plan. For numbers that are only shown: a forger shows what he likes, and it must be recorded.</summary>
    Shown,

    /// <summary>A length that the country's plan has. For numbers that were reached or opened.</summary>
    Possible,

    /// <summary>A number range that the country has given out, by libphonenumber's tables.</summary>
    Valid,
}

/// <summary>Reads telephone numbers as people and systems write them: <c>+86 138 0013 8000</c>, <c>0086…</c>, <c>13800138000</c>, <c>010-12345678</c>.</summary>
public static class DoorPhones
{
    private const string HomeRegion = "CN";
    private const int LongestText = 32;

    /// <summary>Reads a number; a national form is taken as Chinese.</summary>
    /// <returns>Whether the text is a number that passes the check.</returns>
    public static bool TryRead(string text, PhoneCheck check, out PhoneNumber number)
    {
        number = default;
        if (text.Length is 0 or > LongestText) return false;
        if (check != PhoneCheck.Valid && IsPlainMobile(text, out number)) return true;
        if (EmergencyNumbers.TryRead(text, out number)) return true;
        // Letters would be read as the keys of a handset: no system writes them, so they are a slip.
        if (text.AsSpan().ContainsAnyInRange('A', 'z')) return false;
        PhoneNumbers.PhoneNumber parsed;
        try
        {
            parsed = PhoneNumberUtil.GetInstance().Parse(text, HomeRegion);
        }
        catch (NumberParseException)
        {
            return false;
        }
        return Passes(parsed, check) && PhoneNumber.TryParse(PhoneNumberUtil.GetInstance().Format(parsed, PhoneNumberFormat.E164), out number);
    }

    private static bool Passes(PhoneNumbers.PhoneNumber parsed, PhoneCheck check) => !parsed.HasExtension && check switch
    {
        PhoneCheck.Shown => true,
        PhoneCheck.Possible => PhoneNumberUtil.GetInstance().IsPossibleNumber(parsed),
        _ => PhoneNumberUtil.GetInstance().IsValidNumber(parsed),
    };

    // Nearly every number of a Chinese operator is this one, and the library takes microseconds for it.
    private static bool IsPlainMobile(ReadOnlySpan<char> text, out PhoneNumber number)
    {
        number = default;
        var national = text.StartsWith("+86") ? text[3..] : text;
        if (national.Length != 11 || national[0] != '1' || national[1] < '3' || national.ContainsAnyExceptInRange('0', '9')) return false;
        Span<char> full = stackalloc char[14];
        "+86".CopyTo(full);
        national.CopyTo(full[3..]);
        return PhoneNumber.TryParse(full, out number);
    }
}
