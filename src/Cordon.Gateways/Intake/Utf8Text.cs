using System.Text;

namespace Cordon.Gateways.Intake;

/// <summary>Small readings of UTF-8 bytes without making strings of them.</summary>
internal static class Utf8Text
{
    /// <summary>Whether the bytes are the ASCII text.</summary>
    public static bool Equal(ReadOnlySpan<byte> bytes, string ascii) => bytes.Length == ascii.Length && Ascii.Equals(bytes, ascii);

    /// <summary>Widens ASCII bytes into the buffer; false where they are longer or not ASCII.</summary>
    public static bool TryWiden(ReadOnlySpan<byte> bytes, Span<char> buffer, out int length)
    {
        length = 0;
        return bytes.Length <= buffer.Length && Ascii.ToUtf16(bytes, buffer, out length) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>Whether all bytes are visible ASCII.</summary>
    public static bool IsVisibleAscii(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0;

    /// <summary>A value for a message: masked first, so that cutting it cannot hide a number from the mask; then short.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes) => Quote(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 400)]));

    /// <summary>A value for a message: masked, then short.</summary>
    public static string Quote(string text) => $"'{Short(text)}'";

    /// <summary>The text masked, then cut to sixty characters.</summary>
    public static string Short(string text)
    {
        var masked = Masking.Mask(text);
        return masked.Length <= 60 ? masked : masked[..60] + "…";
    }
}

/// <summary>
/// Remembers what a text was read as, so that an account that stands in a million rows is judged and stored once.
/// Emptied when full: it is a help to speed and memory, never a record.
/// </summary>
internal sealed class Utf8Cache<T>(int limit)
{
    private readonly Dictionary<byte[], T> values = new(new ByteComparer());

    public bool TryGet(ReadOnlySpan<byte> text, out T value) =>
        values.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(text, out value!);

    public void Add(ReadOnlySpan<byte> text, T value)
    {
        if (values.Count >= limit) values.Clear();
        values[text.ToArray()] = value;
    }

    private sealed class ByteComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            // HashCode is seeded anew in each process: a file cannot be written to make every key collide.
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
