namespace Cordon.Engine.Signals;

/// <summary>
/// A currency by its ISO 4217 letters, with the number of decimal digits of its minor unit.
/// Codes the standard lists with 0, 3 or 4 digits are known by name; every other code has 2.
/// </summary>
public readonly record struct Currency
{
    /// <summary>How many letters a code has.</summary>
    internal const int Letters = 3;

    // XXX, the standard's own code for no currency.
    private const int NoCurrency = ('X' << 16) | ('X' << 8) | 'X';

    private readonly int packed;

    private Currency(int packed) => this.packed = packed;

    /// <summary>The yuan, two digits.</summary>
    public static readonly Currency Cny = Parse("CNY");

    /// <summary>Reads three letters A to Z, in upper case. Anything else is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Currency value)
    {
        value = default;
        if (text.Length != 3) return false;
        var packed = 0;
        foreach (var c in text)
        {
            if (c is < 'A' or > 'Z') return false;
            packed = (packed << 8) | c;
        }
        // XXX is the standard's own code for no currency, and that is the default value: one meaning, one value.
        value = text is "XXX" ? default : new Currency(packed);
        return true;
    }

    /// <summary>Reads three letters. Throws <see cref="FormatException"/> where <see cref="TryParse"/> refuses.</summary>
    public static Currency Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not an ISO 4217 code of three capital letters.");

    /// <summary>Digits after the decimal point of one unit: 0 to 4 (ISO 4217, table A.1).</summary>
    public int MinorDigits => Code switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        "CLF" or "UYW" => 4,
        _ => 2,
    };

    /// <summary>The three letters; <c>XXX</c> (no currency) for the default value.</summary>
    public string Code => packed == 0 ? "XXX" : string.Create(3, packed, static (span, p) =>
    {
        span[0] = (char)(p >> 16);
        span[1] = (char)((p >> 8) & 0xFF);
        span[2] = (char)(p & 0xFF);
    });

    /// <inheritdoc/>
    public override string ToString() => Code;

    /// <summary>Writes the three letters, without a text for them.</summary>
    internal void Write(Span<byte> to)
    {
        var letters = packed == 0 ? NoCurrency : packed;
        (to[0], to[1], to[2]) = ((byte)(letters >> 16), (byte)(letters >> 8 & 0xFF), (byte)(letters & 0xFF));
    }
}
