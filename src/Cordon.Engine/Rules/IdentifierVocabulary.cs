using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>Functions of identifiers that need no knowledge but the identifier.</summary>
internal static class IdentifierVocabulary
{
    // ITU-T E.164, list of assigned country codes: those of one digit and of two; all others have three.
    private static readonly ImmutableHashSet<long> ShortCodes =
    [
        1, 7, 20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66,
        81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
    ];

    public static void AddTo(CelEnvironmentBuilder words)
    {
        var (phone, account, domain) = (SignalVocabulary.Phone, SignalVocabulary.Account, SignalVocabulary.Domain);
        words.Function("country", CelOverload.Of("phone_country", true, [phone], CelType.Int, Country));
        words.Function("digits", CelOverload.Of("phone_digits", true, [phone], CelType.Int, Digits));
        words.Function("national", CelOverload.Of("phone_national", true, [phone], CelType.String, National));
        words.Function("starts_with", CelOverload.Of("phone_starts_with", true, [phone, CelType.String], CelType.Bool, StartsWith));
        words.Function("member", CelOverload.Of("account_member", true, [account], CelType.String, (AccountNumber a) => a.Member.ToString()));
        words.Function("is_under", CelOverload.Of("domain_is_under", true, [domain, CelType.String], CelType.Bool, IsUnder));
        words.Function(
            "string",
            CelOverload.Of("phone_to_string", false, [phone], CelType.String, (PhoneNumber p) => p.ToString()),
            CelOverload.Of("account_to_string", false, [account], CelType.String, (AccountNumber a) => a.ToString()),
            CelOverload.Of("domain_to_string", false, [domain], CelType.String, (Domain d) => d.ToString()),
            CelOverload.Of("device_to_string", false, [SignalVocabulary.Device], CelType.String, (Device d) => d.ToString()),
            CelOverload.Of("trunk_to_string", false, [SignalVocabulary.Trunk], CelType.String, (Trunk t) => t.ToString()),
            CelOverload.Of("person_to_string", false, [SignalVocabulary.Person], CelType.String, (PersonToken p) => p.ToString()));
    }

    /// <summary>The calling code of a number: 86 of <c>+8613800000001</c>; 0 of none.</summary>
    internal static long Country(PhoneNumber number)
    {
        var digits = number.Digits;
        while (digits >= 1000) digits /= 10;
        return ShortCodes.Contains(digits / 100) ? digits / 100 : ShortCodes.Contains(digits / 10) ? digits / 10 : digits;
    }

    /// <summary>How many digits a number has, its calling code included.</summary>
    internal static long Digits(PhoneNumber number)
    {
        var count = 0;
        for (var digits = number.Digits; digits > 0; digits /= 10) count++;
        return count;
    }

    /// <summary>The digits behind the calling code.</summary>
    internal static string National(PhoneNumber number)
    {
        var text = number.Digits.ToString(CultureInfo.InvariantCulture);
        return text[Country(number).ToString(CultureInfo.InvariantCulture).Length..];
    }

    /// <summary>Whether a number begins with what is written like <c>+8613</c>; false for anything else.</summary>
    internal static bool StartsWith(PhoneNumber number, string prefix)
    {
        if (number.Digits == 0 || prefix.Length is < 2 or > 16 || prefix[0] != '+') return false;
        long wanted = 0;
        foreach (var c in prefix.AsSpan(1))
        {
            if (!char.IsAsciiDigit(c)) return false;
            wanted = (wanted * 10) + (c - '0');
        }
        var digits = number.Digits;
        for (var surplus = Digits(number) - (prefix.Length - 1); surplus > 0; surplus--) digits /= 10;
        return digits == wanted;
    }

    /// <summary>Whether a domain is the one named or lies below it.</summary>
    internal static bool IsUnder(Domain domain, string parent)
    {
        var name = domain.ToString();
        return parent.Length > 0 && name.EndsWith(parent, StringComparison.Ordinal)
            && (name.Length == parent.Length || name[name.Length - parent.Length - 1] == '.');
    }
}
