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

/// <summary>Reads decimal text into minor units digit by digit, without ever passing through a type that rounds.</summary>
public static class AmountText
{
    /// <summary>
    /// Reads an amount such as <c>48000</c>, <c>48000.5</c> or <c>7.5e3</c>. Any number of digits is read exactly.
    /// </summary>
    /// <param name="text">Decimal digits with an optional sign, point and exponent; no grouping, no currency sign, no space.</param>
    /// <param name="currency">Sets how many decimals the amount may have.</param>
    /// <param name="rounding">What to do with further decimals.</param>
    /// <param name="amount">The amount, where the answer is <see cref="AmountFault.None"/>.</param>
    /// <param name="difference">Amount taken minus amount written, in major units, to 28 decimals; zero where nothing was rounded.</param>
    /// <returns><see cref="AmountFault.None"/> or the first fault found.</returns>
    public static AmountFault Read(ReadOnlySpan<char> text, Currency currency, AmountRounding rounding, out Amount amount, out decimal difference)
    {
        amount = Amount.Zero(currency);
        difference = 0;
        if (!TrySplit(text, out var negative, out var mantissa, out var point, out var exponent)) return AmountFault.NotANumber;
        // A zero is zero whatever its sign, and a power of ten does not change it.
        if (mantissa.IndexOfAnyInRange('1', '9') < 0) return AmountFault.None;
        if (negative) return AmountFault.Negative;
        if (!TryWhole(mantissa, point + exponent + currency.MinorDigits, out var minor, out var fraction)) return AmountFault.TooLarge;
        if (!fraction.IsZero)
        {
            if (rounding == AmountRounding.Refuse) return AmountFault.TooFine;
            var up = fraction.IsAboveHalf || (fraction.IsHalf && minor % 2 == 1);
            if (minor == 0 && !up) return AmountFault.RoundsToZero;
            if (minor == long.MaxValue && up) return AmountFault.TooLarge;
            if (up) minor++;
            difference = ((up ? 1m : 0m) - fraction.Value) / Amount.PowerOfTen(currency.MinorDigits);
        }
        amount = new Amount(minor, currency);
        return AmountFault.None;
    }

    /// <summary>Splits <c>[+-]digits[.digits][e[+-]digits]</c>; at least one digit of the mantissa, on either side of the point.</summary>
    /// <param name="text">The text.</param>
    /// <param name="negative">Whether it has a minus sign.</param>
    /// <param name="mantissa">The digits, the point among them.</param>
    /// <param name="point">How many digits stand before the point.</param>
    /// <param name="exponent">The power of ten; held at a billion, far beyond what any text of digits can bring back.</param>
    private static bool TrySplit(ReadOnlySpan<char> text, out bool negative, out ReadOnlySpan<char> mantissa, out long point, out long exponent)
    {
        const long Farthest = 1_000_000_000;
        negative = text is ['-', ..];
        point = exponent = 0;
        if (text is ['-' or '+', ..]) text = text[1..];
        var e = text.IndexOfAny('e', 'E');
        mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.');
        var digits = dot < 0 ? mantissa.Length : mantissa.Length - 1;
        point = dot < 0 ? mantissa.Length : dot;
        if (digits == 0 || !AreDigits(mantissa[..(int)point]) || (dot >= 0 && !AreDigits(mantissa[(dot + 1)..]))) return false;
        if (e < 0) return true;
        var power = text[(e + 1)..];
        var down = power is ['-', ..];
        if (power is ['-' or '+', ..]) power = power[1..];
        if (power.IsEmpty || !AreDigits(power)) return false;
        foreach (var c in power) exponent = Math.Min(Farthest, (exponent * 10) + (c - '0'));
        if (down) exponent = -exponent;
        return true;
    }

    /// <summary>Takes the digits up to a place as a whole number and the rest as a fraction of one.</summary>
    private static bool TryWhole(ReadOnlySpan<char> mantissa, long place, out long whole, out Fraction fraction)
    {
        whole = 0;
        fraction = new Fraction(leadingZeros: place < 0 ? -place : 0);
        var index = 0L;
        foreach (var c in mantissa)
        {
            if (c == '.') continue;
            if (index++ >= place) fraction.Add(c - '0');
            else if (!TryAppend(ref whole, c - '0')) return false;
        }
        for (; whole != 0 && index < place; index++)
            if (!TryAppend(ref whole, 0)) return false;
        return true;
    }

    private static bool TryAppend(ref long number, int digit)
    {
        if (number > (long.MaxValue - digit) / 10) return false;
        number = (number * 10) + digit;
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>What lies behind the last minor unit: exact as to zero and half, to 28 digits as to its size.</summary>
    private struct Fraction(long leadingZeros)
    {
        private long digits = leadingZeros;
        private decimal weight = leadingZeros < 28 ? Power(leadingZeros) : 0;
        private int first;
        private bool more;

        public decimal Value { get; private set; }

        public readonly bool IsZero => first == 0 && !more;

        public readonly bool IsHalf => first == 5 && !more;

        public readonly bool IsAboveHalf => first > 5 || (first == 5 && more);

        public void Add(int digit)
        {
            if (digits++ == 0) first = digit;
            else more |= digit != 0;
            weight /= 10;
            if (digits <= 28) Value += digit * weight;
        }

        private static decimal Power(long zeros)
        {
            var weight = 1m;
            for (; zeros > 0; zeros--) weight /= 10;
            return weight;
        }
    }
}
