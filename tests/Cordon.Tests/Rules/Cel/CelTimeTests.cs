using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Rules.Cel;

/// <summary>Timestamps and durations of the language beside those of the engine.</summary>
public sealed class CelTimeTests
{
    [Fact]
    public void An_instant_goes_there_and_back() =>
        Gen.Long[Instant.Min.Micros, Instant.Max.Micros].Sample(micros =>
        {
            var at = CelTimestamp.From(new Instant(micros));
            Assert.Equal(micros, at.ToInstant().Micros);
            Assert.InRange(at.Nanos, 0, 999_999_999);
            Assert.Equal(new Instant(micros).ToDateTimeOffset().UtcDateTime.Hour, at.ToDateTime(0).Hour);
        });

    [Fact]
    public void A_timestamps_text_reads_back() =>
        Gen.Select(Gen.Long[CelTimestamp.MinSeconds, CelTimestamp.MaxSeconds], Gen.Int[0, 999_999_999]).Sample((seconds, nanos) =>
            CelTimestamp.TryParse(new CelTimestamp(seconds, nanos).ToString(), out var read) && read == new CelTimestamp(seconds, nanos));

    [Fact]
    public void A_durations_text_reads_back() =>
        Gen.Long.Sample(nanos => CelDuration.TryParse(new CelDuration(nanos).ToString(), out var read) && read.Nanos == nanos);

    [Theory]
    [InlineData("1h30m", 5_400_000_000_000)]
    [InlineData("-1.5s", -1_500_000_000)]
    [InlineData("100ms", 100_000_000)]
    [InlineData("1us2ns", 1_002)]
    public void Durations_are_read_by_their_units(string text, long nanos)
    {
        Assert.True(CelDuration.TryParse(text, out var value));
        Assert.Equal(nanos, value.Nanos);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("1d")]
    [InlineData("1.2.3s")]
    [InlineData("s")]
    [InlineData("99999999999h")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(CelDuration.TryParse(text, out _));
}
