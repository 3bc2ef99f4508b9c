using System.Buffers;

namespace Cordon.Engine.Signals;

/// <summary>The limits of fields, one place for writing and reading.</summary>
internal static class FieldLimits
{
    private static readonly SearchValues<char> HashDigits = SearchValues.Create("0123456789abcdef");

    public const int MemberLength = 32;
    public const int IdLength = 64;
    public const int AccountLength = 40;
    public const int TrunkLength = 64;
    public const int OrderReferenceLength = 64;
    public const int DomainLength = 253;
    public const int CodeLength = 64;

    public const int HashLength = 64;
    public const int RegionLength = 32;

    /// <summary>A domain is the longest entry of any list.</summary>
    public const int EntryLength = DomainLength;

    public static bool IsHash(ReadOnlySpan<char> text) => text.Length == HashLength && text.IndexOfAnyExcept(HashDigits) < 0;

    public static bool IsVisible(ReadOnlySpan<char> text, int longest) =>
        text.Length >= 1 && text.Length <= longest && text.IndexOfAnyExceptInRange('!', '~') < 0;

    public static bool IsVisible(ReadOnlySpan<byte> text, int longest) =>
        text.Length >= 1 && text.Length <= longest && text.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0;

    public static bool IsInstant(long micros) => micros >= Instant.Min.Micros && micros <= Instant.Max.Micros;

    public static bool IsPhone(long digits) => digits is >= 1_000 and <= 999_999_999_999_999;

    public static bool IsImei(long imei) => imei is >= 0 and <= 99_999_999_999_999;

    public static bool IsCode(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > CodeLength) return false;
        foreach (var c in text)
            if (char.IsControl(c)) return false;
        return true;
    }
}
