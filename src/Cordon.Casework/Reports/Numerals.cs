namespace Cordon.Casework.Reports;

/// <summary>A number as written, exactly.</summary>
/// <param name="Value">The value.</param>
/// <param name="End">Where it ends in the text.</param>
/// <param name="HasUnit">Whether 百, 千, 万 or 亿 (or k, w) was among its characters.</param>
/// <param name="Digits">How many ASCII digits it was written with.</param>
internal readonly record struct Numeral(decimal Value, int End, bool HasUnit, int Digits);

/// <summary>
/// Reads numbers as people write them: 48000, 48,000.00, 4.8万, 三万八千, 肆万捌仟, 4万8. Nothing passes through a type that
/// rounds; a number is at most 40 characters long and below ten thousand billion.
/// </summary>
internal static class Numerals
{
    private const int Longest = 40;
    private const decimal Most = 10_000_000_000_000m;

    private const string Plain = "零一二三四五六七八九";
    private const string Formal = "零壹贰叁肆伍陆柒捌玖";

    public static bool Begins(char c) => char.IsAsciiDigit(c) || (DigitOf(c) is > 0) || c is '十' or '拾';

    /// <summary>The value of a Chinese digit; null where it is none.</summary>
    public static int? DigitOf(char c)
    {
        if (c is '两') return 2;
        if (c is '〇') return 0;
        if (c is < '\u4e00' and not '零') return null;
        var plain = Plain.IndexOf(c, StringComparison.Ordinal);
        if (plain < 0) plain = Formal.IndexOf(c, StringComparison.Ordinal);
        return plain < 0 ? null : plain;
    }

    public static Numeral? Read(FoldedText text, int at)
    {
        // Sections of a number: what stands below 万, and what below 亿.
        var state = new Sum();
        var i = at;
        while (i < text.Length && i - at < Longest)
        {
            if (text.IsTaken(i)) break;
            if (text.IsDigit(i))
            {
                if (state.Pending is not null || !TryDigits(text, i, ref state, out i)) return null;
            }
            else if (DigitOf(text[i]) is { } digit)
            {
                // 二〇二六 is a row of digits, not a number with units.
                if (state.Pending is not null && text[i] is not ('零' or '〇')) return null;
                state.Put(digit);
                i++;
            }
            else if (UnitOf(text[i]) is { } unit)
            {
                if (!state.Multiply(unit)) return null;
                i++;
            }
            else break;
        }
        return i == at || state.Close() is not { } value ? null : new Numeral(value, i, state.HasUnit, state.Written);
    }

    public static decimal? UnitOf(char c) => c switch
    {
        '十' or '拾' => 10,
        '百' or '佰' => 100,
        '千' or '仟' => 1_000,
        '万' or '萬' => 10_000,
        '亿' or '億' => 100_000_000,
        _ => null,
    };

    /// <summary>Digits with groups of three or a fraction.</summary>
    private static bool TryDigits(FoldedText text, int at, ref Sum state, out int end)
    {
        decimal value = 0;
        end = at;
        var written = 0;
        for (; text.IsDigit(end) || IsGroupComma(text, at, end); end++)
        {
            if (text[end] == ',') continue;
            if (++written > 13) return false;
            value = (value * 10) + text[end] - '0';
        }
        if (text[end] == '.' && text.IsDigit(end + 1))
        {
            var weight = 0.1m;
            var decimals = 0;
            for (end++; text.IsDigit(end); end++, weight /= 10)
            {
                if (++decimals > 6) return false;
                value += (text[end] - '0') * weight;
            }
            // 10.15.2026 is no number.
            if (text[end] == '.' && text.IsDigit(end + 1)) return false;
        }
        state.Put(value);
        state.Written += written;
        return true;
    }

    private static bool IsGroupComma(FoldedText text, int start, int at) =>
        text[at] == ',' && at > start && text.IsDigit(at + 1) && text.IsDigit(at + 2) && text.IsDigit(at + 3) && !text.IsDigit(at + 4);

    /// <summary>The sum so far.</summary>
    private struct Sum
    {
        private decimal whole;
        private decimal section;
        private decimal lastUnit;

        public decimal? Pending { get; private set; }

        public bool HasUnit { get; private set; }

        public int Written { get; set; }

        // 三万零五百: the zero says only that a place is empty.
        public void Put(decimal value)
        {
            if (value == 0 && HasUnit) lastUnit = 1;
            else Pending = value;
        }

        public bool Multiply(decimal unit)
        {
            HasUnit = true;
            if (unit >= 10_000)
            {
                section += Pending ?? 0;
                if (section == 0 && (whole == 0 || unit == 10_000)) return false;
                // 一亿两千万: 万 multiplies its own section; 三万亿 all before it.
                (whole, section) = (unit > 10_000 ? (whole + section) * unit : whole + (section * unit), 0);
            }
            else section += (Pending ?? 1) * unit;
            (Pending, lastUnit) = (null, unit);
            return whole + section < Most;
        }

        /// <summary>The value; 三万八 and 4万8 mean eight of the next lower unit.</summary>
        public readonly decimal? Close()
        {
            var rest = Pending ?? 0;
            if (Pending is > 0 and < 10 && HasUnit && lastUnit >= 100 && decimal.IsInteger(rest)) rest *= lastUnit / 10;
            var value = whole + section + rest;
            return value < Most ? value : null;
        }
    }
}
