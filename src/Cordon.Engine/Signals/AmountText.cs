using System.Globalization;

namespace Cordon.Engine.Signals;

/// <summary>Why a text is not an amount.</summary>
public enum AmountFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not a decimal number (NaN and infinities among them).</summary>
    NotANumber,

    /// <summary>Below zero.</summary>
    Negative,

    /// <summary>More decimals than the currency has, where rounding was not declared.</summary>
    TooFine,

    /// <summary>More minor units than 64 bits hold.</summary>
    TooLarge,

    /// <summary>Not zero as written, but zero after the declared rounding.</summary>
    RoundsToZero,
}

/// <summary>How decimals beyond the currency's digits are treated.</summary>
public enum AmountRounding
{
    /// <summary>They are a fault.</summary>
    Refuse,

    /// <summary>To the nearest minor unit, ties to even; the caller counts what was rounded.</summary>
    HalfEven,
}

/// <summary>Reads decimal text into minor units without ever passing through binary floating point.</summary>
public static class AmountText
{
    /// <summary>
    /// Reads an amount such as <c>48000</c>, <c>48000.5</c> or <c>7.5e3</c>.
    /// </summary>
    /// <param name="text">Decimal digits with an optional point and exponent; no grouping, no currency sign.</param>
    /// <param name="currency">Sets how many decimals the amount may have.</param>
    /// <param name="rounding">What to do with further decimals.</param>
    /// <param name="amount">The amount, where the answer is <see cref="AmountFault.None"/>.</param>
    /// <param name="difference">Amount taken minus amount written, in major units; zero where nothing was rounded.</param>
    /// <returns><see cref="AmountFault.None"/> or the first fault found.</returns>
    public static AmountFault Read(ReadOnlySpan<char> text, Currency currency, AmountRounding rounding, out Amount amount, out decimal difference)
    {
        amount = Amount.Zero(currency);
        difference = 0;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var written))
            return IsDigits(text) ? AmountFault.TooLarge : AmountFault.NotANumber;
        if (written < 0) return AmountFault.Negative;
        var scale = Amount.PowerOfTen(currency.MinorDigits);
        if (written > long.MaxValue / scale) return AmountFault.TooLarge;
        var exact = written * scale;
        var minor = decimal.Round(exact, 0, MidpointRounding.ToEven);
        // decimal keeps 28 digits: text finer than that was already rounded by the parser, so its length is the witness.
        if (minor != exact || FinerThanDecimal(text, written))
        {
            if (rounding == AmountRounding.Refuse) return AmountFault.TooFine;
            if (minor == 0) return AmountFault.RoundsToZero;
            difference = (minor / scale) - written;
        }
        if (minor > long.MaxValue) return AmountFault.TooLarge;
        amount = new Amount((long)minor, currency);
        return AmountFault.None;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && text.IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool FinerThanDecimal(ReadOnlySpan<char> text, decimal written)
    {
        if (text.Length <= 28) return false;
        var end = text.IndexOfAny('e', 'E');
        var mantissa = end < 0 ? text : text[..end];
        var point = mantissa.IndexOf('.');
        if (point < 0) return false;
        var last = mantissa[(point + 1)..].TrimEnd('0').Length;
        return last > written.Scale && end < 0;
    }
}
