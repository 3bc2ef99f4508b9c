namespace Cordon.Casework.Reports;

/// <summary>Reads a day, and with it the part of the day where one word tells both.</summary>
internal static class DateWords
{
    private static readonly (string Word, int Days, DayPart? Part)[] Relative =
    [
        ("大前天", -3, null), ("前天", -2, null), ("前日", -2, null), ("前晚", -2, DayPart.Night), ("昨天", -1, null), ("昨日", -1, null), ("昨晚", -1, DayPart.Night),
        ("昨夜", -1, DayPart.Night), ("昨早", -1, DayPart.Morning), ("今天", 0, null), ("今日", 0, null), ("今早", 0, DayPart.Morning), ("今晨", 0, DayPart.Dawn), ("今晚", 0, DayPart.Evening),
        ("the day before yesterday", -2, null), ("yesterday", -1, null), ("last night", -1, DayPart.Night), ("today", 0, null), ("tonight", 0, DayPart.Evening),
        ("this morning", 0, DayPart.Morning), ("this afternoon", 0, DayPart.Afternoon), ("this evening", 0, DayPart.Evening),
    ];

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private const string ChineseWeekdays = "一二三四五六日天";

    public static TimeWord? At(FoldedText text, int at, DateOnly today)
    {
        var c = text[at];
        if (text.IsDigit(at) || Numerals.DigitOf(c) is > 0 || c == '十')
            return Starts(text, at) ? Written(text, at, today) ?? MonthDay(text, at, today) ?? DayMonth(text, at, today) ?? DaysAgo(text, at, today) ?? DayAlone(text, at, today) : null;
        if (c is '大' or '前' or '昨' or '今' or 't' or 'y' or 'l')
            foreach (var (word, days, part) in Relative)
                if (c < 128 ? text.StartsWord(at, word) : text.Starts(at, word)) return new TimeWord(at, at + word.Length, today.AddDays(days), part);
        if (c is '去' or '今' && text[at + 1] == '年') return LastYear(text, at, today);
        if (c is '上' or '本' or '这' or '周' or '星' or '礼') return ChineseWeekday(text, at, today) ?? LastMonth(text, at, today);
        return char.IsAsciiLetter(c) && !text.IsLetter(at - 1) ? EnglishWeekday(text, at, today) ?? MonthName(text, at, today) : null;
    }

    /// <summary>A whole number of one or two digits, or in Chinese up to ninety-nine.</summary>
    public static (int Value, int End)? Small(FoldedText text, int at)
    {
        if (text.IsDigit(at))
        {
            var end = text.IsDigit(at + 1) ? at + 2 : at + 1;
            return text.IsDigit(end) ? null : ((text[at] - '0') * (end - at == 2 ? 10 : 1) + (end - at == 2 ? text[at + 1] - '0' : 0), end);
        }
        var i = at;
        var tens = Numerals.DigitOf(text[i]);
        if (tens is not null) i++;
        if (text[i] != '十') return tens is { } only && Numerals.DigitOf(text[i]) is null ? (only, i) : tens == 0 && Numerals.DigitOf(text[i]) is { } last ? (last, i + 1) : null;
        var units = Numerals.DigitOf(text[i + 1]);
        return ((tens ?? 1) * 10 + (units ?? 0), units is null ? i + 1 : i + 2);
    }

    private static bool Starts(FoldedText text, int at) =>
        !text.IsDigit(at - 1) && !(text[at - 1] is '.' or '-' or '/' or ':' && text.IsDigit(at - 2)) && (text.IsDigit(at) || (Numerals.DigitOf(text[at - 1]) is null && text[at - 1] != '十'));

    // 2026-03-02, 2026/3/2, 2026年3月2日, 二〇二六年三月二日
    private static TimeWord? Written(FoldedText text, int at, DateOnly today)
    {
        var year = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = text.IsDigit(at + i) ? text[at + i] - '0' : Numerals.DigitOf(text[at + i]);
            if (digit is null) return null;
            year = (year * 10) + digit.Value;
        }
        var separator = text[at + 4];
        if (separator == '年') return MonthDay(text, text.SkipBlanks(at + 5), today, year) is { } day ? day with { Start = at } : null;
        if (separator is not ('-' or '/' or '.') || Small(text, at + 5) is not { } month || text[month.End] != separator || Small(text, month.End + 1) is not { } last) return null;
        return Day(year, month.Value, last.Value) is { } date ? new TimeWord(at, last.End, date) : null;
    }

    // 3月2日, 三月二号
    private static TimeWord? MonthDay(FoldedText text, int at, DateOnly today, int? year = null)
    {
        if (Small(text, at) is not { } month || text[text.SkipBlanks(month.End)] != '月') return null;
        if (Small(text, text.SkipBlanks(text.SkipBlanks(month.End) + 1)) is not { } day) return null;
        var end = text.SkipBlanks(day.End, 1);
        end = text[end] is '日' or '号' ? end + 1 : day.End;
        return (year is null ? Latest(today, month.Value, day.Value) : Day(year.Value, month.Value, day.Value)) is { } date ? new TimeWord(at, end, date) : null;
    }

    // 2 March 2026, 2nd of March
    private static TimeWord? DayMonth(FoldedText text, int at, DateOnly today)
    {
        if (!text.IsDigit(at) || Small(text, at) is not { } day) return null;
        var i = SkipOrdinal(text, day.End);
        i = text.SkipBlanks(i);
        if (text.StartsWord(i, "of")) i = text.SkipBlanks(i + 2);
        return Month(text, i) is not { } month ? null : WithYear(text, at, month.End, today, month.Value, day.Value);
    }

    // March 2, 2026
    private static TimeWord? MonthName(FoldedText text, int at, DateOnly today)
    {
        if (Month(text, at) is not { } month || Small(text, text.SkipBlanks(month.End)) is not { } day || !text.IsDigit(text.SkipBlanks(month.End))) return null;
        return text[day.End] == ':' ? null : WithYear(text, at, SkipOrdinal(text, day.End), today, month.Value, day.Value);
    }

    private static TimeWord? WithYear(FoldedText text, int at, int end, DateOnly today, int month, int day)
    {
        var i = text.SkipBlanks(text[end] == ',' ? end + 1 : end);
        var four = text[i] is '1' or '2' && text.IsDigit(i + 1) && text.IsDigit(i + 2) && text.IsDigit(i + 3) && !text.IsDigit(i + 4) && !text.IsTaken(i);
        if (four && !(text[i + 4] is ',' or '.' or ':' && text.IsDigit(i + 5)))
        {
            var year = ((text[i] - '0') * 1000) + ((text[i + 1] - '0') * 100) + ((text[i + 2] - '0') * 10) + text[i + 3] - '0';
            if (year is >= 1970 and <= 2200 && Day(year, month, day) is { } whole) return new TimeWord(at, i + 4, whole);
        }
        return Latest(today, month, day) is { } date ? new TimeWord(at, end, date) : null;
    }

    private static (int Value, int End)? Month(FoldedText text, int at)
    {
        for (var i = 0; i < Months.Length; i++)
        {
            if (text.StartsWord(at, Months[i])) return (i + 1, at + Months[i].Length);
            if (text.StartsWord(at, Months[i][..3])) return (i + 1, at + (text[at + 3] == '.' ? 4 : 3));
        }
        return null;
    }

    private static int SkipOrdinal(FoldedText text, int at) =>
        (text.Starts(at, "st") || text.Starts(at, "nd") || text.Starts(at, "rd") || text.Starts(at, "th")) && !text.IsLetter(at + 2) ? at + 2 : at;

    // 3天前, 3 days ago
    private static TimeWord? DaysAgo(FoldedText text, int at, DateOnly today)
    {
        if (Small(text, at) is not { } days) return null;
        var i = text.SkipBlanks(days.End);
        foreach (var word in (string[])["天前", "天之前", "日前", "days ago", "day ago"])
            if (text.Starts(i, word)) return new TimeWord(at, i + word.Length, today.AddDays(-days.Value));
        return null;
    }

    // 3号: the last third of a month; a house, a line and a shop have numbers too.
    private static TimeWord? DayAlone(FoldedText text, int at, DateOnly today)
    {
        if (!text.IsDigit(at) || Small(text, at) is not { } day || text[day.End] is not ('日' or '号')) return null;
        if ("楼线店门院室厅桌房机内后元球码".Contains(text[day.End + 1], StringComparison.Ordinal)) return null;
        for (var back = 0; back < 3; back++)
        {
            var month = today.AddMonths(-back);
            if (Day(month.Year, month.Month, day.Value) is { } date && date <= today.AddDays(1)) return new TimeWord(at, day.End + 1, date);
        }
        return null;
    }

    // 去年3月2日, 今年3月2日
    private static TimeWord? LastYear(FoldedText text, int at, DateOnly today) =>
        MonthDay(text, at + 2, today, text[at] == '去' ? today.Year - 1 : today.Year) is { } day ? day with { Start = at } : null;

    // 上个月3号
    private static TimeWord? LastMonth(FoldedText text, int at, DateOnly today)
    {
        var length = text.Starts(at, "上个月") ? 3 : text.Starts(at, "上月") ? 2 : 0;
        if (length == 0 || Small(text, at + length) is not { } day || text[day.End] is not ('日' or '号')) return null;
        var month = today.AddMonths(-1);
        return Day(month.Year, month.Month, day.Value) is { } date ? new TimeWord(at, day.End + 1, date) : null;
    }

    // 周三, 上周三, 星期日
    private static TimeWord? ChineseWeekday(FoldedText text, int at, DateOnly today)
    {
        var (last, self) = (text.Starts(at, "上"), text.Starts(at, "本") || text.Starts(at, "这"));
        var i = at + (last || self ? 1 : 0);
        if (text[i] == '个') i++;
        var length = text.Starts(i, "周") ? 1 : text.Starts(i, "星期") || text.Starts(i, "礼拜") ? 2 : 0;
        if (length == 0) return null;
        var index = ChineseWeekdays.IndexOf(text[i + length], StringComparison.Ordinal);
        if (index < 0) return null;
        var day = Math.Min(index, 6);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var date = monday.AddDays(day - (last ? 7 : 0));
        if (!last && date > today) date = date.AddDays(-7);
        return new TimeWord(at, i + length + 1, date);
    }

    private static TimeWord? EnglishWeekday(FoldedText text, int at, DateOnly today)
    {
        var i = text.StartsWord(at, "last") ? text.SkipBlanks(at + 4) : at;
        var index = Array.FindIndex(Weekdays, d => text.StartsWord(i, d));
        if (index < 0) return null;
        var back = (((int)today.DayOfWeek + 6) % 7) - index;
        if (back < 0 || (back == 0 && i > at)) back += 7;
        return new TimeWord(at, i + Weekdays[index].Length, today.AddDays(-back));
    }

    /// <summary>The last such day that is not ahead.</summary>
    private static DateOnly? Latest(DateOnly today, int month, int day)
    {
        for (var year = today.Year; year >= today.Year - 4; year--)
            if (Day(year, month, day) is { } date && date <= today.AddDays(1)) return date;
        return null;
    }

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= 1970 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
