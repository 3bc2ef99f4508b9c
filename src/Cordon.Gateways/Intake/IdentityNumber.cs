namespace Cordon.Gateways.Intake;

/// <summary>Why a text is not an identity number.</summary>
public enum IdentityNumberFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not 17 digits and a check character.</summary>
    Form,

    /// <summary>Fifteen digits: the form before 1999, without a check character.</summary>
    OldForm,

    /// <summary>The first two digits are no province.</summary>
    Region,

    /// <summary>The birth date is not in the calendar, or not of the years 1850 to 2099.</summary>
    BirthDate,

    /// <summary>The check character does not fit.</summary>
    Check,
}

/// <summary>
/// A citizen identity number (GB 11643): six digits of region, eight of birth date, three of sequence and a check
/// character by ISO 7064 MOD 11-2. A value of this type lives only between the door and the key that replaces it:
/// its text form is masked, so that no log or message can show it by accident.
/// </summary>
/// <remarks>
/// The old form with 15 digits is refused, not converted: it has no check character, so a mistyped number would become
/// the token of another person.
/// </remarks>
public readonly struct IdentityNumber : IEquatable<IdentityNumber>
{
    /// <summary>Characters of the normal form.</summary>
    public const int Length = 18;

    private readonly string? digits;

    private IdentityNumber(string digits) => this.digits = digits;

    /// <summary>The eighteen characters, for the key alone.</summary>
    internal string Plain => digits ?? throw new InvalidOperationException("The default identity number has no digits.");

    /// <summary>
    /// Reads a number as people write it: blanks and hyphens between groups and full-width digits are taken,
    /// a small <c>x</c> becomes a capital.
    /// </summary>
    /// <returns><see cref="IdentityNumberFault.None"/>, or the first fault found.</returns>
    public static IdentityNumberFault Read(ReadOnlySpan<char> text, out IdentityNumber number)
    {
        number = default;
        Span<char> plain = stackalloc char[Length];
        var length = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '\u3000' or '\u00a0' or '-') continue;
            var folded = c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c is 'x' or 'Ｘ' or 'ｘ' ? 'X' : c;
            if (length == Length || !(char.IsAsciiDigit(folded) || (folded == 'X' && length == Length - 1))) return IdentityNumberFault.Form;
            plain[length++] = folded;
        }
        if (length == 15) return IdentityNumberFault.OldForm;
        if (length != Length) return IdentityNumberFault.Form;
        var fault = Check(plain);
        if (fault == IdentityNumberFault.None) number = new IdentityNumber(plain.ToString());
        return fault;
    }

    /// <summary>Judges eighteen normal characters: digits, and a digit or <c>X</c> at the end.</summary>
    internal static IdentityNumberFault Check(ReadOnlySpan<char> plain)
    {
        if (!KnownRegion(plain)) return IdentityNumberFault.Region;
        if (!RealDate(plain.Slice(6, 8))) return IdentityNumberFault.BirthDate;
        return CheckCharacter(plain[..17]) == plain[17] ? IdentityNumberFault.None : IdentityNumberFault.Check;
    }

    /// <summary>The check character of seventeen digits (ISO 7064 MOD 11-2).</summary>
    internal static char CheckCharacter(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        foreach (var c in digits) sum = (sum + c - '0') * 2 % 11;
        var check = (12 - sum) % 11;
        return check == 10 ? 'X' : (char)('0' + check);
    }

    /// <summary>Whether the first two digits are a province-level division of GB/T 2260, or 81 to 83 (residents of Hong Kong, Macao and Taiwan).</summary>
    internal static bool KnownRegion(ReadOnlySpan<char> plain)
    {
        // A foreigner's permanent residence number begins with 9 and has its province in the next two digits.
        var at = plain[0] == '9' ? 1 : 0;
        return ((plain[at] - '0') * 10) + plain[at + 1] - '0' is
            (>= 11 and <= 15) or (>= 21 and <= 23) or (>= 31 and <= 37) or (>= 41 and <= 46) or (>= 50 and <= 54) or (>= 61 and <= 65) or 71 or (>= 81 and <= 83);
    }

    internal static bool RealDate(ReadOnlySpan<char> yyyymmdd)
    {
        var year = Number(yyyymmdd[..4]);
        var month = Number(yyyymmdd[4..6]);
        var day = Number(yyyymmdd[6..]);
        return year is >= 1850 and <= 2099 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var c in digits) value = (value * 10) + c - '0';
        return value;
    }

    /// <inheritdoc/>
    public bool Equals(IdentityNumber other) => digits == other.digits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdentityNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => digits is null ? 0 : digits.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(IdentityNumber left, IdentityNumber right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(IdentityNumber left, IdentityNumber right) => !left.Equals(right);

    /// <summary>The masked form: the province and stars.</summary>
    public override string ToString() => digits is null ? "" : string.Concat(digits.AsSpan(0, 2), "****************");
}
