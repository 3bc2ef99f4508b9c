namespace Cordon.Casework.Reports;

/// <summary>
/// Takes identity numbers out of what is read. Beside those that the mask found, whose check character fits, it takes
/// those that were mistyped: eighteen characters with a birth date in their middle are a person's number to anybody who reads them.
/// </summary>
internal static class IdentityMarks
{
    private const int Length = 18;

    public static List<TextSpan> Take(FoldedText text)
    {
        var found = new List<TextSpan>();
        for (var i = 0; i < text.Length;)
        {
            var end = text.Covered[i] ? EndOfCovered(text, i) : LooksLikeOne(text, i);
            if (end > i && text.Take(StartOf(text, i), end) is { } span) found.Add(span);
            i = Math.Max(end, i + 1);
        }
        return found;
    }

    // The mask leaves the two digits of the province; blanks and hyphens may stand among the others.
    private static int StartOf(FoldedText text, int at)
    {
        if (!text.Covered[at]) return at;
        var start = at;
        for (var (digits, back) = (0, at - 1); digits < 2 && back >= 0 && at - back <= 8 && !text.IsTaken(back) && !text.Covered[back]; back--)
        {
            if (IsNumeral(text[back])) (digits, start) = (digits + 1, back);
            else if (char.IsLetter(text[back])) break;
        }
        return start;
    }

    private static int EndOfCovered(FoldedText text, int at)
    {
        var end = at;
        for (var i = at; i < text.Length && i - end <= 3; i++)
            if (text.Covered[i]) end = i + 1;
        return end;
    }

    private static bool IsNumeral(char c) => char.IsAsciiDigit(c) || "〇零一二三四五六七八九".Contains(c, StringComparison.Ordinal);

    /// <summary>The end of eighteen digits, or seventeen and an X, that hold a birth date; 0 where they do not.</summary>
    private static int LooksLikeOne(FoldedText text, int at)
    {
        if (!text.IsDigit(at) || text.IsDigit(at - 1)) return 0;
        Span<char> digits = stackalloc char[Length];
        var (count, i) = (0, at);
        for (; count < Length; i++)
        {
            if (text.IsDigit(i) || (count == Length - 1 && text[i] == 'x')) digits[count++] = text[i];
            else if (!(text[i] is ' ' or '-' && (text.IsDigit(i + 1) || (count == Length - 1 && text[i + 1] == 'x')))) return 0;
        }
        if (text.IsDigit(i)) return 0;
        return digits[0] is >= '1' and <= '9' && IsBirthDate(digits.Slice(6, 8)) ? i : 0;
    }

    private static bool IsBirthDate(ReadOnlySpan<char> date)
    {
        static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
        var (year, month, day) = (Number(date[..4]), Number(date[4..6]), Number(date[6..]));
        return year is >= 1900 and <= 2099 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }
}
