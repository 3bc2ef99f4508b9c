using Cordon.Casework.Packs;
using Cordon.Casework.Restitution;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Restitution;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Cn = WorkingCalendar.Load(Path.Combine(RepositoryFolder.Root, "packs", "cn", "calendar.yaml"));

    [Theory]
    [InlineData("2026-03-02T16:00:00+08:00", 3, "2026-03-06T00:00:00+08:00")] // Monday: Tuesday, Wednesday, Thursday to its end
    [InlineData("2026-03-05T23:59:00+08:00", 3, "2026-03-11T00:00:00+08:00")] // Thursday: Friday, then past the weekend
    [InlineData("2026-02-13T10:00:00+08:00", 3, "2026-02-26T00:00:00+08:00")] // the 14th is a Saturday with work, the 15th to 23rd are free
    [InlineData("2026-09-30T10:00:00+08:00", 1, "2026-10-09T00:00:00+08:00")] // National Day: the 8th is the next day with work
    [InlineData("2026-10-08T10:00:00+08:00", 2, "2026-10-11T00:00:00+08:00")] // Friday, and the Saturday with work
    [InlineData("2027-01-01T10:00:00+08:00", 1, "2027-01-05T00:00:00+08:00")] // beyond the calendar: weekends alone
    [InlineData("2026-03-02T17:00:00Z", 1, "2026-03-05T00:00:00+08:00")] // already Tuesday by China's clock
    public void A_term_of_working_days_ends_with_its_last_day(string from, int days, string end) =>
        Assert.Equal(At(end), Cn.AfterWorkingDays(At(from), days));

    [Fact]
    public void A_term_of_days_counts_all_of_them() => Assert.Equal(At("2026-04-02T00:00:00+08:00"), Cn.AfterDays(At("2026-03-02T16:00:00+08:00"), 30));

    [Fact]
    public void Every_fault_of_a_calendar_is_told_with_its_line()
    {
        var faults = new PackFaults("calendar.yaml");
        Assert.Null(WorkingCalendar.Read("calendar: x\nutcOffset: 8\nsource: s\nthrough: soon\nholidays:\n  - 2026-13-01\n  - 2026-02-01..2026-01-01\n  - 2026-05-01\nworkdays:\n  - 2026-05-01\nextra: 1\n", faults));
        Assert.Equal([2, 4, 6, 7, 10, 11], faults.Found.Select(f => f.Line).Order());
    }

    private static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
