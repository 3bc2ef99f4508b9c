using System.Runtime.InteropServices;
using System.Text;

namespace Cordon.Engine.Windows;

/// <summary>
/// Texts as the bytes by which they are known. Nearly all are ASCII and take a byte a character. Another keeps its
/// UTF-16 units behind a byte that ASCII does not have: a lossy encoding would give two identifiers one row.
/// </summary>
internal static class KeyText
{
    private const byte Units = 0xFF;

    /// <summary>The most bytes that a text of so many characters takes.</summary>
    public static int Room(int characters) => (characters * 2) + 1;

    /// <summary>Writes a text and tells how many bytes it took.</summary>
    public static int Write(ReadOnlySpan<char> text, Span<byte> room)
    {
        if (Ascii.IsValid(text)) return Encoding.ASCII.GetBytes(text, room);
        var units = MemoryMarshal.AsBytes(text);
        room[0] = Units;
        units.CopyTo(room[1..]);
        return units.Length + 1;
    }
}
