using Cordon.Gateways.Intake;

namespace Cordon.Tests.Gateways;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TokenKeyTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("cordon-keys-").FullName;

    private string KeyPath => Path.Combine(root, "config", "token.key");

    private string Data => Path.Combine(root, "data");

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static IdentityNumber Number(string text)
    {
        Assert.Equal(IdentityNumberFault.None, IdentityNumber.Read(text, out var number));
        return number;
    }

    [Fact]
    public void A_number_has_the_same_token_in_every_writing_and_another_number_another()
    {
        var token = TokenKeys.Demo.TokenOf(Number("360426199101010071"));
        Assert.Equal(token, TokenKeys.Demo.TokenOf(Number("360426-19910101-0071")));
        Assert.NotEqual(token, TokenKeys.Demo.TokenOf(Number("44011320141005001X")));
        Assert.StartsWith("p1-", token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_is_hmac_sha_256_of_purpose_and_number_cut_to_128_bits()
    {
        var key = new byte[32];
        var reading = TokenKeyFile.Parse(["1 " + Convert.ToBase64String(key)], "test");
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(key, "cordon/person/cn-ric/360426199101010071"u8)[..16]);
        Assert.Equal("p1-" + expected, reading.Keys!.TokenOf(Number("360426199101010071")).ToString());
    }

    [Fact]
    public void A_made_file_is_open_to_its_owner_only_and_reads_back()
    {
        var made = TokenKeyFile.Create(KeyPath, Data);
        Assert.Null(made.Refusal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        var number = Number("360426199101010071");
        Assert.Equal(made.Keys!.TokenOf(number), TokenKeyFile.Load(KeyPath, Data).Keys!.TokenOf(number));
        Assert.False(made.Keys.IsDemo);
        Assert.NotNull(TokenKeyFile.Create(KeyPath, Data).Refusal);
    }

    [Fact]
    public void After_a_rotation_new_tokens_carry_the_new_version_and_the_old_ones_can_still_be_found()
    {
        var number = Number("360426199101010071");
        var old = TokenKeyFile.Create(KeyPath, Data).Keys!.TokenOf(number);
        var rotated = TokenKeyFile.Rotate(KeyPath, Data).Keys!;
        Assert.Equal(2, rotated.Current);
        Assert.Equal(2, rotated.TokenOf(number).KeyVersion);
        Assert.Equal([rotated.TokenOf(number), old], rotated.AllTokensOf(number));
        Assert.Equal(old, rotated.WithCurrent(1)!.TokenOf(number));
        Assert.Null(rotated.WithCurrent(9));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
    }

    [Fact]
    public void A_key_inside_the_data_folder_is_refused_also_through_a_link()
    {
        Directory.CreateDirectory(Data);
        Assert.Contains("inside the data folder", TokenKeyFile.Create(Path.Combine(Data, "keys", "token.key"), Data).Refusal, StringComparison.Ordinal);
        Directory.CreateSymbolicLink(Path.Combine(root, "elsewhere"), Data);
        Assert.Contains("inside the data folder", TokenKeyFile.Create(Path.Combine(root, "elsewhere", "token.key"), Data).Refusal, StringComparison.Ordinal);
        Assert.Null(TokenKeyFile.Misplaced(Path.Combine(root, "data-keys", "token.key"), Data));
    }

    [Fact]
    public void A_file_that_others_can_open_is_refused()
    {
        TokenKeyFile.Create(KeyPath, Data);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("mode 600", TokenKeyFile.Load(KeyPath, Data).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 AAAA")]
    [InlineData("1 AAAA")]
    [InlineData("1")]
    [InlineData("256 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("")]
    public void A_malformed_file_is_refused_without_showing_what_stands_in_it(string line)
    {
        var reading = TokenKeyFile.Parse([line], "token.key");
        Assert.Null(reading.Keys);
        Assert.DoesNotContain("AAAA", reading.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demonstration_key_is_known_for_what_it_is() => Assert.True(TokenKeys.Demo.IsDemo);
}
