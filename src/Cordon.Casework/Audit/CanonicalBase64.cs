namespace Cordon.Casework.Audit;

/// <summary>
/// Base64 of RFC 4648 section 4 in its one canonical spelling. .NET's decoder also takes white space and stray
/// low bits; a signed text with two spellings has two hashes, so these are refused.
/// </summary>
internal static class CanonicalBase64
{
    public static bool TryDecode(string text, Span<byte> target, out int count) =>
        Convert.TryFromBase64String(text, target, out count)
        && Convert.ToBase64String(target[..count]) == text;

    public static bool TryDecode(string text, out byte[] bytes)
    {
        var buffer = new byte[(text.Length / 4 * 3) + 3];
        var read = TryDecode(text, buffer, out var count);
        bytes = read ? buffer[..count] : [];
        return read;
    }
}
