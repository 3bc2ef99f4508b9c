using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>Names of closed sets as the wire writes them: the member's name with a small first letter.</summary>
internal static class Wire
{
    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The kind of a wire name (<c>accountOpening</c>), or null.</summary>
    public static SignalKind? KindOf(string name) => WireNames<SignalKind>.TryRead(name, out var kind) ? kind : null;

    public static string NameOf<T>(T value) where T : struct, Enum => WireNames<T>.Name(value);
}

/// <summary>The wire names of one closed set.</summary>
internal static class WireNames<T> where T : struct, Enum
{
    private static readonly (string Name, T Value)[] Known = [.. Enum.GetValues<T>().Select(value => (Wire.Camel(value.ToString()), value))];

    public static IEnumerable<string> Names => Known.Select(entry => entry.Name);

    public static string Name(T value)
    {
        foreach (var entry in Known)
            if (EqualityComparer<T>.Default.Equals(entry.Value, value)) return entry.Name;
        throw new ArgumentOutOfRangeException(nameof(value), value, "Not of the closed set.");
    }

    public static bool TryRead(string text, out T value)
    {
        foreach (var entry in Known)
            if (entry.Name == text)
            {
                value = entry.Value;
                return true;
            }
        value = default;
        return false;
    }

    public static bool TryRead(ReadOnlySpan<byte> text, out T value)
    {
        foreach (var entry in Known)
            if (Utf8Text.Equal(text, entry.Name))
            {
                value = entry.Value;
                return true;
            }
        value = default;
        return false;
    }
}
