using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>Takes telephone numbers as people write them. What is not surely one is left: an amount must not become a suspect.</summary>
internal static class PhoneDigits
{
    private const string Home = "86";

    // How many digits follow the code of countries that people of China are called from (ITU-T E.164 national plans).
    private static readonly (string Code, int Least, int Most)[] Plans =
    [
        ("852", 8, 8), ("853", 8, 8), ("886", 8, 9), ("855", 8, 9), ("856", 8, 10), ("95", 7, 10), ("84", 9, 10), ("66", 8, 9), ("63", 8, 10),
        ("60", 8, 10), ("65", 8, 8), ("62", 8, 12), ("81", 9, 10), ("82", 8, 10), ("61", 9, 9), ("44", 9, 10), ("1", 10, 10), ("7", 10, 10),
    ];

    public static List<PhoneFact> Take(FoldedText text, List<DigitGroup> groups)
    {
        var found = new List<PhoneFact>();
        var all = CollectionsMarshal.AsSpan(groups);
        for (var i = 0; i < all.Length;)
        {
            var used = 0;
            var most = Reach(all[i..]);
            // The longest reading first, so that 010 1234 5678 is one number and not its tail.
            for (var count = most; count > 0 && used == 0; count--)
            {
                var part = all.Slice(i, count);
                if (Read(NumberRuns.Digits(text, part), part) is not { } read || FollowedByUnit(text, part[^1].End)) continue;
                if (!PhoneNumber.TryParse("+" + read.E164, out var number) || text.Take(StartOf(text, part[0]), part[^1].End) is not { } span) continue;
                found.Add(new PhoneFact(span, number, read.Sort));
                used = count;
            }
            i += Math.Max(used, 1);
        }
        return found;
    }

    /// <summary>How many groups from the first on may be one number.</summary>
    private static int Reach(ReadOnlySpan<DigitGroup> groups)
    {
        var (count, digits) = (1, groups[0].Length);
        while (count < groups.Length && count < NumberRuns.MostGroups && groups[count].Joined && !groups[count].Plus && (digits += groups[count].Length) <= NumberRuns.MostDigits) count++;
        return count;
    }

    private static int StartOf(FoldedText text, DigitGroup first)
    {
        if (first.Plus) return text[first.Start - 1] == '+' ? first.Start - 1 : first.Start - 2;
        return text[first.Start - 1] == '(' && text[first.End] == ')' ? first.Start - 1 : first.Start;
    }

    private static bool FollowedByUnit(FoldedText text, int end) => text[end] is '元' or '块' or '万' or '年' or '次' or '个' or '笔' or '%' or ':';

    private static (string E164, PhoneSort Sort)? Read(string digits, ReadOnlySpan<DigitGroup> part)
    {
        if (digits.Length == 0) return null;
        if (part[0].Plus) return digits.StartsWith(Home, StringComparison.Ordinal) ? AtHome(digits[2..], part, coded: true) : Abroad(digits);
        if (digits.StartsWith("0086", StringComparison.Ordinal)) return AtHome(digits[4..], part, coded: true);
        if (digits.StartsWith("00", StringComparison.Ordinal)) return Abroad(digits[2..]);
        if (digits.Length == 13 && digits.StartsWith(Home, StringComparison.Ordinal) && IsMobile(digits.AsSpan(2)) && part[0].Length is 2 or 13) return (digits, PhoneSort.Mobile);
        return AtHome(digits, part, coded: false);
    }

    private static (string E164, PhoneSort Sort)? AtHome(string digits, ReadOnlySpan<DigitGroup> part, bool coded)
    {
        if (digits.Length == 0) return null;
        if (IsMobile(digits)) return (coded || GroupsFit(part, 4)) ? (Home + digits, PhoneSort.Mobile) : null;
        if (IsHotline(digits) && (coded || GroupsFit(part, 3))) return (Home + digits, PhoneSort.Hotline);
        var trunk = digits[0] == '0';
        if (!trunk && !coded) return null;
        var national = trunk ? digits[1..] : digits;
        // Two digits of area in the great cities, three elsewhere; seven or eight digits of the line.
        var area = national.Length > 0 && national[0] is '1' or '2' ? 2 : 3;
        if (national.Length < 1 || national[0] == '0' || (area == 2 && national.StartsWith('1') && !national.StartsWith("10", StringComparison.Ordinal))) return null;
        var line = national.Length - area;
        var fits = area == 2 ? line == 8 : line is 7 or 8;
        return fits && national[area] is >= '2' and <= '8' ? (Home + national, PhoneSort.Landline) : null;
    }

    private static (string E164, PhoneSort Sort)? Abroad(string digits)
    {
        foreach (var (code, least, most) in Plans)
            if (digits.StartsWith(code, StringComparison.Ordinal))
                return digits.Length - code.Length >= least && digits.Length - code.Length <= most ? (digits, PhoneSort.Foreign) : null;
        return digits.Length is >= 8 and <= 15 && digits[0] != '0' ? (digits, PhoneSort.Foreign) : null;
    }

    private static bool IsMobile(ReadOnlySpan<char> digits) => digits.Length == 11 && digits[0] == '1' && digits[1] is >= '3' and <= '9';

    // Numbering plan of China: 400 and 800 with ten digits; 95 and 96 with five or six; the operators' 10000, 10010, 10086 and the like.
    private static bool IsHotline(string digits) => digits.Length switch
    {
        10 => digits.StartsWith("400", StringComparison.Ordinal) || digits.StartsWith("800", StringComparison.Ordinal),
        5 or 6 when digits.StartsWith("95", StringComparison.Ordinal) || digits.StartsWith("96", StringComparison.Ordinal) => !digits.EndsWith("000", StringComparison.Ordinal),
        5 => digits is "10000" or "10001" or "10010" or "10011" or "10016" or "10085" or "10086" or "10099" or "12321" or "12381",
        _ => false,
    };

    private static bool GroupsFit(ReadOnlySpan<DigitGroup> part, int most)
    {
        if (part.Length > most) return false;
        foreach (var group in part)
            if (group.Length < 3) return part[0] == group && part.Length > 1 && group.Length == 2 && part.Length <= most;
        return true;
    }
}
