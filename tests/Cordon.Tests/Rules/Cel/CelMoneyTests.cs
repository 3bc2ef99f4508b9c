using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Rules.Cel.Library;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Rules.Cel;

/// <summary>Sums of money in conditions.</summary>
public sealed class CelMoneyTests
{
    private static readonly CelEnvironment Environment = CelEnvironment.Standard.With(b => b.Variable("amount", CelMoney.Of("CNY")).Variable("balance", CelMoney.Of("CNY")));
    private static readonly Dictionary<string, object?> Values = new() { ["amount"] = new Amount(6_000_000, Currency.Cny), ["balance"] = new Amount(8_000_000, Currency.Cny) };

    [Theory]
    [InlineData("amount > money('50000', 'CNY')")]
    [InlineData("amount == money('60000.00', 'CNY')")]
    [InlineData("amount in [money('1', 'CNY'), money('60000', 'CNY')]")]
    [InlineData("([1, 2].exists(v, 10 / v > 4) ? amount : balance) > money('1', 'CNY')")]
    [InlineData("amount + amount == money('120000', 'CNY')")]
    [InlineData("balance - amount < money('20000.01', 'CNY')")]
    [InlineData("amount.share_of(balance) == 0.75")]
    [InlineData("string(amount) == '60,000.00 CNY'")]
    [InlineData("dyn(amount) > dyn(money('50000', 'CNY'))")]
    [InlineData("amount >= money('60000', 'CNY') && amount <= money('60000', 'CNY')")]
    public void Sums_of_one_currency_compare_and_add(string condition) => Assert.Equal(true, Spoken.Evaluate(condition, Environment, Values).Value);

    [Theory]
    [InlineData("amount > money('50000', 'USD')", "1:8: Sums in CNY and USD cannot be compared or added.")]
    [InlineData("amount == money('50000', 'USD')", "1:8: Sums in CNY and USD cannot be compared or added.")]
    [InlineData("amount + money('1', 'JPY') > amount", "1:8: Sums in CNY and JPY cannot be compared or added.")]
    [InlineData("amount.share_of(money('1', 'USD')) > 0.5", "1:8: Sums in CNY and USD cannot be compared or added.")]
    [InlineData("amount > money('abc', 'CNY')", "1:10: 'abc' is not an amount in CNY: it is not a decimal number.")]
    [InlineData("amount > money('1.005', 'CNY')", "1:10: '1.005' is not an amount in CNY: CNY has 2 decimals.")]
    [InlineData("amount > money('1', 'yuan')", "1:10: 'yuan' is not an ISO 4217 code of three capital letters.")]
    [InlineData("amount > money(string(1), 'CNY')", "1:10: money() takes two literals: money(\"50000\", \"CNY\").")]
    [InlineData("amount > 50000", "1:8: '>' does not take money(CNY) and int.")]
    public void Two_currencies_and_bad_amounts_are_faults(string condition, string fault) => Assert.Equal(fault, Spoken.Faults(condition, Environment));

    [Fact]
    public void Where_types_are_not_known_two_currencies_end_in_an_error()
    {
        Assert.Equal(CelError.NoSuchOverload, Spoken.Evaluate("dyn(amount) > dyn(money('1', 'USD'))", Environment, Values).Error);
        Assert.NotNull(Spoken.Evaluate("amount.share_of(money('0', 'CNY')) > 0.5", Environment, Values).Error);
    }
}
