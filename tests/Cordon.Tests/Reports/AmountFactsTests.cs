using Cordon.Engine.Signals;

namespace Cordon.Tests.Reports;

public sealed class AmountFactsTests
{
    [Theory]
    [InlineData("转了48000元", 48_000_00)]
    [InlineData("共4.8万", 48_000_00)]
    [InlineData("4.83万元", 48_300_00)]
    [InlineData("人民币 48,000.00", 48_000_00)]
    [InlineData("48,000.5元", 48_000_50)]
    [InlineData("三万八千元", 38_000_00)]
    [InlineData("三万八", 38_000_00)]
    [InlineData("两百块", 200_00)]
    [InlineData("十五万", 150_000_00)]
    [InlineData("一百二十万元", 1_200_000_00)]
    [InlineData("一亿两千万元", 120_000_000_00)]
    [InlineData("三万零五百元", 30_500_00)]
    [InlineData("人民币肆万捌仟元整", 48_000_00)]
    [InlineData("4万8千元", 48_000_00)]
    [InlineData("4万8", 48_000_00)]
    [InlineData("48元5角3分", 48_53)]
    [InlineData("三元五角", 3_50)]
    [InlineData("RMB 48,000", 48_000_00)]
    [InlineData("CNY48000.00", 48_000_00)]
    [InlineData("¥500", 500_00)]
    [InlineData("￥５００", 500_00)]
    [InlineData("48,000 yuan", 48_000_00)]
    [InlineData("I lost 50k", 50_000_00)]
    [InlineData("转了5w", 50_000_00)]
    [InlineData("I sent 48,000 at ten", 48_000_00)]
    [InlineData("我转账48000到他的卡", 48_000_00)]
    [InlineData("被骗了 48000", 48_000_00)]
    public void An_amount_is_read_to_the_fen(string text, long minor) =>
        Assert.Equal(new Amount(minor, Currency.Cny), Assert.Single(Told.Read(text).Amounts).Amount);

    [Theory]
    [InlineData("US$300", "USD")]
    [InlineData("300美元", "USD")]
    [InlineData("HKD 300", "HKD")]
    [InlineData("300港币", "HKD")]
    [InlineData("£300", "GBP")]
    [InlineData("300 SGD", "SGD")]
    public void The_currency_that_is_named_holds(string text, string code) =>
        Assert.Equal(new Amount(300_00, Currency.Parse(code)), Assert.Single(Told.Read(text).Amounts).Amount);

    [Theory]
    [InlineData("三万多元", 30_000_00)]
    [InlineData("大约5000元", 5_000_00)]
    [InlineData("about 5,000 yuan", 5_000_00)]
    [InlineData("5000多块", 5_000_00)]
    [InlineData("十几万", 100_000_00)]
    public void About_so_much_is_told_as_such(string text, long minor)
    {
        var found = Assert.Single(Told.Read(text).Amounts);
        Assert.Equal((minor, true), (found.Amount.Minor, found.Approximate));
    }

    [Theory]
    [InlineData("利息10%")]
    [InlineData("我今年45岁")]
    [InlineData("打了3次电话")]
    [InlineData("分3笔转的")]
    [InlineData("13800138000")]
    [InlineData("3万粉丝")]
    [InlineData("有一万个人")]
    [InlineData("paid 3 times")]
    [InlineData("aged 45 and alone")]
    [InlineData("I paid 200 people")]
    [InlineData("2026年3月2日10点15分")]
    [InlineData("第3单元")]
    [InlineData("元旦那天")]
    [InlineData("百度一下")]
    [InlineData("千万不要告诉别人")]
    [InlineData("10km away, 5kg")]
    [InlineData("涨了3倍")]
    [InlineData("支付宝")]
    [InlineData("0.001元")]
    [InlineData("99999999999999999元")]
    [InlineData("1.2.3元")]
    public void What_is_no_amount_is_left(string text) => Assert.Empty(Told.Read(text).Amounts);

    [Fact]
    public void Amounts_one_after_another_are_read_each() =>
        Assert.Equal(
            [30_000_00L, 20_000_00, 5_000_00, 100_00],
            Told.Read("昨天上午10点转了3万，下午3点又转了两万，后来付了5000元手续费，还剩100块").Amounts.Select(a => a.Amount.Minor));
}
