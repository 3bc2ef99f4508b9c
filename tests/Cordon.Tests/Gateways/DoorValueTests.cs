using Cordon.Gateways.Intake;

namespace Cordon.Tests.Gateways;

public sealed class DoorValueTests
{
    [Theory]
    [InlineData("13800138000", PhoneCheck.Valid, "+8613800138000")]
    [InlineData("+86 138 0013 8000", PhoneCheck.Valid, "+8613800138000")]
    [InlineData("0086-13800138000", PhoneCheck.Valid, "+8613800138000")]
    [InlineData("010-12345678", PhoneCheck.Possible, "+861012345678")]
    [InlineData("95588", PhoneCheck.Shown, "+8695588")]
    [InlineData("110", PhoneCheck.Shown, "+86110")]
    [InlineData("+85212345678", PhoneCheck.Shown, "+85212345678")]
    [InlineData("+1 650 253 0000", PhoneCheck.Valid, "+16502530000")]
    [InlineData("１３８００１３８０００", PhoneCheck.Valid, "+8613800138000")]
    public void A_number_is_read_as_people_write_it(string text, PhoneCheck check, string expected)
    {
        Assert.True(DoorPhones.TryRead(text, check, out var number));
        Assert.Equal(expected, number.ToString());
    }

    [Theory]
    [InlineData("", PhoneCheck.Shown)]
    [InlineData("hello", PhoneCheck.Shown)]
    [InlineData("1380013800O", PhoneCheck.Shown)]
    [InlineData("+999 12345", PhoneCheck.Shown)]
    [InlineData("138001380001234", PhoneCheck.Possible)]
    [InlineData("+1 000 000 0000", PhoneCheck.Valid)]
    [InlineData("13800138000 ext. 5", PhoneCheck.Shown)]
    public void What_is_no_number_is_refused(string text, PhoneCheck check) => Assert.False(DoorPhones.TryRead(text, check, out _));

    [Theory]
    [InlineData("EXAMPLE.com.", "example.com")]
    [InlineData("例子.中国", "xn--fsqu00a.xn--fiqs8s")]
    [InlineData("例子。中国", "xn--fsqu00a.xn--fiqs8s")]
    [InlineData("ＥＸＡＭＰＬＥ.com", "example.com")]
    [InlineData("ПРИМЕР.рф", "xn--e1afmkfd.xn--p1ai")]
    [InlineData("Bücher.DE", "xn--bcher-kva.de")]
    [InlineData("xn--fsqu00a.xn--fiqs8s", "xn--fsqu00a.xn--fiqs8s")]
    [InlineData("a_b.example.com", "a_b.example.com")]
    public void A_domain_is_brought_to_one_form(string text, string expected)
    {
        Assert.True(DomainNames.TryRead(text, allowUrl: false, out var domain));
        Assert.Equal(expected, domain.Name);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("203.0.113.7")]
    [InlineData("-a.com")]
    [InlineData("a..com")]
    [InlineData("a b.com")]
    [InlineData("https://example.com/x")]
    [InlineData("bu\u0308cher.de")]
    [InlineData("")]
    [InlineData(".")]
    public void What_is_no_domain_is_refused(string text) => Assert.False(DomainNames.TryRead(text, allowUrl: false, out _));

    [Theory]
    [InlineData("https://user@Example.com:8443/path?x=360426199101010071#y", "example.com")]
    [InlineData("example.com/path", "example.com")]
    public void Of_a_web_address_the_host_is_kept(string text, string expected)
    {
        Assert.True(DomainNames.TryRead(text, allowUrl: true, out var domain));
        Assert.Equal(expected, domain.Name);
    }
}
