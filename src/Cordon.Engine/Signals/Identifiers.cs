using System.Globalization;

namespace Cordon.Engine.Signals;

/// <summary>
/// The short code by which a member is known in signals: 1 to 32 characters of a-z, 0-9, '-', '_' or '.',
/// for example <c>bank-a</c>. It never changes, because journals and proofs carry it.
/// </summary>
public readonly record struct MemberCode
{
    private readonly string? text;

    private MemberCode(string text) => this.text = text;

    /// <summary>Reads a code, folding ASCII capitals to small letters. Refuses anything outside the alphabet or length.</summary>
    public static bool TryParse(ReadOnlySpan<char> source, out MemberCode value)
    {
        value = IsCode(source) ? new MemberCode(source.ContainsAnyInRange('A', 'Z') ? source.ToString().ToLowerInvariant() : source.ToString()) : default;
        return value != default;
    }

    /// <summary>Reads a code in small letters, keeping the very text, so that reading costs no other.</summary>
    internal static bool TryKeep(string source, out MemberCode value)
    {
        value = IsCode(source) && !source.AsSpan().ContainsAnyInRange('A', 'Z') ? new MemberCode(source) : default;
        return value != default;
    }

    /// <summary>Reads a code. Throws <see cref="FormatException"/> where <see cref="TryParse"/> refuses.</summary>
    public static MemberCode Parse(string source) =>
        TryParse(source, out var value) ? value : throw new FormatException($"'{source}' is not a member code.");

    /// <inheritdoc/>
    public override string ToString() => text ?? "";

    private static bool IsCode(ReadOnlySpan<char> source)
    {
        if (source.Length is 0 or > 32) return false;
        foreach (var c in source)
            if (!(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) return false;
        return true;
    }
}

/// <summary>A telephone number of the E.164 plan: country code and national number, 4 to 15 digits.</summary>
/// <param name="Digits">The digits as one number, without the plus sign; 0 is no number.</param>
public readonly record struct PhoneNumber(long Digits)
{
    /// <summary>Reads <c>+</c> and 4 to 15 digits, the first not 0. National forms are read at the door, not here.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PhoneNumber value)
    {
        value = default;
        if (text.Length is < 5 or > 16 || text[0] != '+' || text[1] == '0') return false;
        // Asked for here, because the parsers of .NET let NUL characters at the end pass.
        if (text[1..].IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        value = new PhoneNumber(long.Parse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Digits == 0 ? "" : "+" + Digits.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// An account or wallet: the member that keeps it and its number there (1 to 40 visible ASCII characters, no space).
/// Written <c>bank-a:6222020200112233</c>.
/// </summary>
public readonly record struct AccountNumber
{
    private readonly string? number;

    /// <summary>Joins a member and a number. Throws <see cref="FormatException"/> on a number outside the limits or a member without a code.</summary>
    public AccountNumber(MemberCode member, string number)
    {
        if (member == default) throw new FormatException("An account is kept by a member.");
        if (!IsNumber(number)) throw new FormatException("An account number has 1 to 40 visible ASCII characters and no space.");
        Member = member;
        this.number = number;
    }

    /// <summary>The member that keeps the account.</summary>
    public MemberCode Member { get; }

    /// <summary>The number as that member writes it.</summary>
    public string Number => number ?? "";

    /// <summary>Whether a text can be an account's number.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => text.Length is >= 1 and <= 40 && text.IndexOfAnyExceptInRange('!', '~') < 0;

    /// <summary>Reads <c>member:number</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AccountNumber value)
    {
        value = default;
        var colon = text.IndexOf(':');
        if (colon < 0 || !MemberCode.TryParse(text[..colon], out var member) || !IsNumber(text[(colon + 1)..])) return false;
        value = new AccountNumber(member, text[(colon + 1)..].ToString());
        return true;
    }

    /// <summary>Reads <c>member:number</c>. Throws <see cref="FormatException"/> where <see cref="TryParse"/> refuses.</summary>
    public static AccountNumber Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException("An account is written member:number.");

    /// <summary>The order of two accounts as they are written, member:number, character by character.</summary>
    internal static int CompareTexts(in AccountNumber left, in AccountNumber right)
    {
        var (a, b) = (left.Member.ToString(), right.Member.ToString());
        var shorter = Math.Min(a.Length, b.Length);
        var byMember = string.CompareOrdinal(a, 0, b, 0, shorter);
        if (byMember != 0) return byMember;
        // Where one code is the beginning of the other, its colon stands against the other's next letter, which is no colon.
        if (a.Length != b.Length) return a.Length < b.Length ? ':' - b[shorter] : a[shorter] - ':';
        return string.CompareOrdinal(left.Number, right.Number);
    }

    /// <inheritdoc/>
    public override string ToString() => number is null ? "" : $"{Member}:{number}";
}

/// <summary>
/// A person, by the keyed hash of an identity number: HMAC-SHA-256 cut to 128 bits, with the version of the key.
/// The number itself never enters Cordon. Written <c>p1-</c> and 32 hexadecimal digits.
/// </summary>
/// <param name="KeyVersion">Which key made it, 1 to 255; tokens of two versions cannot be compared.</param>
/// <param name="Hash">The first 128 bits of the hash, big-endian.</param>
public readonly record struct PersonToken(byte KeyVersion, UInt128 Hash)
{
    /// <summary>Reads the written form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PersonToken value)
    {
        value = default;
        var dash = text.IndexOf('-');
        if (dash < 2 || text[0] != 'p' || text[1] == '0' || text.Length != dash + 33) return false;
        // Asked for here, because the parsers of .NET let NUL characters at the end pass.
        if (text.Contains('\0')) return false;
        if (!byte.TryParse(text[1..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return false;
        if (!UInt128.TryParse(text[(dash + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)) return false;
        value = new PersonToken(version, hash);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p{KeyVersion}-{Hash:x32}");
}

/// <summary>A handset or modem by its IMEI: 14 digits without the check digit (3GPP TS 23.003).</summary>
/// <param name="Imei">The 14 digits as one number.</param>
public readonly record struct Device(long Imei)
{
    /// <summary>Reads 14 digits, or 15 with a right Luhn check digit.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Device value)
    {
        value = default;
        if (text.Length is not (14 or 15) || text.IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        if (text.Length == 15 && !LuhnHolds(text)) return false;
        value = new Device(long.Parse(text[..14], NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Imei.ToString("D14", CultureInfo.InvariantCulture);

    private static bool LuhnHolds(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 1) d = d * 2 > 9 ? (d * 2) - 9 : d * 2;
            sum += d;
        }
        return sum % 10 == 0;
    }
}

/// <summary>A trunk group between networks, as the operator that reports it names it (1 to 64 visible ASCII characters).</summary>
/// <param name="Name">The operator's name for it.</param>
public readonly record struct Trunk(string Name)
{
    /// <summary>Whether a text can be a trunk's name.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length is >= 1 and <= 64 && text.IndexOfAnyExceptInRange('!', '~') < 0;

    /// <inheritdoc/>
    public override string ToString() => Name ?? "";
}

/// <summary>A domain name in its ASCII form, small letters, without the trailing dot (RFC 5890).</summary>
/// <param name="Name">The name.</param>
public readonly record struct Domain(string Name)
{
    /// <summary>Whether a text can be a domain in a signal: 1 to 253 visible ASCII characters without capitals.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 253 && text.IndexOfAnyExceptInRange('!', '~') < 0 && !text.ContainsAnyInRange('A', 'Z');

    /// <inheritdoc/>
    public override string ToString() => Name ?? "";
}

/// <summary>
/// The sender's id of a signal: 1 to 64 visible ASCII characters, unique for a member and a kind.
/// A signal that comes again with the same id and values changes nothing.
/// </summary>
/// <param name="Text">The id.</param>
public readonly record struct SignalId(string Text)
{
    /// <summary>Whether a text can be an id.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length is >= 1 and <= 64 && text.IndexOfAnyExceptInRange('!', '~') < 0;

    /// <inheritdoc/>
    public override string ToString() => Text ?? "";
}
