using System.Text.Json;
using Cordon.Gateways.Intake;
using CsCheck;

namespace Cordon.Tests.Gateways;

public sealed class MaskingTests
{
    private static readonly Gen<string> Noise = Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['0', '9'], Gen.Char['一', '十'], Gen.OneOf(" ,.-\n\"{}:xX".ToCharArray())), 0, 60];

    [Fact]
    public void Of_a_thousand_numbers_in_any_writing_inside_any_text_none_survives() =>
        Gen.Select(Noise, PlantedNumbers.Written, Noise).Sample((before, written, after) =>
        {
            var masked = Masking.Mask(before + "号" + written + "号" + after);
            // The planted piece, found again between the marks, holds no eighteen characters in a row that are a number.
            var digits = PlantedNumbers.DigitsOf(written);
            var number = digits[^18..];
            Assert.DoesNotContain(number, PlantedNumbers.DigitsOf(masked), StringComparison.Ordinal);
            Assert.False(Masking.Finds(masked));
            Assert.True(Masking.Finds(before + "号" + written));
        }, iter: 1000);

    [Fact]
    public void Only_digits_change_and_only_to_stars()
    {
        Assert.Equal("我的身份证是36****************，请查", Masking.Mask("我的身份证是360426199101010071，请查"));
        Assert.Equal("36**** ******** **** tail", Masking.Mask("360426 19910101 0071 tail"));
        Assert.Equal("id 44****-********-**** end", Masking.Mask("id 440113-20141005-001x end"));
        Assert.Equal("11*************", Masking.Mask("110101900101123"));
        // The old form of fifteen digits, with no separator before what follows.
        Assert.Equal("身份证11*************的人", Masking.Mask("身份证110101900101123的人"));
    }

    [Fact]
    public void A_masked_json_line_is_still_json()
    {
        var line = "{\"a\":\"" + string.Concat("360426199101010071".Select(c => $"\\u{(int)c:x4}")) + "\",\"b\":360426199101010071}";
        // A number that was bare in JSON becomes stars, so the line is text in quarantine; the escaped one stays well-formed.
        var masked = Masking.Mask(line[..line.IndexOf(",\"b\"", StringComparison.Ordinal)] + "}");
        using var json = JsonDocument.Parse(masked);
        Assert.Equal("36****************", json.RootElement.GetProperty("a").GetString());
    }

    [Theory]
    [InlineData("6222021001098765432")]
    [InlineData("2026-03-02T08:15:00.123456Z")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:6222020200112233,bank-b:2,1.50,CNY")]
    [InlineData("360426199101010072")]
    [InlineData("+8613800138000 13900139000")]
    [InlineData("3604261991010100")]
    public void Other_numbers_stay(string text) => Assert.Same(text, Masking.Mask(text));

    [Fact]
    public void Random_digits_are_hardly_ever_masked()
    {
        var random = new Random(11);
        var masked = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var card = string.Concat("62", random.NextInt64(0, 10_000_000_000_000_000).ToString("D17", System.Globalization.CultureInfo.InvariantCulture));
            if (Masking.Finds(card)) masked++;
        }
        Assert.InRange(masked, 0, 60);
    }

    [Fact]
    public void Time_grows_with_the_text_and_nothing_is_allocated_where_nothing_is_found()
    {
        var text = string.Concat(Enumerable.Repeat("1 2 3-4 ", 200_000));
        Masking.Mask("warm up 123456789012345678");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Same(text, Masking.Mask(text));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
