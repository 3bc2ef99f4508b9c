using System.Globalization;
using System.Numerics;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Signals;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData("48000", 4_800_000)]
    [InlineData("48000.5", 4_800_050)]
    [InlineData("7.5e3", 750_000)]
    [InlineData("+1.00", 100)]
    [InlineData(".5", 50)]
    [InlineData("5.", 500)]
    [InlineData("0", 0)]
    [InlineData("-0.00", 0)]
    [InlineData("0e999999999999", 0)]
    [InlineData("1.50000000000000000000000000000000000000000000000000", 150)]
    [InlineData("00000000000000000000000000000000000000000000000001", 100)]
    [InlineData("0.0000000000000000000000000000000000000001e40", 100)]
    [InlineData("100000000000000000000000000000000000000000e-41", 100)]
    [InlineData("92233720368547758.07", long.MaxValue)]
    public void An_exact_amount_is_read(string text, long minor)
    {
        Assert.Equal(AmountFault.None, AmountText.Read(text, Currency.Cny, AmountRounding.Refuse, out var amount, out var difference));
        Assert.Equal(new Amount(minor, Currency.Cny), amount);
        Assert.Equal(0m, difference);
    }

    [Theory]
    [InlineData("", AmountFault.NotANumber)]
    [InlineData(".", AmountFault.NotANumber)]
    [InlineData("-", AmountFault.NotANumber)]
    [InlineData("e5", AmountFault.NotANumber)]
    [InlineData("1e", AmountFault.NotANumber)]
    [InlineData("1e+", AmountFault.NotANumber)]
    [InlineData("1e5.0", AmountFault.NotANumber)]
    [InlineData("1.2.3", AmountFault.NotANumber)]
    [InlineData("1,000", AmountFault.NotANumber)]
    [InlineData(" 1", AmountFault.NotANumber)]
    [InlineData("1\0", AmountFault.NotANumber)]
    [InlineData("--1", AmountFault.NotANumber)]
    [InlineData("+-1", AmountFault.NotANumber)]
    [InlineData("0x10", AmountFault.NotANumber)]
    [InlineData("１２", AmountFault.NotANumber)]
    [InlineData("NaN", AmountFault.NotANumber)]
    [InlineData("Infinity", AmountFault.NotANumber)]
    [InlineData("-1", AmountFault.Negative)]
    [InlineData("-1e-400", AmountFault.Negative)]
    [InlineData("0.001", AmountFault.TooFine)]
    [InlineData("1e-400", AmountFault.TooFine)]
    [InlineData("1.00000000000000000000000000000000000000000000000001", AmountFault.TooFine)]
    [InlineData("1e-9999999999999999999999", AmountFault.TooFine)]
    [InlineData("92233720368547758.08", AmountFault.TooLarge)]
    [InlineData("1e400", AmountFault.TooLarge)]
    [InlineData("1e9999999999999999999999", AmountFault.TooLarge)]
    [InlineData("99999999999999999999999999999999.5", AmountFault.TooLarge)]
    public void What_is_no_exact_amount_is_refused_by_name(string text, AmountFault fault)
    {
        Assert.Equal(fault, AmountText.Read(text, Currency.Cny, AmountRounding.Refuse, out var amount, out _));
        Assert.Equal(Amount.Zero(Currency.Cny), amount);
    }

    [Theory]
    [InlineData("0.005", AmountFault.RoundsToZero, 0)]
    [InlineData("0.0050000000000000000000000000000000000000001", AmountFault.None, 1)]
    [InlineData("0.015", AmountFault.None, 2)]
    [InlineData("0.025", AmountFault.None, 2)]
    [InlineData("0.02499999999999999999999999999999999999999999", AmountFault.None, 2)]
    [InlineData("0.02500000000000000000000000000000000000000001", AmountFault.None, 3)]
    [InlineData("1e-400", AmountFault.RoundsToZero, 0)]
    [InlineData("92233720368547758.074", AmountFault.None, long.MaxValue)]
    [InlineData("92233720368547758.076", AmountFault.TooLarge, 0)]
    public void Rounding_is_half_even_and_happens_once(string text, AmountFault fault, long minor)
    {
        Assert.Equal(fault, AmountText.Read(text, Currency.Cny, AmountRounding.HalfEven, out var amount, out _));
        Assert.Equal(minor, amount.Minor);
    }

    [Fact]
    public void The_difference_is_what_was_taken_less_what_was_written()
    {
        AmountText.Read("1.0374", Currency.Cny, AmountRounding.HalfEven, out _, out var up);
        AmountText.Read("1.036", Currency.Parse("JPY"), AmountRounding.HalfEven, out _, out var down);
        Assert.Equal(0.0026m, up);
        Assert.Equal(-0.036m, down);
    }

    [Fact]
    public void Reading_agrees_with_exact_fractions() =>
        Gen.Select(
            Gen.String[Gen.Char["0123456789"], 1, 40], Gen.String[Gen.Char["0056789"], 0, 40], Gen.Int[-45, 25],
            Gen.OneOf("CNY", "JPY", "KWD", "CLF"), Gen.Bool).Sample((whole, fraction, exponent, code, round) =>
        {
            var currency = Currency.Parse(code);
            var rounding = round ? AmountRounding.HalfEven : AmountRounding.Refuse;
            var text = string.Create(CultureInfo.InvariantCulture, $"{whole}.{fraction}e{exponent}");
            var fault = AmountText.Read(text, currency, rounding, out var amount, out var difference);
            var expected = Reference(whole + fraction, exponent - fraction.Length + currency.MinorDigits, rounding, out var minor, out var fine);
            Assert.Equal(expected, fault);
            Assert.Equal(minor, amount.Minor);
            Assert.Equal(fault == AmountFault.None && fine, difference != 0);
        }, iter: 20_000);

    [Fact]
    public void Text_written_is_text_read() => SignalGen.Amount(0).Sample(amount =>
    {
        Assert.Equal(AmountFault.None, AmountText.Read(amount.ToDecimalText(), amount.Currency, AmountRounding.Refuse, out var read, out _));
        Assert.Equal(amount, read);
    });

    /// <summary>digits × 10^power as a fraction of two big integers, rounded by comparing twice the rest with the divisor.</summary>
    private static AmountFault Reference(string digits, int power, AmountRounding rounding, out long minor, out bool fine)
    {
        minor = 0;
        var number = BigInteger.Parse(digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, Math.Max(power, 0));
        var divisor = BigInteger.Pow(10, Math.Max(-power, 0));
        var quotient = BigInteger.DivRem(number, divisor, out var rest);
        fine = !rest.IsZero;
        if (quotient > long.MaxValue) return AmountFault.TooLarge;
        if (fine && rounding == AmountRounding.Refuse) return AmountFault.TooFine;
        var half = (rest * 2).CompareTo(divisor);
        if (half > 0 || (half == 0 && !quotient.IsEven)) quotient++;
        if (fine && quotient.IsZero) return AmountFault.RoundsToZero;
        if (quotient > long.MaxValue) return AmountFault.TooLarge;
        minor = (long)quotient;
        return AmountFault.None;
    }
}
