namespace Cordon.Casework.Reports;

/// <summary>Reads a part of the day or a clock's time.</summary>
internal static class ClockWords
{
    private static readonly (string Word, DayPart Part)[] Parts =
    [
        ("凌晨", DayPart.Dawn), ("清晨", DayPart.Morning), ("早晨", DayPart.Morning), ("早上", DayPart.Morning), ("上午", DayPart.Morning), ("中午", DayPart.Midday),
        ("下午", DayPart.Afternoon), ("傍晚", DayPart.Evening), ("晚上", DayPart.Evening), ("晚间", DayPart.Evening), ("夜里", DayPart.Night), ("深夜", DayPart.Night), ("半夜", DayPart.Night),
        ("in the morning", DayPart.Morning), ("morning", DayPart.Morning), ("in the afternoon", DayPart.Afternoon), ("afternoon", DayPart.Afternoon),
        ("in the evening", DayPart.Evening), ("evening", DayPart.Evening), ("at night", DayPart.Night),
    ];

    private static readonly string[] Numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    private static readonly string[] Abouts = ["about", "around", "approximately", "roughly"];

    // What may follow "at ten" so that ten is no count of things.
    private static readonly string[] Followers =
        ["on", "in", "yesterday", "today", "and", "i", "he", "she", "we", "they", "the", "this", "last", "someone", "somebody", "a", "when", "then", "by", "from", "to", "but", "my", "or", "sharp", "that", "it", "there"];

    public static TimeWord? At(FoldedText text, int at)
    {
        var c = text[at];
        if (text.IsDigit(at) || Numerals.DigitOf(c) is not null || c == '十') return Starts(text, at) ? Digital(text, at) ?? Chinese(text, at) ?? TwelveHours(text, at) : null;
        if (char.IsAsciiLetter(c) && text.IsLetter(at - 1)) return null;
        foreach (var (word, part) in Parts)
            if (c == word[0] && (c < 128 ? text.StartsWord(at, word) : text.Starts(at, word))) return new TimeWord(at, at + word.Length, Part: part);
        if (!char.IsAsciiLetter(c)) return null;
        if (text.StartsWord(at, "noon") || text.StartsWord(at, "midday")) return new TimeWord(at, at + (c == 'n' ? 4 : 6), Hour: 12);
        if (text.StartsWord(at, "midnight")) return new TimeWord(at, at + 8, Hour: 24);
        return AtHour(text, at) ?? Past(text, at) ?? (Number(text, at) is { } number ? Suffixed(text, at, number.Value, null, number.End) : null);
    }

    private static bool Starts(FoldedText text, int at) => !text.IsDigit(at - 1) && text[at - 1] is not (':' or '.' or '-' or '/' or '+')
        && (text.IsDigit(at) || (Numerals.DigitOf(text[at - 1]) is null && text[at - 1] != '十'));

    // 10:15, 10:15:30, 3:30 pm
    private static TimeWord? Digital(FoldedText text, int at)
    {
        if (!text.IsDigit(at) || DateWords.Small(text, at) is not { } hour || text[hour.End] != ':' || hour.Value > 24) return null;
        var end = hour.End + 3;
        if (!text.IsDigit(end - 2) || !text.IsDigit(end - 1) || text.IsDigit(end) || text[end - 2] > '5') return null;
        var minute = ((text[end - 2] - '0') * 10) + text[end - 1] - '0';
        if (text[end] == ':' && text.IsDigit(end + 1) && text.IsDigit(end + 2) && !text.IsDigit(end + 3)) end += 3;
        if (Suffixed(text, at, hour.Value, minute, end) is { } twelve) return twelve;
        return hour.Value == 24 && minute > 0 ? null : new TimeWord(at, end, Hour: hour.Value, Minute: minute);
    }

    // 10点, 十点半, 3点一刻, 10点05分, 22时
    private static TimeWord? Chinese(FoldedText text, int at)
    {
        if (DateWords.Small(text, at) is not { } hour || hour.Value > 24 || text[hour.End] is not ('点' or '时')) return null;
        var end = hour.End + 1;
        if (text[end] == '钟') end++;
        else if (text[end] == '半') return new TimeWord(at, end + 1, Hour: hour.Value, Minute: 30, Twelve: true);
        else if (text[end] is '一' or '三' && text[end + 1] == '刻') return new TimeWord(at, end + 2, Hour: hour.Value, Minute: text[end] == '一' ? 15 : 45, Twelve: true);
        else if (DateWords.Small(text, end) is { Value: < 60 } minute && !text.IsTaken(end) && !IsSum(text, minute.End))
        {
            end = text[minute.End] == '分' ? minute.End + 1 : minute.End;
            if (text[end] == '钟') end++;
            return new TimeWord(at, end, Hour: hour.Value, Minute: minute.Value, Twelve: true);
        }
        // Points of an argument are counted too.
        return "要建意原说理疑问关".Contains(text[end], StringComparison.Ordinal) ? null : new TimeWord(at, end, Hour: hour.Value, Twelve: true);
    }

    private static bool IsSum(FoldedText text, int at) => Numerals.UnitOf(text[at]) is not null || text[at] is '个' or '次' or '笔' or '.' or ',' && text.IsDigit(at + 1);

    // 10 am, 10.15 p.m., 10 o'clock
    private static TimeWord? TwelveHours(FoldedText text, int at)
    {
        if (!text.IsDigit(at) || DateWords.Small(text, at) is not { } hour || hour.Value is < 1 or > 12) return null;
        if (text[hour.End] == '.' && DateWords.Small(text, hour.End + 1) is { Value: < 60 } minute && minute.End == hour.End + 3)
            return Suffixed(text, at, hour.Value, minute.Value, minute.End);
        return Suffixed(text, at, hour.Value, null, hour.End);
    }

    private static TimeWord? Suffixed(FoldedText text, int at, int hour, int? minute, int end)
    {
        if (hour is < 1 or > 12) return null;
        var i = text.SkipBlanks(end, 1);
        if (minute is null && (text.Starts(i, "o'clock") || text.Starts(i, "o’clock"))) return new TimeWord(at, i + 7, Hour: hour, Twelve: true);
        var half = text[i];
        if (half is not ('a' or 'p')) return null;
        var after = text.Starts(i + 1, ".m.") ? i + 4 : text[i + 1] == 'm' && !text.IsLetter(i + 2) ? i + 2 : 0;
        return after == 0 ? null : new TimeWord(at, after, Hour: (hour % 12) + (half == 'p' ? 12 : 0), Minute: minute);
    }

    // at ten, at about 10
    private static TimeWord? AtHour(FoldedText text, int at)
    {
        if (!text.StartsWord(at, "at")) return null;
        var i = text.SkipBlanks(at + 2);
        if (Array.Find(Abouts, a => text.StartsWord(i, a)) is { } about) i = text.SkipBlanks(i + about.Length);
        var number = text.IsDigit(i) ? DateWords.Small(text, i) : Number(text, i);
        if (number is not { Value: >= 1 and <= 24 } hour) return null;
        if (Digital(text, i) is { } digital) return digital with { Start = i };
        if ((text.IsDigit(i) ? TwelveHours(text, i) : Suffixed(text, i, hour.Value, null, hour.End)) is { } twelve) return twelve;
        if (text[hour.End] is '.' or ',' or ':' or '/' or '-' && text.IsDigit(hour.End + 1)) return null;
        if (text[hour.End] is '%' or '-' || text.IsLetter(hour.End)) return null;
        var next = text.SkipBlanks(hour.End);
        if (text.IsDigit(next) || (text.IsLetter(next) && !Array.Exists(Followers, f => text.StartsWord(next, f)))) return null;
        return new TimeWord(i, hour.End, Hour: hour.Value, Twelve: true);
    }

    // half past ten, quarter to three
    private static TimeWord? Past(FoldedText text, int at)
    {
        var (word, minute) = text.StartsWord(at, "half past") ? ("half past", 30) : text.StartsWord(at, "quarter past") ? ("quarter past", 15) : text.StartsWord(at, "quarter to") ? ("quarter to", 45) : ("", 0);
        if (minute == 0) return null;
        var i = text.SkipBlanks(at + word.Length);
        var number = text.IsDigit(i) ? DateWords.Small(text, i) : Number(text, i);
        if (number is not { Value: >= 1 and <= 12 } hour) return null;
        var told = minute == 45 ? hour.Value == 1 ? 12 : hour.Value - 1 : hour.Value;
        return new TimeWord(at, hour.End, Hour: told, Minute: minute, Twelve: true);
    }

    private static (int Value, int End)? Number(FoldedText text, int at)
    {
        var index = Array.FindIndex(Numbers, n => text.StartsWord(at, n));
        return index < 0 ? null : (index + 1, at + Numbers[index].Length);
    }
}
