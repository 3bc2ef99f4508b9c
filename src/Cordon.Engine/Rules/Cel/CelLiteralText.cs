using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Cordon.Engine.Rules.Cel;

/// <summary>Gathers what a string or bytes literal means, escapes read.</summary>
internal sealed class CelLiteralText(bool isBytes)
{
    private readonly StringBuilder text = new();
    private readonly ArrayBufferWriter<byte> bytes = new();

    public void Add(char c) => text.Append(c);

    /// <summary>Reads the escape at a backslash and steps over it, or over the backslash alone where it is not one.</summary>
    public bool TryEscape(string source, ref int place)
    {
        place++;
        var c = place < source.Length ? source[place] : '\0';
        if (c is >= '0' and <= '3') return TryCode(source, ref place, place, 3, 8);
        switch (c)
        {
            case 'x' or 'X': return TryCode(source, ref place, place + 1, 2, 16);
            case 'u': return !isBytes && TryCode(source, ref place, place + 1, 4, 16);
            case 'U': return !isBytes && TryCode(source, ref place, place + 1, 8, 16);
        }
        var meant = "abfnrtv\\?\"'`".IndexOf(c, StringComparison.Ordinal);
        if (c == '\0' || meant < 0) return false;
        text.Append("\a\b\f\n\r\t\v\\?\"'`"[meant]);
        place++;
        return true;
    }

    public CelBytes ToBytes()
    {
        FlushText();
        return new CelBytes(bytes.WrittenSpan.ToImmutableArray());
    }

    public override string ToString() => text.ToString();

    // In bytes a code is a byte as it stands, in a string a code point.
    private bool TryCode(string source, ref int place, int start, int length, int numberBase)
    {
        if (start + length > source.Length) return false;
        var code = 0L;
        foreach (var c in source.AsSpan(start, length))
        {
            if (!char.IsAsciiHexDigit(c)) return false;
            var digit = int.Parse([c], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (digit >= numberBase) return false;
            code = (code * numberBase) + digit;
        }
        if (!isBytes && (code > 0x10FFFF || code is >= 0xD800 and <= 0xDFFF)) return false;
        if (isBytes)
        {
            FlushText();
            bytes.Write([(byte)code]);
        }
        else text.Append(char.ConvertFromUtf32((int)code));
        place = start + length;
        return true;
    }

    private void FlushText()
    {
        if (text.Length > 0) bytes.Write(Encoding.UTF8.GetBytes(text.ToString()));
        text.Clear();
    }
}
