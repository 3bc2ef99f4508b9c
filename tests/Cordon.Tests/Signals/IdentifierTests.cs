using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Signals;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("bank-a", true)]
    [InlineData("A.b_9", true)]
    [InlineData("", false)]
    [InlineData("bank a", false)]
    [InlineData("bänk", false)]
    [InlineData("a:b", false)]
    [InlineData("a123456789b123456789c123456789d1", true)]
    [InlineData("a123456789b123456789c123456789d12", false)]
    public void A_member_code_has_its_alphabet_and_length(string text, bool right) => Assert.Equal(right, MemberCode.TryParse(text, out _));

    [Fact]
    public void Member_codes_do_not_differ_by_capitals() => Assert.Equal(MemberCode.Parse("bank-a"), MemberCode.Parse("BANK-A"));

    [Theory]
    [InlineData("+8613800000000", true)]
    [InlineData("+1234", true)]
    [InlineData("+123456789012345", true)]
    [InlineData("+123", false)]
    [InlineData("+1234567890123456", false)]
    [InlineData("8613800000000", false)]
    [InlineData("+0613800000000", false)]
    [InlineData("+86 13800000000", false)]
    [InlineData("+8613800\0", false)]
    [InlineData("+８６138000", false)]
    [InlineData("++861380000", false)]
    public void A_telephone_number_is_a_plus_and_its_digits(string text, bool right)
    {
        Assert.Equal(right, PhoneNumber.TryParse(text, out var number));
        if (right) Assert.Equal(text, number.ToString());
    }

    [Theory]
    [InlineData("bank-a:6222", true)]
    [InlineData("bank-a:62:22", true)]
    [InlineData("bank-a:", false)]
    [InlineData(":6222", false)]
    [InlineData("6222", false)]
    [InlineData("bank-a:62 22", false)]
    [InlineData("bank-a:1234567890123456789012345678901234567890", true)]
    [InlineData("bank-a:12345678901234567890123456789012345678901", false)]
    public void An_account_is_a_member_and_a_number(string text, bool right)
    {
        Assert.Equal(right, AccountNumber.TryParse(text, out var account));
        if (right) Assert.Equal(text, account.ToString());
    }

    [Fact]
    public void An_account_without_a_member_or_number_cannot_be_made()
    {
        Assert.Throws<FormatException>(() => new AccountNumber(default, "1"));
        Assert.Throws<FormatException>(() => new AccountNumber(MemberCode.Parse("bank-a"), ""));
    }

    [Fact]
    public void Accounts_read_what_they_write() =>
        SignalGen.Account.Sample(account => Assert.Equal(account, AccountNumber.Parse(account.ToString())));

    [Fact]
    public void Person_tokens_read_what_they_write() => Gen.Select(Gen.Byte[1, 255], Gen.ULong, Gen.ULong).Sample((version, upper, lower) =>
    {
        var person = new PersonToken(version, new UInt128(upper, lower));
        Assert.True(PersonToken.TryParse(person.ToString(), out var read));
        Assert.Equal(person, read);
    });

    [Theory]
    [InlineData("p0-00000000000000000000000000000001")]
    [InlineData("p01-00000000000000000000000000000001")]
    [InlineData("p256-00000000000000000000000000000001")]
    [InlineData("p1-0000000000000000000000000000001")]
    [InlineData("p1-0000000000000000000000000000001\0")]
    [InlineData("p1\0-00000000000000000000000000000001")]
    [InlineData("p1-0000000000000000000000000000000g")]
    [InlineData("q1-00000000000000000000000000000001")]
    [InlineData("p-00000000000000000000000000000001")]
    public void What_is_no_person_token_is_refused(string text) => Assert.False(PersonToken.TryParse(text, out _));

    [Theory]
    [InlineData("49015420323751", true)]
    [InlineData("490154203237518", true)]
    [InlineData("490154203237517", false)]
    [InlineData("4901542032375", false)]
    [InlineData("4901542032375a", false)]
    public void A_device_is_fourteen_digits_and_perhaps_the_right_check_digit(string text, bool right)
    {
        Assert.Equal(right, Device.TryParse(text, out var device));
        if (right) Assert.Equal("49015420323751", device.ToString());
    }

    [Fact]
    public void Ids_trunks_and_domains_know_their_limits()
    {
        Assert.True(SignalId.IsValid(new string('x', 64)));
        Assert.False(SignalId.IsValid(new string('x', 65)));
        Assert.False(SignalId.IsValid("a b"));
        Assert.True(Trunk.IsValid("intl-7"));
        Assert.False(Trunk.IsValid(""));
        Assert.True(Domain.IsValid("xn--fiqs8s.cn"));
        Assert.False(Domain.IsValid("Example.org"));
        Assert.False(Domain.IsValid(new string('x', 254)));
    }
}
