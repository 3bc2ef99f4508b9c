namespace Cordon.Casework.Reports;

/// <summary>Digits that stand together, with a plus sign or an opening bracket before them counted in.</summary>
/// <param name="Start">Where the first digit is.</param>
/// <param name="Length">How many digits.</param>
/// <param name="Joined">Whether one blank, hyphen or bracket ties it to the group before.</param>
/// <param name="Plus">Whether a plus sign stands before it.</param>
internal readonly record struct DigitGroup(int Start, int Length, bool Joined, bool Plus)
{
    public int End => Start + Length;
}

/// <summary>Finds the groups of digits that no other fact has taken.</summary>
internal static class NumberRuns
{
    /// <summary>The most groups that one number is put together from.</summary>
    public const int MostGroups = 6;

    /// <summary>The most digits that one number has.</summary>
    public const int MostDigits = 19;

    public static List<DigitGroup> Of(FoldedText text)
    {
        var groups = new List<DigitGroup>();
        for (var i = 0; i < text.Length;)
        {
            if (!text.IsDigit(i))
            {
                i++;
                continue;
            }
            var end = i;
            while (text.IsDigit(end)) end++;
            if (!text.IsTaken(i) && !PartOfWord(text, i, end))
                groups.Add(new DigitGroup(i, end - i, groups.Count > 0 && IsJoint(text, groups[^1].End, i), text[i - 1] == '+' || (text[i - 1] == '(' && text[i - 2] == '+')));
            i = end;
        }
        return groups;
    }

    /// <summary>The digits of groups one after another; empty where there are more than a number has.</summary>
    public static string Digits(FoldedText text, ReadOnlySpan<DigitGroup> groups)
    {
        var total = 0;
        foreach (var group in groups) total += group.Length;
        if (total > MostDigits) return "";
        Span<char> digits = stackalloc char[total];
        var at = 0;
        foreach (var group in groups)
        {
            text.Slice(group.Start, group.Length).CopyTo(digits[at..]);
            at += group.Length;
        }
        return digits.ToString();
    }

    // A letter beside the digits makes them a code; a point or comma between few digits, a decimal.
    private static bool PartOfWord(FoldedText text, int start, int end) =>
        text.IsLetter(start - 1) || text.IsLetter(end) || text[start - 1] == '_' || text[end] is '_' or '%' || IsDecimal(text, start - 1) || IsDecimal(text, end);

    private static bool IsDecimal(FoldedText text, int at)
    {
        if (text[at] is not ('.' or ',') || !text.IsDigit(at - 1) || !text.IsDigit(at + 1)) return false;
        var (left, right) = (1, 1);
        while (left < 12 && text.IsDigit(at - 1 - left)) left++;
        while (right < 12 && text.IsDigit(at + 1 + right)) right++;
        return text[at] == ',' ? left <= 3 && right == 3 : right <= 2 || left <= 3;
    }

    private static bool IsJoint(FoldedText text, int from, int to) => text.Slice(from, to - from) is " " or "-" or " - " or ")" or ") " or "(" or " (" or ")-" or "(0)";
}
