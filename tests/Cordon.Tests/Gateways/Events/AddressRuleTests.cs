using System.Net;
using Cordon.Gateways.Events;
using CsCheck;

namespace Cordon.Tests.Gateways.Events;

/// <summary>What a webhook may call, and what it may not, however it is written.</summary>
public sealed class AddressRuleTests
{
    private static readonly AddressRule Open = new([]);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void What_is_not_the_public_internet_is_refused(string address) => Assert.False(Open.Allows(IPAddress.Parse(address)), address);

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("2400:3200::1")]
    [InlineData("2606:4700:4700::1111")]
    public void The_public_internet_is_allowed(string address) => Assert.True(Open.Allows(IPAddress.Parse(address)), address);

    [Fact]
    public void A_listed_range_is_allowed_and_nothing_beside_it()
    {
        var rule = new AddressRule([IPNetwork.Parse("10.20.0.0/16"), IPNetwork.Parse("fd12::/48")]);
        Assert.All((string[])["10.20.0.1", "10.20.255.255", "::ffff:10.20.3.4", "64:ff9b::a14:1", "fd12::5"], a => Assert.True(rule.Allows(IPAddress.Parse(a)), a));
        Assert.All((string[])["10.21.0.1", "10.19.255.255", "::ffff:10.21.0.1", "fd13::1", "127.0.0.1"], a => Assert.False(rule.Allows(IPAddress.Parse(a)), a));
    }

    [Fact]
    public void One_address_that_may_not_be_called_spoils_the_name()
    {
        Assert.True(Open.Allows([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("2400:3200::1")]));
        Assert.False(Open.Allows([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("10.0.0.1")]));
        Assert.False(Open.Allows([]));
    }

    [Fact]
    public void An_address_is_judged_alike_in_every_way_of_writing_it() => Gen.Byte.Array[4].Sample(bytes =>
    {
        var plain = new IPAddress(bytes);
        byte[] translated = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, .. bytes];
        Assert.Equal(Open.Allows(plain), Open.Allows(plain.MapToIPv6()));
        Assert.Equal(Open.Allows(plain), Open.Allows(new IPAddress(translated)));
    });

    [Fact]
    public void An_address_with_a_zone_is_of_this_machine_s_links_alone() => Assert.False(Open.Allows(IPAddress.Parse("2400:3200::1%2")));
}
