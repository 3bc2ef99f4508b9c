using Cordon.Casework.Reports;
using Cordon.Gateways.Intake;

namespace Cordon.Tests.Reports;

public sealed class NumberFactsTests
{
    [Theory]
    [InlineData("有人用13800138000打来", "+8613800138000", PhoneSort.Mobile)]
    [InlineData("电话138 0013 8000", "+8613800138000", PhoneSort.Mobile)]
    [InlineData("电话138-0013-8000。", "+8613800138000", PhoneSort.Mobile)]
    [InlineData("１３８００１３８０００", "+8613800138000", PhoneSort.Mobile)]
    [InlineData("+86 138 0013 8000", "+8613800138000", PhoneSort.Mobile)]
    [InlineData("called from (+86)13800138000 twice", "+8613800138000", PhoneSort.Mobile)]
    [InlineData("008613800138000", "+8613800138000", PhoneSort.Mobile)]
    [InlineData("8613800138000给我发短信", "+8613800138000", PhoneSort.Mobile)]
    [InlineData("座机010-12345678不对,是010-62345678", "+861062345678", PhoneSort.Landline)]
    [InlineData("(0755) 2345 6789", "+8675523456789", PhoneSort.Landline)]
    [InlineData("0571-82345678", "+8657182345678", PhoneSort.Landline)]
    [InlineData("从02162345678来电", "+862162345678", PhoneSort.Landline)]
    [InlineData("+86 21 6234 5678", "+862162345678", PhoneSort.Landline)]
    [InlineData("热线400-823-1234", "+864008231234", PhoneSort.Hotline)]
    [InlineData("显示是95588", "+8695588", PhoneSort.Hotline)]
    [InlineData("自称10086", "+8610086", PhoneSort.Hotline)]
    [InlineData("caller +852 2345 6789 spoke Mandarin", "+85223456789", PhoneSort.Foreign)]
    [InlineData("+44 20 7946 0958", "+442079460958", PhoneSort.Foreign)]
    [InlineData("+1 (415) 555-0132", "+14155550132", PhoneSort.Foreign)]
    [InlineData("0085223456789", "+85223456789", PhoneSort.Foreign)]
    public void A_telephone_number_is_read_as_people_write_it(string text, string number, PhoneSort sort)
    {
        var found = Assert.Single(Told.Read(text).Phones);
        Assert.Equal((number, sort), (found.Number.ToString(), found.Sort));
    }

    [Theory]
    [InlineData("转了13800元")]
    [InlineData("6222020200112233445")]
    [InlineData("ABC13800138000")]
    [InlineData("12345678901")]
    [InlineData("95000元")]
    [InlineData("2026-03-02 10:15")]
    [InlineData("订单号 2026030213800138000")]
    [InlineData("3.13800138000")]
    public void What_is_no_telephone_number_is_left(string text) => Assert.Empty(Told.Read(text).Phones);

    [Fact]
    public void Numbers_one_after_another_are_read_each()
    {
        var facts = Told.Read("对方用13800138000、13900139000,15012345678和+852 2345 6789打来，卡号6228 4804 0256 4890 018，又转到6222020200112233 48000元");
        Assert.Equal(["+8613800138000", "+8613900139000", "+8615012345678", "+85223456789"], facts.Phones.Select(p => p.Number.ToString()));
        Assert.Equal(["6228480402564890018", "6222020200112233"], facts.Accounts.Select(a => a.Digits));
        Assert.Equal(48_000_00, Assert.Single(facts.Amounts).Amount.Minor);
    }

    [Theory]
    [InlineData("收款账号6222020200112233", "6222020200112233", false)]
    [InlineData("card 4111 1111 1111 1111", "4111111111111111", true)]
    [InlineData("card 4111-1111-1111-1112.", "4111111111111112", false)]
    [InlineData("６２２２０２０２００１１２２３３", "6222020200112233", false)]
    [InlineData("账号 622848 0402564890018", "6228480402564890018", true)]
    [InlineData("卡 6228 4804 0256 4890 018", "6228480402564890018", true)]
    [InlineData("对公户 110012345678", "110012345678", false)]
    public void An_account_is_read_with_its_groups_joined(string text, string digits, bool luhn)
    {
        var found = Assert.Single(Told.Read(text).Accounts);
        Assert.Equal((digits, luhn, false), (found.Digits, found.LuhnHolds, found.IsTail));
    }

    [Theory]
    [InlineData("对方账户尾号1234", "1234")]
    [InlineData("卡尾号为 0071，", "0071")]
    [InlineData("an account ending 4321 and then", "4321")]
    [InlineData("the receiving account ends in 4321.", "4321")]
    [InlineData("card ending in ****9876", "9876")]
    public void The_tail_of_an_account_is_read(string text, string digits)
    {
        var found = Assert.Single(Told.Read(text).Accounts);
        Assert.Equal((digits, true), (found.Digits, found.IsTail));
    }

    [Theory]
    [InlineData("订单号202603021234567890")]
    [InlineData("快递单号 773012345678901")]
    [InlineData("流水20260302101500")]
    [InlineData("时间戳20260302101500")]
    [InlineData("12345678901")]
    [InlineData("62220202001122334455667")]
    [InlineData("TX6222020200112233")]
    public void What_is_no_account_is_left(string text) => Assert.Empty(Told.Read(text).Accounts);

    [Theory]
    [InlineData("打开https://evil.example/login?id=1登录", "evil.example", false)]
    [InlineData("see hxxps://Evil[.]example/a/b.", "evil.example", true)]
    [InlineData("网站是evil.top，现在打不开", "evil.top", false)]
    [InlineData("open www.pay-bank.cn.", "www.pay-bank.cn", false)]
    [InlineData("pay-bank[.]xyz", "pay-bank.xyz", true)]
    [InlineData("HTTP://203.0.113.7:8080/login", "203.0.113.7", false)]
    [InlineData("ｈｔｔｐ://evil.example", "evil.example", false)]
    public void A_link_is_read_by_its_host(string text, string host, bool obfuscated)
    {
        var found = Assert.Single(Told.Read(text).Links);
        Assert.Equal((host, obfuscated), (found.Host, found.Obfuscated));
        Assert.Equal(!char.IsAsciiDigit(host[0]), found.IsDomain);
        Assert.DoesNotContain('/', found.Host);
    }

    [Fact]
    public void A_host_in_chinese_is_kept_in_the_one_form_that_is_compared()
    {
        var found = Assert.Single(Told.Read("打开http://银行.example/a然后登录").Links);
        Assert.True(DomainNames.TryRead("银行.example", allowUrl: false, out var domain));
        Assert.Equal((domain.Name, "http://银行.example/a".Length), (found.Host, found.Span.Length));
    }

    [Theory]
    [InlineData("I paid the money.He said")]
    [InlineData("someone@evil.com wrote")]
    [InlineData("e.g. at 10.15 a.m.")]
    [InlineData("转了4.8万")]
    [InlineData("report.pdf")]
    [InlineData("203.0.113.7")]
    public void What_is_no_link_is_left(string text) => Assert.Empty(Told.Read(text).Links);

    [Theory]
    [InlineData("下载了“快贷通”APP", "快贷通")]
    [InlineData("让我安装《腾云会议》软件", "腾云会议")]
    [InlineData("在「币安宝」平台入金", "币安宝")]
    [InlineData("下载了一个叫快贷通的APP", "快贷通")]
    [InlineData("下载FastLoan APP", "FastLoan")]
    [InlineData("He made me install \"Quick Pay\".", "Quick Pay")]
    [InlineData("an app called Fast Loan and logged in", "Fast Loan")]
    [InlineData("用【会议通】小程序共享屏幕", "会议通")]
    public void The_name_of_an_app_is_read(string text, string name) => Assert.Equal(name, Assert.Single(Told.Read(text).Apps).Name);

    [Theory]
    [InlineData("把钱转到“安全账户”核查")]
    [InlineData("他说《刑法》规定要冻结")]
    [InlineData("in an \"emergency\"")]
    [InlineData("对方手机APP打不开")]
    public void Quotes_alone_make_no_app(string text) => Assert.Empty(Told.Read(text).Apps);
}
