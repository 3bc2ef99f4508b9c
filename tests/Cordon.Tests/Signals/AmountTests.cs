using Cordon.Engine.Signals;

namespace Cordon.Tests.Signals;

public sealed class AmountTests
{
    [Fact]
    public void Sums_and_differences_are_checked()
    {
        var most = new Amount(long.MaxValue, Currency.Cny);
        var one = new Amount(1, Currency.Cny);
        Assert.Equal(new Amount(3, Currency.Cny), one + new Amount(2, Currency.Cny));
        Assert.Equal(new Amount(-1, Currency.Cny), one - new Amount(2, Currency.Cny));
        Assert.Throws<OverflowException>(() => most + one);
        Assert.Throws<OverflowException>(() => new Amount(long.MinValue, Currency.Cny) - one);
    }

    [Fact]
    public void Two_currencies_do_not_meet()
    {
        var yuan = new Amount(1, Currency.Cny);
        var dollar = new Amount(1, Currency.Parse("USD"));
        Assert.Throws<InvalidOperationException>(() => yuan + dollar);
        Assert.Throws<InvalidOperationException>(() => yuan < dollar);
        Assert.Throws<InvalidOperationException>(() => Amount.Min(yuan, dollar));
    }

    [Theory]
    [InlineData(4_800_000, "CNY", "48000.00", "48,000.00 CNY")]
    [InlineData(5, "CNY", "0.05", "0.05 CNY")]
    [InlineData(-150, "CNY", "-1.50", "-1.50 CNY")]
    [InlineData(1_500, "JPY", "1500", "1,500 JPY")]
    [InlineData(1_500, "KWD", "1.500", "1.500 KWD")]
    [InlineData(1_500, "CLF", "0.1500", "0.1500 CLF")]
    [InlineData(long.MaxValue, "CNY", "92233720368547758.07", "92,233,720,368,547,758.07 CNY")]
    public void Text_has_the_digits_of_the_currency(long minor, string code, string plain, string people)
    {
        var amount = new Amount(minor, Currency.Parse(code));
        Assert.Equal(plain, amount.ToDecimalText());
        Assert.Equal(people, amount.ToString());
    }

    [Theory]
    [InlineData("cny")]
    [InlineData("CN")]
    [InlineData("CNYX")]
    [InlineData("C1Y")]
    [InlineData("ＣＮＹ")]
    public void What_is_not_three_capitals_is_no_currency(string text) => Assert.False(Currency.TryParse(text, out _));

    [Fact]
    public void No_currency_is_one_value_however_it_came_about() => Assert.Equal(default, Currency.Parse("XXX"));
}
