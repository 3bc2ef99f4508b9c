using Cordon.Casework.Reports;

namespace Cordon.Tests.Reports;

public sealed class TimeFactsTests
{
    [Theory]
    [InlineData("昨天上午10点左右", "2026-03-08 10:00", TimePrecision.Hour)]
    [InlineData("3月2日下午三点半", "2026-03-02 15:30", TimePrecision.Minute)]
    [InlineData("3月2日10点5分", "2026-03-02 10:05", TimePrecision.Minute)]
    [InlineData("2026-03-02 10:15", "2026-03-02 10:15", TimePrecision.Minute)]
    [InlineData("2026-03-02T10:15:30", "2026-03-02 10:15", TimePrecision.Minute)]
    [InlineData("2026年3月2日22时15分", "2026-03-02 22:15", TimePrecision.Minute)]
    [InlineData("二〇二六年三月二日", "2026-03-02 00:00", TimePrecision.Day)]
    [InlineData("2026/3/2", "2026-03-02 00:00", TimePrecision.Day)]
    [InlineData("12月28号晚上", "2025-12-28 18:00", TimePrecision.HalfDay)]
    [InlineData("去年12月28日", "2025-12-28 00:00", TimePrecision.Day)]
    [InlineData("昨晚8点", "2026-03-08 20:00", TimePrecision.Hour)]
    [InlineData("昨晚12点", "2026-03-09 00:00", TimePrecision.Hour)]
    [InlineData("昨晚1点半", "2026-03-09 01:30", TimePrecision.Minute)]
    [InlineData("今天凌晨2点", "2026-03-09 02:00", TimePrecision.Hour)]
    [InlineData("前天中午12点", "2026-03-07 12:00", TimePrecision.Hour)]
    [InlineData("今天中午1点一刻", "2026-03-09 13:15", TimePrecision.Minute)]
    [InlineData("3天前", "2026-03-06 00:00", TimePrecision.Day)]
    [InlineData("两天前下午", "2026-03-07 12:00", TimePrecision.HalfDay)]
    [InlineData("上周五下午4点", "2026-03-06 16:00", TimePrecision.Hour)]
    [InlineData("星期日上午", "2026-03-08 06:00", TimePrecision.HalfDay)]
    [InlineData("5号下午", "2026-03-05 12:00", TimePrecision.HalfDay)]
    [InlineData("上个月20号", "2026-02-20 00:00", TimePrecision.Day)]
    [InlineData("上午10点接到电话", "2026-03-09 10:00", TimePrecision.Hour)]
    [InlineData("晚上9点接到电话", "2026-03-08 21:00", TimePrecision.Hour)]
    [InlineData("yesterday at ten", "2026-03-08 10:00", TimePrecision.Hour)]
    [InlineData("at ten yesterday", "2026-03-08 10:00", TimePrecision.Hour)]
    [InlineData("at about 10 am on 2 March", "2026-03-02 10:00", TimePrecision.Hour)]
    [InlineData("2 March, 10:05", "2026-03-02 10:05", TimePrecision.Minute)]
    [InlineData("on March 2nd, 2026 at 3:30 p.m.", "2026-03-02 15:30", TimePrecision.Minute)]
    [InlineData("On Friday afternoon", "2026-03-06 12:00", TimePrecision.HalfDay)]
    [InlineData("the day before yesterday at half past ten", "2026-03-07 10:30", TimePrecision.Minute)]
    [InlineData("yesterday at quarter to three", "2026-03-08 02:45", TimePrecision.Minute)]
    [InlineData("last night", "2026-03-08 18:00", TimePrecision.HalfDay)]
    [InlineData("this morning at 9 o'clock", "2026-03-09 09:00", TimePrecision.Hour)]
    [InlineData("3 days ago at noon", "2026-03-06 12:00", TimePrecision.Hour)]
    [InlineData("at ten in the evening yesterday", "2026-03-08 22:00", TimePrecision.Hour)]
    [InlineData("I paid at 10.15 pm", "2026-03-08 22:15", TimePrecision.Minute)]
    public void A_time_is_read_against_the_day_of_the_telling(string text, string from, TimePrecision precision)
    {
        var found = Assert.Single(Told.Read(text).Times);
        Assert.Equal((from, precision), (Told.Clock(found.From), found.Precision));
        Assert.True(found.To > found.From);
    }

    [Theory]
    [InlineData("有3点要说明")]
    [InlineData("住在3号楼")]
    [InlineData("等了3小时")]
    [InlineData("at 48,000 yuan")]
    [InlineData("at 10 banks")]
    [InlineData("at 10%")]
    [InlineData("13月45日")]
    [InlineData("may have paid")]
    [InlineData("10:75")]
    [InlineData("尾号1234")]
    [InlineData("三万八千元")]
    public void What_is_no_time_is_left(string text) => Assert.Empty(Told.Read(text).Times);

    [Fact]
    public void A_second_time_is_of_the_day_that_was_told_before()
    {
        var times = Told.Read("昨天上午10点转了3万，下午3点又转了两万").Times;
        Assert.Equal(["2026-03-08 10:00", "2026-03-08 15:00"], times.Select(t => Told.Clock(t.From)));
    }

    [Fact]
    public void About_is_kept_and_marked_with_the_time()
    {
        var text = "大约昨天上午10点左右转的";
        var found = Assert.Single(Told.Read(text).Times);
        Assert.True(found.Approximate);
        Assert.Equal("昨天上午10点左右", text.Substring(found.Span.Start, found.Span.Length));
    }

    [Fact]
    public void An_hour_without_its_half_of_the_day_may_be_either()
    {
        var found = Assert.Single(Told.Read("昨天3点").Times);
        Assert.True(found.EitherHalf);
        Assert.Equal(TimeSpan.Zero, found.Off(Told.At("2026-03-08 15:20")));
        Assert.Equal(TimeSpan.Zero, found.Off(Told.At("2026-03-08 03:20")));
        Assert.True(found.Off(Told.At("2026-03-08 09:20")) > TimeSpan.FromHours(5));
        Assert.False(Assert.Single(Told.Read("昨天下午3点").Times).EitherHalf);
        Assert.False(Assert.Single(Told.Read("昨天15点").Times).EitherHalf);
    }

    [Fact]
    public void Another_clock_gives_another_instant()
    {
        var there = ReportText.Read("yesterday at 10:15", Told.Terms with { Offset = TimeSpan.Zero });
        Assert.Equal("2026-03-08T10:15:00Z", Assert.Single(there.Times).From.ToString());
        Assert.Throws<ArgumentException>(() => ReportText.Read("x", Told.Terms with { Offset = TimeSpan.FromHours(15) }));
    }
}
