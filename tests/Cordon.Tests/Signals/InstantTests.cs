using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Signals;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2026-03-02", "2026-03-02T00:00:00Z")]
    [InlineData("2026-03-02T08:15:00Z", "2026-03-02T08:15:00Z")]
    [InlineData("2026-03-02t08:15:00z", "2026-03-02T08:15:00Z")]
    [InlineData("2026-03-02 08:15:00+08:00", "2026-03-02T00:15:00Z")]
    [InlineData("2026-03-02T00:15:00-08:30", "2026-03-02T08:45:00Z")]
    [InlineData("2026-03-02T08:15:00.5Z", "2026-03-02T08:15:00.500000Z")]
    [InlineData("2026-03-02T08:15:00.1234569+00:00", "2026-03-02T08:15:00.123456Z")]
    [InlineData("2026-03-02T08:15:00.123456789012345Z", "2026-03-02T08:15:00.123456Z")]
    [InlineData("1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999999Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z")]
    public void Rfc_3339_is_read(string text, string utc)
    {
        Assert.True(Instant.TryParse(text, out var at));
        Assert.Equal(utc, at.ToString());
        Assert.True(Instant.TryParse(utc, out var again));
        Assert.Equal(at, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-29")]
    [InlineData("2026-3-2")]
    [InlineData("02/03/2026 08:15:00Z")]
    [InlineData("03/02/2026 08:15:00 +08:00")]
    [InlineData("2026-03-02T08:15:00")]
    [InlineData("2026-03-02T08:15Z")]
    [InlineData("2026-03-02T24:00:00Z")]
    [InlineData("2026-03-02T08:60:00Z")]
    [InlineData("2026-03-02T08:15:00.Z")]
    [InlineData("2026-03-02T08:15:00,5Z")]
    [InlineData("2026-03-02T08:15:00.5x6Z")]
    [InlineData("2026-03-02T08:15:00 Z")]
    [InlineData("2026-03-02T08:15:00+0800")]
    [InlineData("2026-03-02T08:15:00+8:00")]
    [InlineData("2026-03-02T08:15:00+24:00")]
    [InlineData("2026-03-02T08:15:00Z\0")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("Mon, 02 Mar 2026 08:15:00 GMT")]
    public void What_is_not_rfc_3339_is_refused(string text) => Assert.False(Instant.TryParse(text, out _));

    [Fact]
    public void What_is_finer_than_a_microsecond_is_dropped_the_same_way_before_1970()
    {
        var before = new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero).AddTicks(9_999_999);
        Assert.Equal(new Instant(-1), Instant.From(before));
        Assert.Equal(new Instant(0), Instant.From(DateTimeOffset.UnixEpoch.AddTicks(9)));
    }

    [Fact]
    public void An_instant_is_its_date_and_back()
    {
        SignalGen.AnyInstant.Sample(at => Assert.Equal(at, Instant.From(at.ToDateTimeOffset())));
        Assert.Throws<ArgumentOutOfRangeException>(() => (Instant.Max + TimeSpan.FromDays(1)).ToDateTimeOffset());
    }

    [Fact]
    public void Spans_between_instants_add_up()
    {
        var at = SignalGen.Parse("2026-03-02T08:15:00Z");
        Assert.Equal(TimeSpan.FromHours(48), at + TimeSpan.FromHours(48) - at);
        Assert.Equal(at, at + TimeSpan.FromHours(48) - TimeSpan.FromHours(48));
        Assert.True(at < at + TimeSpan.FromMicroseconds(1));
        Assert.True(at >= at - TimeSpan.Zero);
    }
}
