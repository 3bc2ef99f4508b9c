using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>A part of the day, by the hours that people mean by it.</summary>
/// <param name="From">The first hour.</param>
/// <param name="To">The hour at which it ends; above 24 on the next day.</param>
internal sealed record DayPart(int From, int To)
{
    public static readonly DayPart Dawn = new(0, 6);
    public static readonly DayPart Morning = new(6, 12);
    public static readonly DayPart Midday = new(11, 14);
    public static readonly DayPart Afternoon = new(12, 18);
    public static readonly DayPart Evening = new(18, 24);
    public static readonly DayPart Night = new(18, 30);

    /// <summary>The hour from the day's beginning that a clock of twelve hours means in this part: 24 and above on the next day.</summary>
    public int Hour(int told) => this switch
    {
        _ when told > 12 => told,
        { From: 0 } => told % 12,
        { From: 6 } => told,
        { From: 11 } => told < 11 ? told + 12 : told,
        { From: 12 } => (told % 12) + 12,
        // Twelve at night is the end of the day, and one to five after it are still that night's.
        _ => told == 12 ? 24 : told < 6 && To > 24 ? told + 24 : told < 5 ? told + 24 : told + 12,
    };
}

/// <summary>A word of time: a date, a part of the day, a clock's time; a word may be two of them ("last night").</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Date">The day.</param>
/// <param name="Part">The part of the day.</param>
/// <param name="Hour">The hour told, 0 to 24.</param>
/// <param name="Minute">The minute told; null to the hour.</param>
/// <param name="Twelve">Whether the hour may be of a clock with twelve.</param>
internal readonly record struct TimeWord(int Start, int End, DateOnly? Date = null, DayPart? Part = null, int? Hour = null, int? Minute = null, bool Twelve = false);

/// <summary>Takes times: words of time that stand together are one.</summary>
internal static class TimeWords
{
    private const int WidestGap = 24;

    private static readonly string[] Glue =
        [" ", ",", "的", "在", "大约", "大概", "约", "差不多", "快", "at", "on", "about", "around", "approximately", "roughly", "in", "the", "of", "(", ")", "t"];

    private static readonly string[] AboutBefore = ["大约", "大概", "约", "差不多", "快", "about", "around", "approximately", "roughly"];
    private static readonly string[] AboutAfter = ["左右", "前后", "多", "许", "or so"];

    public static List<TimeFact> Take(FoldedText text, ReadingTerms terms)
    {
        var now = terms.Now.ToDateTimeOffset();
        if (now.Year is < 1970 or > 2200) throw new ArgumentException("Reports are told between 1970 and 2200.", nameof(terms));
        var local = now.ToOffset(terms.Offset).DateTime;
        var reading = new Reading(text, local, terms.Offset);
        for (var i = 0; i < text.Length;)
        {
            var word = text.IsTaken(i) ? null : DateWords.At(text, i, DateOnly.FromDateTime(local)) ?? ClockWords.At(text, i);
            if (word is { } found && found.End > i) reading.Add(found);
            i = word is { } w && w.End > i ? w.End : i + 1;
        }
        reading.Close();
        return reading.Found;
    }

    private static bool IsGlue(FoldedText text, int from, int to)
    {
        if (to - from > WidestGap) return false;
        while (from < to)
        {
            var word = Array.Find(Glue, g => text.Starts(from, g) && (g.Length < 2 || !char.IsAsciiLetter(g[0]) || !text.IsLetter(from + g.Length)));
            if (word is null || (word == "t" && !text.IsDigit(from - 1))) return false;
            from += word.Length;
        }
        return true;
    }

    /// <summary>The words that are being put together.</summary>
    private sealed class Reading(FoldedText text, DateTime now, TimeSpan offset)
    {
        private TimeWord held;
        private bool any;
        private DateOnly? lastDate;

        public List<TimeFact> Found { get; } = [];

        public void Add(TimeWord word)
        {
            if (any && !(Fits(word) && IsGlue(text, held.End, word.Start))) Close();
            held = !any ? word : new TimeWord(
                held.Start, word.End, held.Date ?? word.Date, held.Part ?? word.Part, held.Hour ?? word.Hour, held.Hour is null ? word.Minute : held.Minute,
                held.Hour is null ? word.Twelve : held.Twelve);
            any = true;
        }

        public void Close()
        {
            if (!any) return;
            any = false;
            var date = held.Date ?? lastDate;
            if (held.Date is not null) lastDate = held.Date;
            if (held is { Date: null, Hour: null }) return;
            var about = Array.Exists(AboutBefore, w => text.Before(held.Start, 14).TrimEnd(' ').EndsWith(w, StringComparison.Ordinal))
                || Array.Exists(AboutBefore, w => text.Slice(held.Start, held.End - held.Start).Contains(w, StringComparison.Ordinal));
            var end = held.End;
            if (Array.Find(AboutAfter, w => text.Starts(text.SkipBlanks(held.End, 1), w)) is { } after) (about, end) = (true, text.SkipBlanks(held.End, 1) + after.Length);
            if (Fact(date, about) is not { } fact || text.Take(held.Start, end) is not { } span) return;
            Found.Add(fact with { Span = span });
        }

        private bool Fits(TimeWord word) =>
            (held.Date is null || word.Date is null) && (held.Part is null || word.Part is null) && (held.Hour is null || word.Hour is null);

        private TimeFact? Fact(DateOnly? date, bool about)
        {
            if (held.Hour is not { } told)
                return held.Part is { } part
                    ? Of(date!.Value, part.From * 60, part.To * 60, TimePrecision.HalfDay, about, false)
                    : Of(date!.Value, 0, 24 * 60, TimePrecision.Day, about, false);
            var hour = held.Part?.Hour(told) ?? told;
            var either = held is { Part: null, Twelve: true } && told is >= 1 and <= 11;
            var minutes = (hour * 60) + (held.Minute ?? 0);
            var (length, precision) = held.Minute is null ? (60, TimePrecision.Hour) : (1, TimePrecision.Minute);
            // Without a day the last such time before the telling is meant.
            var day = date ?? DateOnly.FromDateTime(now.AddMinutes(5) >= now.Date.AddMinutes(minutes) ? now.Date : now.Date.AddDays(-1));
            return Of(day, minutes, minutes + length, precision, about, either);
        }

        private TimeFact? Of(DateOnly date, int from, int to, TimePrecision precision, bool about, bool either)
        {
            if (date.Year is < 1970 or > 2200) return null;
            var day = Instant.From(new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), offset));
            return new TimeFact(default, day + TimeSpan.FromMinutes(from), day + TimeSpan.FromMinutes(to), precision, about, either);
        }
    }
}
