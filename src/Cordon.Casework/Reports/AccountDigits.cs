using System.Runtime.InteropServices;

namespace Cordon.Casework.Reports;

/// <summary>Takes the numbers of accounts and cards, and their tails.</summary>
internal static class AccountDigits
{
    private const int Least = 12;

    private static readonly string[] TailWords =
        ["尾号", "末四位", "后四位", "ending in", "ending with", "ending", "ends in", "ends with", "ends", "last four digits", "last 4 digits"];

    // Between the word and the digits: 尾号为1234, 尾号是 1234, ends in: 1234.
    private static readonly string[] TailLinks = ["为", "是", ":", "are ", "is "];

    // Numbers of parcels and receipts are as long as an account's.
    private static readonly string[] OtherNumbers = ["订单", "单号", "流水", "运单", "快递", "编号", "凭证", "order", "receipt", "tracking", "reference", "serial"];

    public static List<AccountFact> TakeTails(FoldedText text)
    {
        var found = new List<AccountFact>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('尾' or '末' or '后' or 'e' or 'l')) continue;
            if (Array.Find(TailWords, w => text.Starts(i, w)) is not { } word || text.IsLetter(i - 1)) continue;
            var at = text.SkipBlanks(i + word.Length);
            if (Array.Find(TailLinks, l => text.Starts(at, l)) is { } link) at = text.SkipBlanks(at + link.Length);
            if (text[at] is '*') while (text[at] is '*' && at - i < 24) at++;
            var end = at;
            while (text.IsDigit(end)) end++;
            if (end - at is < 3 or > 6 || text.IsLetter(end) || text[end] is '元' or '万' or '点' || text.Take(at, end) is not { } span) continue;
            found.Add(new AccountFact(span, text.Slice(at, end - at).ToString(), IsTail: true, LuhnHolds: false));
        }
        return found;
    }

    /// <summary>Numbers in printed groups, so long that no telephone number is; the groups in their middle may look like one.</summary>
    public static List<AccountFact> TakeGrouped(FoldedText text, List<DigitGroup> groups) => Take(text, groups, least: 15, grouped: true);

    public static List<AccountFact> Take(FoldedText text, List<DigitGroup> groups) => Take(text, groups, Least, grouped: false);

    private static List<AccountFact> Take(FoldedText text, List<DigitGroup> groups, int least, bool grouped)
    {
        var found = new List<AccountFact>();
        var all = CollectionsMarshal.AsSpan(groups);
        for (var i = 0; i < all.Length;)
        {
            var used = 0;
            for (var count = Reach(all[i..]); count > 0 && used == 0; count--)
            {
                var part = all.Slice(i, count);
                var digits = NumberRuns.Digits(text, part);
                if (digits.Length < least || (grouped && count == 1) || !GroupsFit(part) || IsStamp(digits) || IsOther(text, part[0].Start)) continue;
                if (text.Take(part[0].Start, part[^1].End) is not { } span) continue;
                found.Add(new AccountFact(span, digits, IsTail: false, Luhn(digits)));
                used = count;
            }
            i += Math.Max(used, 1);
        }
        return found;
    }

    private static int Reach(ReadOnlySpan<DigitGroup> groups)
    {
        var count = 1;
        while (count < groups.Length && count < NumberRuns.MostGroups && groups[count].Joined && !groups[count].Plus) count++;
        return count;
    }

    // Cards are printed in fours, some as six and the rest; a blank between an account and an amount joins nothing.
    private static bool GroupsFit(ReadOnlySpan<DigitGroup> part)
    {
        if (part[0].Plus) return false;
        if (part.Length == 1) return true;
        if (part.Length == 2 && part[0].Length == 6) return part[1].Length is >= 10 and <= 13;
        foreach (var group in part[..^1])
            if (group.Length != 4) return false;
        return part[^1].Length is >= 1 and <= 4;
    }

    // 20260302101500: a moment that a machine wrote.
    private static bool IsStamp(string digits) =>
        digits.Length == 14 && digits.StartsWith("20", StringComparison.Ordinal)
        && DateTime.TryParseExact(digits, "yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _);

    private static bool IsOther(FoldedText text, int start)
    {
        var before = text.Before(start, 12);
        foreach (var word in OtherNumbers)
            if (before.Contains(word, StringComparison.Ordinal)) return true;
        return false;
    }

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 1) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }
        return sum % 10 == 0;
    }
}
